with

tracker_days as (

    select * from {{ ref('int_tracker_days_judged') }}

),

events as (

    select * from {{ ref('int_web_events_sessionized') }}

),

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

counted as (

    select
        tracker,
        event_date,
        sum(event_count) as event_count,
        sum(bot_event_count) as bot_event_count,
        sum(nameless_event_count) as nameless_event_count,
        coalesce(
            sum(event_count - bot_event_count - nameless_event_count) filter (where not is_chosen),
            0
        ) as set_aside_event_count,
        bool_or(is_chosen) as is_chosen
    from tracker_days
    group by tracker, event_date

),

sessionized as (

    select
        events.tracker,
        {{ business_date('events.occurred_at') }} as event_date,
        count(sessions.session_id) as session_event_count,
        count(*) - count(sessions.session_id) as pageless_event_count
    from events
    left join sessions on events.session_id = sessions.session_id
    group by events.tracker, {{ business_date('events.occurred_at') }}

),

final as (

    select
        -- ids
        counted.tracker || ':' || cast(counted.event_date as string) as tracking_day_id,

        -- text
        counted.tracker,

        -- numbers
        cast(counted.event_count as bigint) as event_count,
        coalesce(sessionized.session_event_count, 0) as session_event_count,
        coalesce(sessionized.pageless_event_count, 0) as pageless_event_count,
        cast(counted.set_aside_event_count as bigint) as set_aside_event_count,
        cast(counted.nameless_event_count as bigint) as nameless_event_count,
        cast(counted.bot_event_count as bigint) as bot_event_count,

        -- booleans
        counted.is_chosen,

        -- dates
        counted.event_date

    from counted
    left join sessionized
        on counted.tracker = sessionized.tracker
        and counted.event_date = sessionized.event_date

)

select * from final
