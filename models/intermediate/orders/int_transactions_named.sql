with

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

-- a tracker writes the order's id or what the buyer calls it; both may be used by several shops
transactions as (

    select
        order_id,
        shop_order_id as transaction_id
    from orders

    union

    select
        order_id,
        order_name as transaction_id
    from orders
    where order_name is not null

),

named as (

    select
        transaction_id,
        min(order_id) as order_id
    from transactions
    group by transaction_id
    having count(*) = 1

)

select * from named
