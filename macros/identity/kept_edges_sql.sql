{% macro kept_edges_sql(edges, choices) -%}
    select
        choices.chosen as u,
        edges.u as v
    from {{ edges }} as edges
    inner join {{ choices }} as choices on edges.v = choices.u
    where choices.had_choice and edges.u > choices.first_choice
{%- endmacro %}
