{%- set kinds = [
    'email', 'phone', 'shop_customer_id', 'user_id', 'lead_id', 'profile_id', 'anonymous_id'
] -%}
with

customers as (

    select * from {{ ref('int_customers_identified') }}

),

identifiers as (

    select * from {{ ref('int_identifiers_observed') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

-- one row an identifier, however many records carry it
distinct_identifiers as (

    select
        identifier_key,
        identifier_type,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at
    from identifiers
    group by identifier_key, identifier_type

),

counted as (

    select
        customers.customer_id,
        {% for kind in kinds -%}
            count(*) filter (
                where distinct_identifiers.identifier_type = '{{ kind }}'
            ) as {{ kind }}_count,
        {% endfor -%}
        bool_or(identifier_types.makes_known) as is_known,
        min(distinct_identifiers.first_seen_at) as first_seen_at,
        max(distinct_identifiers.last_seen_at) as last_seen_at
    from customers
    inner join distinct_identifiers
        on customers.identifier_key = distinct_identifiers.identifier_key
    inner join identifier_types
        on distinct_identifiers.identifier_type = identifier_types.identifier_type
    group by customers.customer_id

)

select * from counted
