{% macro node_number(node, attempt) -%}
    {%- if config.get('nodes') == 'numbers' -%}
        {{ shuffled_number(node) }}
    {%- elif attempt == 0 -%}
        {{ text_number(node) }}
    {%- else -%}
        {{ text_number("'" ~ attempt ~ ":' || " ~ node) }}
    {%- endif -%}
{%- endmacro %}
