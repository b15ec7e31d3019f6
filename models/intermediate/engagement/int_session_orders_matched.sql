with

events as (

    select * from {{ ref('int_web_events_sessionized') }}

),

web_events as (

    select * from {{ ref('int_web_events_unioned') }}
    where order_id is not null

),

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

transactions as (

    select * from {{ ref('int_transactions_named') }}

),

-- a thank-you page may be opened again, and a refund tells of its order too
ranked as (

    select
        transactions.order_id,
        sessions.session_id,
        events.event_number,
        events.occurred_at as told_at,
        row_number() over (
            partition by transactions.order_id
            order by
                events.event_kind is distinct from 'purchase',
                events.occurred_at,
                events.event_id
        ) as mention_rank
    from web_events
    inner join transactions on web_events.order_id = transactions.transaction_id
    inner join events on web_events.event_id = events.event_id
    inner join sessions on events.session_id = sessions.session_id
    where events.event_kind is distinct from 'refund'

),

matched as (

    select
        order_id,
        session_id,
        row_number() over (partition by session_id order by event_number, order_id)
            as session_order_number,
        told_at
    from ranked
    where mention_rank = 1

)

select * from matched
