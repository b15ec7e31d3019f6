{% macro is_known(exported_at='_exported_at') -%}
    {%- if var('as_of') -%}
        cast({{ exported_at }} as date) <= {{ as_of_date() }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
