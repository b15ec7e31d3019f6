with

web_events as (

    select * from {{ ref('int_web_events_unioned') }}
    where order_id is not null and anonymous_id is not null and not coalesce(is_bot, false)

),

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

checkouts as (

    select
        anonymous_id,
        order_id as transaction_id,
        min(occurred_at) as first_seen_at,
        max(occurred_at) as last_seen_at
    from web_events
    group by anonymous_id, order_id

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

unambiguous as (

    select
        transaction_id,
        min(order_id) as order_id
    from transactions
    group by transaction_id
    having count(*) = 1

),

matched as (

    select
        unambiguous.order_id,
        checkouts.anonymous_id,
        min(checkouts.first_seen_at) as first_seen_at,
        max(checkouts.last_seen_at) as last_seen_at
    from checkouts
    inner join unambiguous on checkouts.transaction_id = unambiguous.transaction_id
    group by unambiguous.order_id, checkouts.anonymous_id

)

select * from matched
