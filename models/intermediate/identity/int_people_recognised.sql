{#- The algorithm needs a loop: see macros/identity/connected_components.sql. -#}
{{ config(materialized='connected_components') }}

with

namesakes as (

    select * from {{ ref('int_namesakes_paired') }}

),

-- nobody asks for them unless people are matched by probability
pairs as (

    select
        node_a,
        node_b
    from namesakes
    where {{ var('probabilistic_links') | as_bool }}

)

select * from pairs
