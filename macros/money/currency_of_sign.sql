{% macro currency_of_sign(amount) -%}
    {%- set dollar = var('dollar_currency') | string -%}
    {%- if not modules.re.fullmatch('[A-Z]{3}', dollar) -%}
        {%- do exceptions.raise_compiler_error("var dollar_currency is no ISO code: " ~ dollar) -%}
    {%- endif -%}
    case
        when {{ amount }} like '%€%' then 'EUR'
        when {{ amount }} like '%£%' then 'GBP'
        when {{ amount }} like '%¥%' then 'JPY'
        else '{{ dollar }}'
    end
{%- endmacro %}
