-- Where do new customers come from, and what are they worth after 90 days?
-- Compare the worth after 90 days with what a customer costs there (which_channels_pay_back). It is
-- told only of those who first bought at least 90 days ago: younger ones would look poorer than
-- they are. Nobody saw where the unknown came from.
with

customers as (

    select * from {{ ref('customer_360') }}
    where order_count > 0

),

orders as (

    select * from {{ ref('orders') }}
    where is_counted

),

first_orders as (

    select
        customer_id,
        order_date as first_order_date,
        net_revenue as first_order_revenue
    from orders
    where customer_order_number = 1

),

worth as (

    select
        first_orders.customer_id,
        sum(orders.net_revenue) as revenue_after_90_days
    from first_orders
    inner join orders
        on first_orders.customer_id = orders.customer_id
        and first_orders.first_order_date <= orders.order_date
        and orders.order_date
        < cast({{ dbt.dateadd('day', 90, 'first_orders.first_order_date') }} as date)
    group by first_orders.customer_id

),

customers_dated as (

    select
        customers.customer_id,
        coalesce(customers.acquisition_channel, 'unknown') as acquisition_channel,
        first_orders.first_order_revenue,
        worth.revenue_after_90_days,
        cast({{ dbt.dateadd('day', 90, 'first_orders.first_order_date') }} as date)
        <= customers.as_of_date as is_complete
    from customers
    inner join first_orders on customers.customer_id = first_orders.customer_id
    inner join worth on customers.customer_id = worth.customer_id

),

by_channel as (

    select
        acquisition_channel,
        count(*) as new_customer_count,
        sum(first_order_revenue) as first_order_revenue,
        count(*) filter (where is_complete) as complete_customer_count,
        sum(revenue_after_90_days) filter (where is_complete) as revenue_after_90_days
    from customers_dated
    group by acquisition_channel

),

totals as (

    select sum(new_customer_count) as new_customer_count
    from by_channel

),

final as (

    select
        by_channel.acquisition_channel,
        by_channel.new_customer_count,
        {{ ratio('by_channel.new_customer_count', 'totals.new_customer_count', 4) }}
            as new_customer_share,
        {{ ratio('by_channel.first_order_revenue', 'by_channel.new_customer_count', 2) }}
            as average_first_order_revenue,
        by_channel.complete_customer_count,
        {{ ratio('by_channel.revenue_after_90_days', 'by_channel.complete_customer_count', 2) }}
            as worth_after_90_days
    from by_channel
    cross join totals

)

select * from final
order by new_customer_count desc, acquisition_channel asc
