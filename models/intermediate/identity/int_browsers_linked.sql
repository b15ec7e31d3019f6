{#- The algorithm needs a loop: see macros/identity/connected_components.sql. -#}
{{ config(materialized='connected_components') }}

with

identifiers as (

    select * from {{ ref('int_identifiers_judged') }}
    where standing = 'browser'

),

-- what stands together on a web event is one browser or phone; a person's devices are several
seen_together as (

    select
        source_record_id,
        min(identifier_key) as identifier_key
    from identifiers
    where split_part(source_record_id, ':', 1) = 'web_identity_id'
    group by source_record_id

),

pairs as (

    select
        identifiers.identifier_key as node_a,
        coalesce(seen_together.identifier_key, identifiers.identifier_key) as node_b
    from identifiers
    left join seen_together on identifiers.source_record_id = seen_together.source_record_id

)

select * from pairs
