{% macro first_ends_sql(nodes, choices, is_two_sided) -%}
    {%- if is_two_sided -%}
        select
            node,
            case when right_count > 0 then least_neighbour else u end as reached
        from {{ nodes }}
    {%- else -%}
        select
            nodes.node,
            coalesce(choices.chosen, nodes.u) as reached
        from {{ nodes }} as nodes
        left join {{ choices }} as choices on nodes.u = choices.u
    {%- endif -%}
{%- endmacro %}
