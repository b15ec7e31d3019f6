{#- The algorithm needs a loop: see macros/identity/connected_components.sql. -#}
{{ config(materialized='connected_components') }}

with

namesakes as (

    select * from {{ ref('int_namesakes_paired') }}

),

linked as (

    select * from {{ ref('int_identifiers_linked') }}

),

matched as (

    select * from {{ ref('int_people_matched') }}
    where refusal_reason is null

),

pairs as (

    select
        node_a,
        node_b
    from namesakes

    union all

    select
        cast(linked_a.component as string) as node_a,
        cast(linked_b.component as string) as node_b
    from matched
    inner join linked as linked_a on matched.record_a = linked_a.node
    inner join linked as linked_b on matched.record_b = linked_b.node

)

select * from pairs
