{% macro matches_column(column, pattern_column) -%}
    {{ return(adapter.dispatch('matches_column')(column, pattern_column)) }}
{%- endmacro %}

{% macro default__matches_column(column, pattern_column) -%}
    regexp_matches({{ column }}, {{ pattern_column }})
{%- endmacro %}

{% macro spark__matches_column(column, pattern_column) -%}
    regexp_like({{ column }}, {{ pattern_column }})
{%- endmacro %}
