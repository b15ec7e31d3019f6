{% macro all_columns_but(relation, columns) -%}
    {{ return(adapter.dispatch('all_columns_but')(relation, columns)) }}
{%- endmacro %}

{% macro default__all_columns_but(relation, columns) -%}
    {{ relation }}.* exclude ({{ columns | join(', ') }})
{%- endmacro %}

{% macro spark__all_columns_but(relation, columns) -%}
    {{ relation }}.* except ({{ columns | join(', ') }})
{%- endmacro %}
