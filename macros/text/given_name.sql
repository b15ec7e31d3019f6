{% macro given_name(column) -%}
    coalesce(
        {{ first_match("trim(" ~ column ~ ")", "^(.*[^ ]) +[^ ]+$") }}, nullif(trim({{ column }}), '')
    )
{%- endmacro %}
