{% macro each_element(list) -%}
    {{ return(adapter.dispatch('each_element')(list)) }}
{%- endmacro %}

{% macro default__each_element(list) -%}
    unnest({{ list }})
{%- endmacro %}

{% macro spark__each_element(list) -%}
    explode({{ list }})
{%- endmacro %}
