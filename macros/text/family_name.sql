{% macro family_name(column) -%}
    {{ first_match("trim(" ~ column ~ ")", "^.+ ([^ ]+)$") }}
{%- endmacro %}
