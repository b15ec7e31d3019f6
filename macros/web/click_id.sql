{% macro click_id(column) -%}
    {{ first_match(column, '(?i).*[?&](?:' ~ click_id_names() ~ ')=([^&#]+)') }}
{%- endmacro %}
