{#-
    A vertex with one edge to the left chose along it, and the edge is gone. The ends are compared as
    least and greatest: compared bare, `<>` becomes a join condition.
-#}
{% macro contracted_edges_sql(edges, choices, left_ends_chose) -%}
    {%- set end_u = "coalesce(choices_u.chosen, edges.u)" if left_ends_chose else "edges.u" -%}
    select
        least({{ end_u }}, choices_v.chosen) as u,
        greatest({{ end_u }}, choices_v.chosen) as v
    from {{ edges }} as edges
    inner join {{ choices }} as choices_v on edges.v = choices_v.u
    {% if left_ends_chose -%}
        left join {{ choices }} as choices_u on edges.u = choices_u.u
    {%- endif %}
    where
        choices_v.edge_count > 1
        and least({{ end_u }}, choices_v.chosen) < greatest({{ end_u }}, choices_v.chosen)
{%- endmacro %}
