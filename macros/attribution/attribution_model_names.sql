{% macro attribution_model_names() -%}
    {{ return([
        'first_touch', 'last_touch', 'last_non_direct', 'linear', 'position_based', 'w_shaped',
        'time_decay', 'markov', 'shapley', 'fractribution'
    ]) }}
{%- endmacro %}
