{#- Temporary tables cost no space in the warehouse file; a temporary table of Spark is a view. -#}
{% macro working_relation(name) -%}
    {{ return(adapter.dispatch('working_relation')(this.identifier ~ '__' ~ name)) }}
{%- endmacro %}

{% macro default__working_relation(identifier) -%}
    {{ return(api.Relation.create(identifier=identifier, type='table')) }}
{%- endmacro %}

{% macro spark__working_relation(identifier) -%}
    {{ return(api.Relation.create(schema=this.schema, identifier=identifier, type='table')) }}
{%- endmacro %}
