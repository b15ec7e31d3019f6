with

web_events as (

    select * from {{ ref('int_web_events_sessionized') }}
    where event_kind in ('add_to_cart', 'purchase')

),

sessions_identified as (

    select * from {{ ref('int_sessions_identified') }}
    where customer_id is not null

),

-- whoever ordered has abandoned nothing, also when the order was cancelled later
orders as (

    select * from {{ ref('int_orders_identified') }}
    where not is_credit_note

),

steps as (

    select
        sessions_identified.customer_id,
        web_events.event_kind = 'add_to_cart' as is_cart,
        web_events.occurred_at
    from web_events
    inner join sessions_identified on web_events.session_id = sessions_identified.session_id

    union all

    select
        customer_id,
        false as is_cart,
        ordered_at as occurred_at
    from orders

),

steps_by_customer as (

    select
        customer_id,
        max(occurred_at) filter (where is_cart) as last_cart_at,
        max(occurred_at) filter (where not is_cart) as last_bought_at
    from steps
    group by customer_id

),

dated as (

    select
        customer_id,
        last_cart_at,
        case
            when last_bought_at is null or last_bought_at < last_cart_at then last_cart_at
        end as abandoned_cart_at
    from steps_by_customer
    where last_cart_at is not null

)

select * from dated
