{% macro chosen_neighbours_sql(edges) -%}
    select
        directed.u,
        least(
            {{ shuffled_number('directed.u') }},
            min({{ shuffled_number('directed.v') }})
        ) as chosen
    from (
        select u, v from {{ edges }}
        union all
        select v as u, u as v from {{ edges }}
    ) as directed
    group by directed.u
{%- endmacro %}
