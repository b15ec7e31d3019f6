{% macro is_known(exported_at) -%}
    {%- if var('as_of') -%}
        {{ business_date(exported_at) }} <= {{ as_of_date() }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
