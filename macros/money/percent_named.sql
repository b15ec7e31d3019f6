{% macro percent_named(name) -%}
    cast(
        replace({{ first_match(name, '([0-9]+(?:[.,][0-9]+)?) ?%') }}, ',', '.') as double
    )
{%- endmacro %}
