{% macro chosen_neighbours_sql(edges) -%}
    select
        v as u,
        min(u) as chosen,
        count(*) as edge_count,
        true as is_open
    from {{ edges }}
    group by v
{%- endmacro %}
