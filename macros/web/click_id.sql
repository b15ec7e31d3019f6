{% macro click_id(parameter) -%}
    substr({{ parameter }}, length(split_part({{ parameter }}, '=', 1)) + 2)
{%- endmacro %}
