{% macro attribution_model_names() -%}
    {%- set known = [
        'first_touch', 'last_touch', 'last_non_direct', 'linear', 'position_based', 'w_shaped',
        'time_decay', 'markov', 'shapley', 'fractribution'
    ] -%}
    {%- set chosen = var('attribution_models') or known -%}
    {%- set unknown = chosen | reject('in', known) | list -%}
    {%- if unknown -%}
        {%- do exceptions.raise_compiler_error(
            "attribution_models: there is no model " ~ unknown | join(', ')
            ~ "; there are " ~ known | join(', ')
        ) -%}
    {%- endif -%}
    {%- if var('attribution_model') not in chosen -%}
        {%- do exceptions.raise_compiler_error(
            "attribution_model: " ~ var('attribution_model') ~ " is not among attribution_models"
        ) -%}
    {%- endif -%}
    {{ return(known | select('in', chosen) | list) }}
{%- endmacro %}
