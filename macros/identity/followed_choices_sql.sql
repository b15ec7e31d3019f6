{% macro followed_choices_sql(choices, ends, later_bijections) -%}
    {%- set finished = namespace(number='choices.chosen') -%}
    {%- for bijection in later_bijections -%}
        {%- set finished.number = '(' ~ renumbered(finished.number, bijection) ~ ')' -%}
    {%- endfor -%}
    select
        choices.u,
        coalesce(ends.chosen, {{ finished.number }}) as chosen
    from {{ choices }} as choices
    left join {{ ends }} as ends on choices.chosen = ends.u
{%- endmacro %}
