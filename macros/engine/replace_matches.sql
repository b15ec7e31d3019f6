{% macro replace_matches(column, pattern, replacement='') -%}
    {{ return(adapter.dispatch('replace_matches')(column, pattern, replacement)) }}
{%- endmacro %}

{% macro default__replace_matches(column, pattern, replacement) -%}
    regexp_replace({{ column }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{% macro spark__replace_matches(column, pattern, replacement) -%}
    regexp_replace({{ column }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}
