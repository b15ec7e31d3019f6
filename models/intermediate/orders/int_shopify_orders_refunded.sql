with

orders as (

    select * from {{ ref('stg_shopify__api_orders') }}

),

refunds as (

    select * from {{ ref('stg_shopify__api_refunds') }}

),

refunds_by_order as (

    select
        order_id,
        sum(refunded_amount) as refunded_amount,
        max(refunded_at) as last_refunded_at
    from refunds
    group by order_id

),

orders_refunded as (

    select
        orders.*,
        coalesce(refunds_by_order.refunded_amount, 0) as refunded_amount,
        refunds_by_order.last_refunded_at
    from orders
    left join refunds_by_order on orders.order_id = refunds_by_order.order_id

)

select * from orders_refunded
