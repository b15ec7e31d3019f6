{% macro commit_when_transactional() -%}
    {{ return(adapter.dispatch('commit_when_transactional')()) }}
{%- endmacro %}

{% macro default__commit_when_transactional() -%}
    {%- do adapter.commit() -%}
{%- endmacro %}

{% macro spark__commit_when_transactional() -%}
{%- endmacro %}
