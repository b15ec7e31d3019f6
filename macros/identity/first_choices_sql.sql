{#-
    Where each node is always on one side, as records and their identifiers are, those on the right
    choose among the left and these keep to themselves: one side is gone after one round.
-#}
{% macro first_choices_sql(nodes, is_two_sided) -%}
    select
        node,
        u,
        {% if is_two_sided -%}
            case
                when right_count > 0 then least_neighbour
                else {{ shuffled_number('u') }}
            end
        {%- else -%}
            least({{ shuffled_number('u') }}, least_neighbour)
        {%- endif %} as chosen
    from {{ nodes }}
{%- endmacro %}
