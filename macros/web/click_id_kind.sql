{% macro click_id_kind(parameter) -%}
    lower(split_part({{ parameter }}, '=', 1))
{%- endmacro %}
