{% macro chosen_neighbours_sql(edges, bijection) -%}
    select
        directed.u,
        least(
            {{ renumbered('directed.u', bijection) }},
            min({{ renumbered('directed.v', bijection) }})
        ) as chosen
    from (
        select u, v from {{ edges }}
        union all
        select v as u, u as v from {{ edges }}
    ) as directed
    group by directed.u
{%- endmacro %}
