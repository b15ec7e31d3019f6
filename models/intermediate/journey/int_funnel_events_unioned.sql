with

events as (

    select * from {{ ref('int_web_events_sessionized') }}

),

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

sessions_identified as (

    select * from {{ ref('int_sessions_identified') }}

),

session_orders as (

    select * from {{ ref('int_session_orders_matched') }}

),

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted and not is_credit_note

),

customers as (

    select * from {{ ref('int_customer_identifiers_counted') }}

),

asked_kinds as (

    select distinct event_kind
    from {{ ref('funnels') }}

),

visits as (

    select
        sessions.session_id,
        sessions_identified.customer_id,
        sessions.started_at
    from sessions
    inner join sessions_identified on sessions.session_id = sessions_identified.session_id

),

-- within a visit the tracker's clock counts, for all its steps; else the shop's
unioned as (

    select
        session_id,
        customer_id,
        session_id as event_id,
        'session' as event_kind,
        started_at as happened_at
    from visits

    union all

    select
        visits.session_id,
        visits.customer_id,
        events.event_id,
        events.event_kind,
        events.occurred_at as happened_at
    from events
    inner join asked_kinds on events.event_kind = asked_kinds.event_kind
    inner join visits on events.session_id = visits.session_id

    union all

    select
        session_orders.session_id,
        null as customer_id,
        orders.order_id as event_id,
        'order' as event_kind,
        session_orders.told_at as happened_at
    from session_orders
    inner join orders on session_orders.order_id = orders.order_id

    union all

    select
        null as session_id,
        customer_id,
        order_id as event_id,
        'order' as event_kind,
        ordered_at as happened_at
    from orders

    union all

    select
        null as session_id,
        customer_id,
        customer_id as event_id,
        'first_contact' as event_kind,
        first_seen_at as happened_at
    from customers
    where first_seen_at is not null

)

select * from unioned
