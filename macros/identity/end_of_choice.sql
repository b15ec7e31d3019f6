{% macro end_of_choice(later_rounds) -%}
    {%- set finished = namespace(number='choices.chosen') -%}
    {%- for _ in range(later_rounds) -%}
        {%- set finished.number = shuffled_number(finished.number) -%}
    {%- endfor -%}
    coalesce(ends.chosen, {{ finished.number }})
{%- endmacro %}
