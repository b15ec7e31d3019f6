{% macro chosen_neighbours_sql(edges) -%}
    select
        v as u,
        min(u) as first_choice,
        min(u) as chosen,
        count(*) > 1 as had_choice,
        true as is_open
    from {{ edges }}
    group by v
{%- endmacro %}
