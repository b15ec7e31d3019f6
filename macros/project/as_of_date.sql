{% macro as_of_date() -%}
    {%- set day = var('as_of') | string -%}
    {%- if not modules.re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', day) -%}
        {%- do exceptions.raise_compiler_error("var as_of is not a day (YYYY-MM-DD): " ~ day) -%}
    {%- endif -%}
    cast('{{ day }}' as date)
{%- endmacro %}
