with

identifiers as (

    select * from {{ ref('int_identifiers_observed') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

linked as (

    select * from {{ ref('int_identifiers_linked') }}

),

people as (

    select * from {{ ref('int_people_linked') }}

),

browsers as (

    select * from {{ ref('int_browsers_linked') }}

),

spells as (

    select * from {{ ref('int_browser_spells_cut') }}

),

visitors as (

    select * from {{ ref('int_visitors_observed') }}

),

first_sightings as (

    select
        identifier_key,
        identifier_type,
        min(first_seen_at) as first_seen_at
    from identifiers
    group by identifier_key, identifier_type

),

candidates as (

    select
        'person ' || cast(people.component as string) as person_key,
        first_sightings.identifier_key,
        first_sightings.identifier_type,
        first_sightings.first_seen_at
    from linked
    inner join people on cast(linked.component as string) = people.node
    inner join first_sightings on linked.node = first_sightings.identifier_key

    union all

    -- a browser is older than the first sign-in at it, and belongs to whoever used it first
    select
        spells.person_key,
        first_sightings.identifier_key,
        first_sightings.identifier_type,
        first_sightings.first_seen_at
    from browsers
    inner join first_sightings on browsers.node = first_sightings.identifier_key
    inner join spells
        on browsers.component = spells.browser
        and (spells.starts_at is null or first_sightings.first_seen_at >= spells.starts_at)
        and (spells.ends_at is null or first_sightings.first_seen_at < spells.ends_at)

    union all

    select
        person_key,
        source_record_id as identifier_key,
        'web_identity_id' as identifier_type,
        first_seen_at
    from visitors

),

seniority as (

    select
        candidates.person_key,
        candidates.identifier_key,
        row_number() over (
            partition by candidates.person_key
            order by
                candidates.first_seen_at nulls last,
                identifier_types.seniority,
                candidates.identifier_key
        ) as seniority_rank
    from candidates
    inner join identifier_types on candidates.identifier_type = identifier_types.identifier_type

),

-- the oldest identifier names the customer, so later data can add to a customer but not rename one
named as (

    select
        person_key,
        {{ dbt.hash('identifier_key') }} as customer_id
    from seniority
    where seniority_rank = 1

)

select * from named
