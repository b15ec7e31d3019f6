{% macro components_sql(numbers, ends) -%}
    with

    least_numbers as (

        select
            chosen,
            min(u) as component
        from {{ ends }}
        group by chosen

    ),

    numbered_components as (

        select
            ends.u as number,
            least_numbers.component
        from {{ ends }} as ends
        inner join least_numbers on ends.chosen = least_numbers.chosen

    ),

    components as (

        select
            numbers.node,
            coalesce(numbered_components.component, numbers.number) as component
        from {{ numbers }} as numbers
        left join numbered_components on numbers.number = numbered_components.number

    )

    select * from components
{%- endmacro %}
