{%- set amounts = ['subtotal', 'discount', 'shipping', 'tax', 'total', 'refunded'] -%}
with

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates_filled') }}

),

reporting_rates as (

    select * from exchange_rates
    where currency_code = {{ reporting_currency() }}

),

rated as (

    select
        orders.*,
        case
            when orders.currency_code = {{ reporting_currency() }} then 1
            else
                cast(reporting_rates.units_per_eur as double)
                / cast(exchange_rates.units_per_eur as double)
        end as unit_value
    from orders
    left join exchange_rates
        on orders.currency_code = exchange_rates.currency_code
        and orders.order_date = exchange_rates.rate_date
    left join reporting_rates on orders.order_date = reporting_rates.rate_date

),

converted as (

    select
        order_id,
        currency_code,
        unit_value,
        {% for amount in amounts -%}
            {{ converted_amount(amount ~ '_amount') }} as {{ amount }}_amount,
        {% endfor -%}
        case when is_counted then subtotal_amount - refunded_amount else 0 end
            as original_net_revenue,
        case
            when is_counted
                then
                    {{ converted_amount('subtotal_amount') }}
                    - {{ converted_amount('refunded_amount') }}
            else 0
        end as net_revenue
    from rated

)

select * from converted
