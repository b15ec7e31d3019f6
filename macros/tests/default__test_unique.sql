{#- dbt's own holds every value. -#}
{% macro default__test_unique(model, column_name) -%}
    {%- set present -%}
        (select {{ column_name }} from {{ model }} where {{ column_name }} is not null) as present
    {%- endset -%}
    {{ repeated_rows(present, [column_name]) }}
{%- endmacro %}
