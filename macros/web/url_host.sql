{% macro url_host(column) -%}
    lower({{ first_match(column, '^[A-Za-z][A-Za-z0-9+.-]*://(?:[wW]{3}[.])?([^/?#:]+)') }})
{%- endmacro %}
