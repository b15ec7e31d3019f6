{#- A node on the right of one pair alone leaves no edge: it chose its only neighbour. -#}
{% macro first_edges_sql(edges, nodes) -%}
    select distinct
        least({{ shuffled_number('edges.u') }}, nodes.least_neighbour) as u,
        greatest({{ shuffled_number('edges.u') }}, nodes.least_neighbour) as v
    from {{ edges }} as edges
    inner join {{ nodes }} as nodes on edges.v = nodes.u
    where
        nodes.right_count > 1
        and least({{ shuffled_number('edges.u') }}, nodes.least_neighbour)
        < greatest({{ shuffled_number('edges.u') }}, nodes.least_neighbour)
{%- endmacro %}
