-- customers earn in each month what the orders of the month earned, and so do their transitions
with

months as (

    select * from {{ ref('int_months_listed') }}

),

orders_by_month as (

    select
        months.month_date,
        sum(orders.net_revenue) as net_revenue,
        count(*) filter (where orders.is_counted and not orders.is_credit_note) as order_count
    from {{ ref('orders') }} as orders
    inner join months
        on cast({{ dbt.date_trunc('month', 'orders.order_date') }} as date) = months.month_date
    group by months.month_date

),

customers_by_month as (

    select
        month_date,
        sum(net_revenue) as net_revenue,
        sum(order_count) as order_count
    from {{ ref('customer_months') }}
    group by month_date

),

transitions_by_month as (

    select
        month_date,
        sum(net_revenue) as net_revenue
    from {{ ref('lifecycle_transitions') }}
    group by month_date

),

compared as (

    select
        months.month_date,
        coalesce(orders_by_month.net_revenue, 0) as order_net_revenue,
        coalesce(customers_by_month.net_revenue, 0) as customer_net_revenue,
        coalesce(transitions_by_month.net_revenue, 0) as transition_net_revenue,
        coalesce(orders_by_month.order_count, 0) as order_count,
        coalesce(customers_by_month.order_count, 0) as customer_order_count
    from months
    left join orders_by_month on months.month_date = orders_by_month.month_date
    left join customers_by_month on months.month_date = customers_by_month.month_date
    left join transitions_by_month on months.month_date = transitions_by_month.month_date

)

select * from compared
where
    order_net_revenue <> customer_net_revenue
    or order_net_revenue <> transition_net_revenue
    or order_count <> customer_order_count
