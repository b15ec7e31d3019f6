with

identifiers as (

    select * from {{ ref('int_identifiers_observed') }}

),

linked as (

    select * from {{ ref('int_identifiers_linked') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

first_sightings as (

    select
        identifier_key,
        identifier_type,
        min(first_seen_at) as first_seen_at
    from identifiers
    group by identifier_key, identifier_type

),

seniority as (

    select
        linked.component,
        linked.node as identifier_key,
        row_number() over (
            partition by linked.component
            order by
                first_sightings.first_seen_at nulls last,
                identifier_types.seniority,
                linked.node
        ) as seniority_rank
    from linked
    inner join first_sightings on linked.node = first_sightings.identifier_key
    inner join identifier_types
        on first_sightings.identifier_type = identifier_types.identifier_type

),

-- the oldest identifier names the customer, so later data can add to a customer but not rename one
named as (

    select
        component,
        {{ dbt.hash('identifier_key') }} as customer_id
    from seniority
    where seniority_rank = 1

),

customers_identified as (

    select
        linked.node as identifier_key,
        named.customer_id
    from linked
    inner join named on linked.component = named.component

)

select * from customers_identified
