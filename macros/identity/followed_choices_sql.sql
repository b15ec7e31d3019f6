{#- Those that are closed, most of them soon, are kept out of the join. -#}
{% macro followed_choices_sql(choices) -%}
    select
        u,
        first_choice,
        chosen,
        had_choice,
        is_open
    from {{ choices }}
    where not is_open

    union all

    select
        choices.u,
        choices.first_choice,
        coalesce(next_choices.chosen, choices.chosen) as chosen,
        choices.had_choice,
        coalesce(next_choices.is_open, false) as is_open
    from {{ choices }} as choices
    left join {{ choices }} as next_choices on choices.chosen = next_choices.u
    where choices.is_open
{%- endmacro %}
