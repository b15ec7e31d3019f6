{#- The sum of all powers of the transition matrix needs a loop: macros/attribution. -#}
{{ config(materialized='expected_visits') }}

with

transitions as (

    select * from {{ ref('int_markov_transitions') }}
    where next_state not in ('(conversion)', '(null)')

),

steps as (

    select
        conversion_kind as chain_name,
        state,
        next_state,
        probability
    from transitions

)

select * from steps
