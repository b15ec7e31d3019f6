{#- A node paired with itself stays: it may have no other edge, and all nodes shall choose. -#}
{% macro numbered_edges_sql(pairs_sql, attempt) -%}
    with

    pairs as (

        {{ pairs_sql }}

    ),

    edges as (

        select
            {{ node_number('node_a', attempt) }} as u,
            {{ node_number('node_b', attempt) }} as v
        from pairs
        where node_a is not null and node_b is not null

    )

    select * from edges
{%- endmacro %}
