with

identifiers as (

    select * from {{ ref('int_identifiers_explained') }}

),

final as (

    select
        -- ids
        {{ dbt.hash(
            "source_record_id || '|' || identifier_type || ':' || identifier"
        ) }} as customer_identifier_id,
        customer_id,
        source_record_id,
        {{ dbt.hash('linking_key') }} as link_id,

        -- text
        identifier_type,
        identifier,
        link_reason,

        -- numbers
        link_probability,

        -- booleans
        linking_key is not null as is_linking,

        -- timestamps
        first_seen_at,
        last_seen_at

    from identifiers

)

select * from final
