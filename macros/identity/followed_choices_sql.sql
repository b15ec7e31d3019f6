{% macro followed_choices_sql(choices, ends, later_rounds) -%}
    {%- set finished = namespace(number='choices.chosen') -%}
    {%- for _ in range(later_rounds) -%}
        {%- set finished.number = shuffled_number(finished.number) -%}
    {%- endfor -%}
    select
        choices.u,
        coalesce(ends.chosen, {{ finished.number }}) as chosen
    from {{ choices }} as choices
    left join {{ ends }} as ends on choices.chosen = ends.u
{%- endmacro %}
