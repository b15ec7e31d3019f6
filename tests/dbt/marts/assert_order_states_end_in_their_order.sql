-- the last state of each order is what the order is today, and its states follow each other
with

states as (

    select
        *,
        lead(known_date) over (partition by order_id order by known_date) as next_known_date
    from {{ ref('int_order_states_dated') }}

),

compared as (

    select
        orders.order_id,
        orders.net_revenue,
        orders.is_counted,
        states.net_revenue as last_net_revenue,
        states.is_counted as is_counted_last
    from {{ ref('int_orders_identified') }} as orders
    left join states
        on orders.order_id = states.order_id
        and states.known_until_date is null

),

broken as (

    select order_id from compared
    where
        net_revenue is distinct from last_net_revenue
        or is_counted is distinct from is_counted_last

    union all

    select order_id from states
    where known_until_date is distinct from next_known_date

)

select * from broken
