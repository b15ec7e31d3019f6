-- net revenue is the original times the day's rate, to a cent for each of its two amounts
with

orders as (

    select * from {{ ref('orders') }}

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates_filled') }}

),

reporting_rates as (

    select * from exchange_rates
    where currency_code = {{ reporting_currency() }}

),

expected as (

    select
        orders.order_id,
        orders.net_revenue,
        case
            when orders.currency_code = {{ reporting_currency() }} then orders.original_net_revenue
            else
                orders.original_net_revenue
                / exchange_rates.units_per_eur
                * reporting_rates.units_per_eur
        end as expected_net_revenue
    from orders
    left join exchange_rates
        on orders.currency_code = exchange_rates.currency_code
        and orders.order_date = exchange_rates.rate_date
    left join reporting_rates on orders.order_date = reporting_rates.rate_date

)

select * from expected
where expected_net_revenue is null or abs(net_revenue - expected_net_revenue) > 0.0101
