with

events as (

    select * from {{ ref('int_web_events_sessionized') }}

),

key_event_kinds as (

    select distinct event_kind
    from {{ ref('web_event_kinds') }}
    where is_key_event

),

-- a session is a visit to a page or screen; events without one are not
sessions as (

    select
        events.session_id,
        min(events.visitor_id) as visitor_id,
        min_by(events.event_id, events.event_number) filter (where events.has_page)
            as landing_event_id,
        max_by(events.event_id, events.event_number) filter (where events.has_page)
            as exit_event_id,
        min_by(events.event_id, events.event_number) filter (where events.has_campaign)
            as campaign_event_id,
        min(events.spell_number) as spell_number,
        count(*) as event_count,
        count(*) filter (where events.event_kind = 'page_view') as page_view_count,
        count(*) filter (where events.event_kind = 'view_item') as product_view_count,
        count(*) filter (where events.event_kind = 'add_to_cart') as cart_add_count,
        count(*) filter (where events.event_kind = 'begin_checkout') as checkout_count,
        count(key_event_kinds.event_kind) as key_event_count,
        min(events.occurred_at) as started_at,
        max(events.occurred_at) as ended_at
    from events
    left join key_event_kinds on events.event_kind = key_event_kinds.event_kind
    group by events.session_id
    having bool_or(events.has_page)

)

select * from sessions
