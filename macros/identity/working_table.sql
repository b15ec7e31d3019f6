{% macro working_table(name, sql) -%}
    {%- set relation = api.Relation.create(
        database=this.database,
        schema=this.schema,
        identifier=this.identifier ~ '__' ~ name,
        type='table'
    ) -%}
    {%- do adapter.drop_relation(relation) -%}
    {%- call statement('working_table', auto_begin=True) -%}
        {{ create_table_as(False, relation, sql) }}
    {%- endcall -%}
    {{ return(relation) }}
{%- endmacro %}
