{% macro is_known(exported_at, stated_date) -%}
    {%- if var('as_of') -%}
        {{ exported_day(exported_at, stated_date) }} <= {{ as_of_date() }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
