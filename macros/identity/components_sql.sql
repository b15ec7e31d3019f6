{% macro components_sql(numbers, ends) -%}
    {%- if numbers is none -%}
        select
            u as node,
            chosen as component
        from {{ ends }}
    {%- else -%}
        select
            numbers.node,
            ends.chosen as component
        from {{ numbers }} as numbers
        inner join {{ ends }} as ends on numbers.number = ends.u
    {%- endif -%}
{%- endmacro %}
