-- every event is in a session, on no page, set aside, nobody's or a machine's, and sessions hold
-- the events that the days count
with

tracking_days as (

    select
        tracker,
        sum(event_count) as event_count,
        sum(session_event_count) as session_event_count,
        sum(
            session_event_count
            + pageless_event_count
            + set_aside_event_count
            + nameless_event_count
            + bot_event_count
        ) as told_count
    from {{ ref('web_tracking_days') }}
    group by tracker

),

web_events as (

    select
        tracker,
        count(*) as event_count
    from {{ ref('int_web_events_unioned') }}
    group by tracker

),

sessions as (

    select
        tracker,
        sum(event_count) as event_count
    from {{ ref('sessions') }}
    group by tracker

)

select
    web_events.tracker,
    web_events.event_count,
    tracking_days.event_count as day_event_count,
    tracking_days.told_count,
    tracking_days.session_event_count,
    sessions.event_count as session_event_count_of_sessions
from web_events
left join tracking_days on web_events.tracker = tracking_days.tracker
left join sessions on web_events.tracker = sessions.tracker
where
    web_events.event_count is distinct from tracking_days.event_count
    or web_events.event_count is distinct from tracking_days.told_count
    or tracking_days.session_event_count is distinct from coalesce(sessions.event_count, 0)
