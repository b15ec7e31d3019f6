{#-
    Where each node is always on one side, as records and their identifiers are, those on the right
    choose among the left: one side is gone after one round, and no choice leads to another.
-#}
{% macro first_choices_sql(nodes, is_two_sided) -%}
    select
        u,
        least_neighbour as first_choice,
        least_neighbour as chosen,
        left_count + right_count > 1 as had_choice,
        true as is_open
    from {{ nodes }}
    where {{ 'right_count > 0' if is_two_sided else 'least_neighbour < u' }}
{%- endmacro %}
