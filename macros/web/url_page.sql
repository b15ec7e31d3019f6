{% macro url_page(column) -%}
    split_part(split_part({{ column }}, '?', 1), '#', 1)
{%- endmacro %}
