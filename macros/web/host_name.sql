{% macro host_name(host) -%}
    {{ replace_matches(host, '([.](com?|org|net|ac|gov|edu|or|ne|go))?[.][a-z]+$') }}
{%- endmacro %}
