{% macro exploded(column, separator) -%}
    {{ return(adapter.dispatch('exploded')(column, separator)) }}
{%- endmacro %}

{% macro default__exploded(column, separator) -%}
    unnest(string_split({{ column }}, '{{ separator }}'))
{%- endmacro %}

{% macro spark__exploded(column, separator) -%}
    explode(split({{ column }}, '[{{ separator }}]'))
{%- endmacro %}
