{% macro registered_domain(host) -%}
    coalesce(
        {{ first_match(host, '([^.]+[.](?:(?:com?|org|net|ac|gov|edu|or|ne|go)[.])?[a-z]+)$') }},
        {{ host }}
    )
{%- endmacro %}
