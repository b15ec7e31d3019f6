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
        count(*) as event_count,
        count(*) filter (where is_bot) as bot_event_count,
        min(occurred_at) as first_seen_at,
        max(occurred_at) as last_seen_at

    from web_events

    where coalesce(anonymous_id, user_id, email, phone) is not null

    group by anonymous_id, user_id, email, phone

),

identified as (

    select
        *,
        md5(concat_ws(
            '|',
            coalesce(anonymous_id, ''),
            coalesce(user_id, ''),
            coalesce(email, ''),
            coalesce(phone, '')
        )) as web_identity_id

    from grouped

),

identities as (

    select
        -- ids
        web_identity_id,
        anonymous_id,
        user_id,
        email,
        phone,

        -- numbers
        event_count,
        bot_event_count,

        -- timestamps
        first_seen_at,
        last_seen_at

    from identified

)

select * from identities
