{% macro remember_recipe() -%}
    {{ return(adapter.dispatch('remember_recipe')()) }}
{%- endmacro %}

{% macro default__remember_recipe() -%}
    comment on table {{ this }} is '{{ recipe() }}'
{%- endmacro %}

{% macro spark__remember_recipe() -%}
{%- endmacro %}
