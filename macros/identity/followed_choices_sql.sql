{% macro followed_choices_sql(choices) -%}
    select
        choices.u,
        coalesce(next_choices.chosen, choices.chosen) as chosen,
        choices.edge_count,
        coalesce(next_choices.is_open, false) as is_open
    from {{ choices }} as choices
    left join {{ choices }} as next_choices on choices.chosen = next_choices.u
{%- endmacro %}
