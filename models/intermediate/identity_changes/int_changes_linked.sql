{#- The algorithm needs a loop: see macros/identity/connected_components.sql. -#}
{{ config(materialized='connected_components') }}

with

-- without the part that is kept, what hangs together shows by which way it leads there
traced as (

    select * from {{ ref('int_changes_traced') }}
    where not is_kept

),

pairs as (

    select
        whole_id || '|' || source_record_id as node_a,
        whole_id || '|' || linking_key as node_b
    from traced

)

select * from pairs
