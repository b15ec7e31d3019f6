{% macro components_sql(first_ends, later) -%}
    {%- if later is none -%}
        select
            node,
            reached as component
        from ({{ first_ends }}) as first_ends
    {%- else -%}
        select
            first_ends.node,
            coalesce(later.chosen, first_ends.reached) as component
        from ({{ first_ends }}) as first_ends
        left join {{ later }} as later on first_ends.reached = later.u
    {%- endif -%}
{%- endmacro %}
