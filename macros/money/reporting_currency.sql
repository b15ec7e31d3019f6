{% macro reporting_currency() -%}
    {%- set code = var('reporting_currency') | string -%}
    {%- if not modules.re.fullmatch('[A-Z]{3}', code) -%}
        {%- do exceptions.raise_compiler_error("var reporting_currency is no ISO code: " ~ code) -%}
    {%- endif -%}
    '{{ code }}'
{%- endmacro %}
