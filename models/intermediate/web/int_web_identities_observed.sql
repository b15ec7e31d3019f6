with

web_events as (

    select * from {{ ref('int_web_events_unioned') }}

),

grouped as (

    select
        anonymous_id,
        user_id,
        email,
        phone,
        device_id,
        device_token,
        count(*) as event_count,
        count(*) filter (where is_bot) as bot_event_count,
        min(occurred_at) as first_seen_at,
        max(occurred_at) as last_seen_at

    from web_events

    where coalesce(anonymous_id, user_id, email, phone, device_id, device_token) is not null

    group by anonymous_id, user_id, email, phone, device_id, device_token

),

identities as (

    select
        -- ids
        {{ web_identity_id() }} as web_identity_id,
        anonymous_id,
        user_id,
        email,
        phone,
        device_id,
        device_token as push_token,

        -- numbers
        event_count,
        bot_event_count,

        -- timestamps
        first_seen_at,
        last_seen_at

    from grouped

)

select * from identities
