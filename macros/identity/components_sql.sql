{% macro components_sql(first_choices, ends, later_rounds) -%}
    {%- if ends is none -%}
        select
            choices.node,
            choices.chosen as component
        from ({{ first_choices }}) as choices
    {%- else -%}
        select
            choices.node,
            {{ end_of_choice(later_rounds) }} as component
        from ({{ first_choices }}) as choices
        left join {{ ends }} as ends on choices.chosen = ends.u
    {%- endif -%}
{%- endmacro %}
