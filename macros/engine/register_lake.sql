{% macro register_lake(folder) -%}
    {%- for source in graph.sources.values() -%}
        {%- set table = source.schema ~ '.' ~ source.identifier -%}
        {%- do run_query("create schema if not exists " ~ source.schema) -%}
        {%- do run_query("drop table if exists " ~ table) -%}
        {%- do run_query(
            "create table " ~ table ~ " using parquet location "
            ~ spark_literal(folder ~ '/' ~ source.schema ~ '/' ~ source.identifier)
        ) -%}
    {%- endfor -%}
{%- endmacro %}
