{#- dbt-spark binds a seed's values without escaping quotes, and whole numbers as doubles. -#}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set insert -%}
        insert into {{ this.render() }} values
        {%- for row in agate_table.rows %}
            (
            {%- for value in row -%}
                {%- set column = agate_table.column_names[loop.index0] -%}
                {%- set data_type = types.get(column, adapter.convert_type(agate_table, loop.index0)) -%}
                cast({{ spark_literal(value) }} as {{ data_type }}){{ ', ' if not loop.last }}
            {%- endfor -%}
            ){{ ',' if not loop.last }}
        {%- endfor -%}
    {%- endset -%}
    {%- if agate_table.rows -%}
        {%- do adapter.add_query(insert, abridge_sql_log=True) -%}
    {%- endif -%}
    {{ return(insert) }}
{%- endmacro %}
