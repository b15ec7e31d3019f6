{% macro numbered_nodes_sql(pairs) -%}
    select
        nodes.node,
        cast(row_number() over (order by nodes.node) as bigint) as number
    from (
        select node_a as node from {{ pairs }}
        union
        select node_b as node from {{ pairs }}
    ) as nodes
{%- endmacro %}
