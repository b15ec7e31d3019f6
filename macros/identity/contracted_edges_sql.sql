{#- The ends are compared as least and greatest: compared bare, `<>` becomes a join condition. -#}
{% macro contracted_edges_sql(kept_edges, choices) -%}
    select
        least(edges.u, coalesce(choices.chosen, edges.v)) as u,
        greatest(edges.u, coalesce(choices.chosen, edges.v)) as v
    from {{ kept_edges }} as edges
    left join {{ choices }} as choices on edges.v = choices.u
    where
        least(edges.u, coalesce(choices.chosen, edges.v))
        < greatest(edges.u, coalesce(choices.chosen, edges.v))
{%- endmacro %}
