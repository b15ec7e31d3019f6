{% macro json_text(column, path) -%}
    {{ return(adapter.dispatch('json_text')(column, path)) }}
{%- endmacro %}

{% macro default__json_text(column, path) -%}
    json_extract_string({{ column }}, '{{ path }}')
{%- endmacro %}

{#- Spark says ['a key'] where others say ."a key". -#}
{% macro spark__json_text(column, path) -%}
    {%- set path = modules.re.sub('[.]"([^"]+)"', "['\\1']", path) -%}
    get_json_object({{ column }}, {{ spark_literal(path) }})
{%- endmacro %}
