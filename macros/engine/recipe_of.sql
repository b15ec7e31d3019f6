{% macro recipe_of(relation) -%}
    {{ return(adapter.dispatch('recipe_of')(relation)) }}
{%- endmacro %}

{% macro default__recipe_of(relation) -%}
    {%- set found = run_query(
        "select comment from duckdb_tables() where database_name = '" ~ relation.database
        ~ "' and schema_name = '" ~ relation.schema ~ "' and table_name = '"
        ~ relation.identifier ~ "' and comment is not null"
    ) -%}
    {{ return(found.columns[0].values() | first) }}
{%- endmacro %}

{% macro spark__recipe_of(relation) -%}
    {{ return('') }}
{%- endmacro %}
