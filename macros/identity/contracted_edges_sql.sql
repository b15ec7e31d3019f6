{#- The ends are compared as least and greatest: compared bare, `<>` becomes a join condition. -#}
{% macro contracted_edges_sql(edges, choices) -%}
    select distinct
        least(choices_u.chosen, choices_v.chosen) as u,
        greatest(choices_u.chosen, choices_v.chosen) as v
    from {{ edges }} as edges
    inner join {{ choices }} as choices_u on edges.u = choices_u.u
    inner join {{ choices }} as choices_v on edges.v = choices_v.u
    where least(choices_u.chosen, choices_v.chosen) < greatest(choices_u.chosen, choices_v.chosen)
{%- endmacro %}
