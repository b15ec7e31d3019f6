{% macro with_unit_value(name, day) -%}
    select
        {{ name }}.*,
        case
            when {{ name }}.currency_code = {{ reporting_currency() }} then 1
            else
                cast(reporting_rates.units_per_eur as double)
                / cast(exchange_rates.units_per_eur as double)
        end as unit_value
    from {{ name }}
    left join exchange_rates
        on {{ name }}.currency_code = exchange_rates.currency_code
        and {{ name }}.{{ day }} = exchange_rates.rate_date
    left join exchange_rates as reporting_rates
        on {{ name }}.{{ day }} = reporting_rates.rate_date
        and reporting_rates.currency_code = {{ reporting_currency() }}
{%- endmacro %}
