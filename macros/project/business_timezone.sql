{% macro business_timezone() -%}
    {%- set zone = var('business_timezone') | string -%}
    {%- if not modules.re.fullmatch('[A-Za-z0-9_+/-]+', zone) -%}
        {%- do exceptions.raise_compiler_error("var business_timezone is not a zone: " ~ zone) -%}
    {%- endif -%}
    '{{ zone }}'
{%- endmacro %}
