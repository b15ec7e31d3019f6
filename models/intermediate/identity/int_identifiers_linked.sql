{#- The algorithm needs a loop: see macros/identity/connected_components.sql. -#}
{{ config(materialized='connected_components') }}

with

identifiers as (

    select * from {{ ref('int_identifiers_judged') }}
    where linking_key is not null and not is_anonymous

),

pairs as (

    select
        source_record_id as node_a,
        linking_key as node_b
    from identifiers

)

select * from pairs
