-- customers earn what their orders earn, and have as many of them
with

customers as (

    select
        sum(net_revenue) as net_revenue,
        sum(gross_revenue) as gross_revenue,
        sum(order_count) as order_count
    from {{ ref('customer_360') }}

),

orders as (

    select
        sum(net_revenue) as net_revenue,
        sum(gross_revenue) filter (where is_counted and not is_credit_note) as gross_revenue,
        count(*) filter (where is_counted and not is_credit_note) as order_count
    from {{ ref('orders') }}

),

compared as (

    select
        coalesce(customers.net_revenue, 0) as customer_net_revenue,
        coalesce(orders.net_revenue, 0) as order_net_revenue,
        coalesce(customers.gross_revenue, 0) as customer_gross_revenue,
        coalesce(orders.gross_revenue, 0) as order_gross_revenue,
        coalesce(customers.order_count, 0) as customer_order_count,
        orders.order_count
    from customers
    cross join orders

)

select * from compared
where
    customer_net_revenue <> order_net_revenue
    or customer_gross_revenue <> order_gross_revenue
    or customer_order_count <> order_count
