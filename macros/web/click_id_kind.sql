{% macro click_id_kind(column) -%}
    lower({{ first_match(column, '(?i).*[?&](' ~ click_id_names() ~ ')=[^&#]') }})
{%- endmacro %}
