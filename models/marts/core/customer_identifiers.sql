with

identifiers as (

    select * from {{ ref('int_identifiers_observed') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

guarded as (

    select * from {{ ref('int_identifiers_guarded') }}

),

final as (

    select
        -- ids
        {{ dbt.hash(
            "identifiers.source_record_id || '|' || identifiers.identifier_key"
        ) }} as customer_identifier_id,
        customers.customer_id,
        identifiers.source_record_id,

        -- text
        identifiers.identifier_type,
        identifiers.identifier,
        case
            when identifiers.is_own then 'own'
            when identifiers.denial_reason is not null then identifiers.denial_reason
            when guarded.identifier_key is not null then 'guarded'
            else 'shared'
        end as link_reason,

        -- booleans
        identifiers.is_own
        or (identifiers.denial_reason is null and guarded.identifier_key is null) as is_linking,

        -- timestamps
        identifiers.first_seen_at,
        identifiers.last_seen_at

    from identifiers
    inner join customers on identifiers.source_record_id = customers.identifier_key
    left join guarded on identifiers.identifier_key = guarded.identifier_key

)

select * from final
