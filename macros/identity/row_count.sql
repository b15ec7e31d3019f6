{% macro row_count(relation, condition='true') -%}
    {%- set counted = "select count(*) as row_count from " ~ relation ~ " where " ~ condition -%}
    {{ return(run_query(counted).rows[0][0] | int) }}
{%- endmacro %}
