{#- The only model whose algorithm needs a loop: see macros/identity/connected_components.sql. -#}
{{ config(materialized='connected_components') }}

with

identifiers as (

    select * from {{ ref('int_identifiers_observed') }}

),

guarded as (

    select * from {{ ref('int_identifiers_guarded') }}

),

linking as (

    select
        identifiers.source_record_id,
        identifiers.identifier_key
    from identifiers
    left join guarded on identifiers.identifier_key = guarded.identifier_key
    where
        identifiers.is_own
        or (identifiers.denial_reason is null and guarded.identifier_key is null)

),

pairs as (

    select
        source_record_id as node_a,
        identifier_key as node_b
    from linking

)

select * from pairs
