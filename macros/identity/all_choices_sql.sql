{% macro all_choices_sql(choices, later) -%}
    select
        choices.u,
        coalesce(later.chosen, choices.chosen) as chosen
    from {{ choices }} as choices
    left join {{ later }} as later on choices.chosen = later.u

    union all

    select
        u,
        chosen
    from {{ later }}
{%- endmacro %}
