{#- Committed at once: DuckDB plans joins as if tables of an open transaction were empty. -#}
{% macro working_table(name, sql) -%}
    {%- set relation = working_relation(name) -%}
    {%- set is_temporary = relation.schema is none -%}
    {%- do adapter.drop_relation(relation) -%}
    {%- call statement('working_table', auto_begin=False) -%}
        {{ create_table_as(is_temporary, relation, sql) }}
    {%- endcall -%}
    {{ return(relation) }}
{%- endmacro %}
