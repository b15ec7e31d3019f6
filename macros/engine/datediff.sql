{#- dbt-spark refuses nulls and counts seconds and months by divisions that round. This counts the
    borders between two days, months or seconds, as DuckDB does. -#}
{% macro spark__datediff(first_date, second_date, datepart) -%}
    {%- if datepart == 'day' -%}
        datediff(cast({{ second_date }} as date), cast({{ first_date }} as date))
    {%- elif datepart == 'month' -%}
        (
            12 * (year({{ second_date }}) - year({{ first_date }}))
            + month({{ second_date }}) - month({{ first_date }})
        )
    {%- elif datepart == 'second' -%}
        (
            unix_seconds(cast({{ second_date }} as timestamp))
            - unix_seconds(cast({{ first_date }} as timestamp))
        )
    {%- else -%}
        {%- do exceptions.raise_compiler_error("datediff on Spark knows no " ~ datepart) -%}
    {%- endif -%}
{%- endmacro %}
