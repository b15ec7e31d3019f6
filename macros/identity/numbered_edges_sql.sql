{#-
    The vertex on the right chooses: the node on the right, or where nodes have no side, the
    greater one.
-#}
{% macro numbered_edges_sql(pairs_sql, attempt, is_two_sided) -%}
    {%- set number_a = node_number('node_a', attempt) -%}
    {%- set number_b = node_number('node_b', attempt) -%}
    with

    pairs as (

        {{ pairs_sql }}

    ),

    edges as (

        select
            {% if is_two_sided -%}
                {{ number_a }} as u,
                {{ number_b }} as v
            {%- else -%}
                least({{ number_a }}, {{ number_b }}) as u,
                greatest({{ number_a }}, {{ number_b }}) as v
            {%- endif %}
        from pairs
        where node_a is not null and node_b is not null

    )

    select * from edges
{%- endmacro %}
