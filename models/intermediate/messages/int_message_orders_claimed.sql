with

message_events as (

    select * from {{ ref('int_message_events_judged') }}
    where event_kind = 'click' and not is_machine and message_id is not null

),

message_rules as (

    select * from {{ ref('message_rules') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted and not is_credit_note

),

clicks as (

    select distinct
        message_events.message_id,
        customers.customer_id,
        message_rules.claim_days,
        message_events.occurred_at as clicked_at
    from message_events
    inner join customers on message_events.source_record_id = customers.identifier_key
    inner join message_rules on message_events.channel = message_rules.channel

),

orders_after_clicks as (

    select
        clicks.message_id,
        orders.order_id,
        orders.net_revenue,
        orders.ordered_at,
        row_number() over (
            partition by clicks.message_id
            order by orders.ordered_at, orders.order_id, clicks.clicked_at
        ) as order_rank
    from clicks
    inner join orders
        on clicks.customer_id = orders.customer_id
        and clicks.clicked_at <= orders.ordered_at
        and {{ dbt.datediff('clicks.clicked_at', 'orders.ordered_at', 'second') }}
        <= clicks.claim_days * 86400

),

claimed as (

    select
        message_id,
        order_id,
        net_revenue,
        ordered_at
    from orders_after_clicks
    where order_rank = 1

)

select * from claimed
