{% macro json_entries(column) -%}
    {{ return(adapter.dispatch('json_entries')(column)) }}
{%- endmacro %}

{% macro default__json_entries(column) -%}
    unnest(map_entries(from_json({{ column }}, '"MAP(VARCHAR, VARCHAR)"')))
{%- endmacro %}

{% macro spark__json_entries(column) -%}
    explode(map_entries(from_json({{ column }}, 'map<string, string>')))
{%- endmacro %}
