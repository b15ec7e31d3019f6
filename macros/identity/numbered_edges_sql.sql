{% macro numbered_edges_sql(pairs, numbers) -%}
    select distinct
        least(numbers_a.number, numbers_b.number) as u,
        greatest(numbers_a.number, numbers_b.number) as v
    from {{ pairs }} as pairs
    inner join {{ numbers }} as numbers_a on pairs.node_a = numbers_a.node
    inner join {{ numbers }} as numbers_b on pairs.node_b = numbers_b.node
    where pairs.node_a <> pairs.node_b
{%- endmacro %}
