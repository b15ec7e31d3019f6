{% macro two_letter_country(column) -%}
    case when {{ matches(column, '^ *[A-Za-z]{2} *$') }} then upper(trim({{ column }})) end
{%- endmacro %}
