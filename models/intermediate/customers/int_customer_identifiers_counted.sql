{%- set kinds = [
    'email', 'phone', 'shop_customer_id', 'user_id', 'lead_id', 'profile_id', 'crm_contact_id',
    'anonymous_id'
] -%}
with

identifiers as (

    select * from {{ ref('int_identifiers_explained') }}
    where linking_key is not null

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

-- one row an identifier, however many records carry it
distinct_identifiers as (

    select
        customer_id,
        identifier_type,
        identifier,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at
    from identifiers
    group by customer_id, identifier_type, identifier

),

counted as (

    select
        distinct_identifiers.customer_id,
        {% for kind in kinds -%}
            count(*) filter (
                where distinct_identifiers.identifier_type = '{{ kind }}'
            ) as {{ kind }}_count,
        {% endfor -%}
        bool_or(identifier_types.makes_known) as is_known,
        min(distinct_identifiers.first_seen_at) as first_seen_at,
        max(distinct_identifiers.last_seen_at) as last_seen_at
    from distinct_identifiers
    inner join identifier_types
        on distinct_identifiers.identifier_type = identifier_types.identifier_type
    group by distinct_identifiers.customer_id

)

select * from counted
