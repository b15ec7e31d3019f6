{% macro first_match(column, pattern) -%}
    {{ return(adapter.dispatch('first_match')(column, pattern)) }}
{%- endmacro %}

{% macro default__first_match(column, pattern) -%}
    nullif(regexp_extract({{ column }}, '{{ pattern }}', 1), '')
{%- endmacro %}

{% macro spark__first_match(column, pattern) -%}
    nullif(regexp_extract({{ column }}, '{{ pattern }}', 1), '')
{%- endmacro %}
