{% macro url_parameter(column, name) -%}
    {{ url_decoded(first_match(column, '[?&]' ~ name ~ '=([^&#]*)')) }}
{%- endmacro %}
