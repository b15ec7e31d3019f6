{% macro numbered_nodes_sql(pairs_sql, attempt) -%}
    with

    pairs as (

        {{ pairs_sql }}

    ),

    sides as (

        select
            node_a as node,
            node_b as neighbour,
            1 as left_side,
            null as right_side
        from pairs
        where node_a is not null and node_b is not null

        union all

        select
            node_b as node,
            node_a as neighbour,
            null as left_side,
            1 as right_side
        from pairs
        where node_a is not null and node_b is not null

    ),

    numbered as (

        select
            node,
            {{ node_number('node', attempt) }} as u,
            min({{ node_number('neighbour', attempt) }}) as least_neighbour,
            count(left_side) as left_count,
            count(right_side) as right_count
        from sides
        group by node

    )

    select * from numbered
{%- endmacro %}
