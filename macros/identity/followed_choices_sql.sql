{% macro followed_choices_sql(choices, ends, later_rounds) -%}
    select
        choices.u,
        {{ end_of_choice(later_rounds) }} as chosen
    from {{ choices }} as choices
    left join {{ ends }} as ends on choices.chosen = ends.u
{%- endmacro %}
