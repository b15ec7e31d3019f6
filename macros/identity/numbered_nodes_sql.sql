{% macro numbered_nodes_sql(pairs_sql, attempt) -%}
    with

    pairs as (

        {{ pairs_sql }}

    ),

    nodes as (

        select node_a as node from pairs
        where node_a is not null and node_b is not null

        union

        select node_b as node from pairs
        where node_a is not null and node_b is not null

    ),

    numbered as (

        select
            node,
            {{ node_number('node', attempt) }} as number
        from nodes

    )

    select * from numbered
{%- endmacro %}
