{#- int_web_events_sessionized keeps all of it. -#}
{{ config(materialized='view') }}
with

-- what no address and no screen is told of happened elsewhere, as on a server
web_events as (

    select
        event_id,
        coalesce(anonymous_id, 'user ' || user_id) as visitor_id,
        tracker,
        coalesce(page_host, '') as host,
        event_kind,
        {{ campaign_key() }} as campaign_key,
        page_url is not null or coalesce(event_kind = 'page_view', false) as has_page,
        occurred_at
    from {{ ref('int_web_events_unioned') }}
    where
        coalesce(anonymous_id, user_id) is not null
        and not coalesce(is_bot, false)

),

-- imported again: all columns of what two steps read are written out before
cookie_events as (

    select
        event_id,
        anonymous_id,
        occurred_at
    from {{ ref('int_web_events_unioned') }}
    where anonymous_id is not null

),

set_aside as (

    select * from {{ ref('int_tracker_days_judged') }}
    where not is_chosen

),

-- a browser of one person has one spell without beginning or end, which needs no look
spells as (

    select * from {{ ref('int_cookie_spells') }}
    where starts_at is not null or ends_at is not null

),

turns as (

    select
        cookie_events.event_id,
        spells.spell_number
    from cookie_events
    inner join spells on cookie_events.anonymous_id = spells.anonymous_id
    where
        (spells.starts_at is null or cookie_events.occurred_at >= spells.starts_at)
        and (spells.ends_at is null or cookie_events.occurred_at < spells.ends_at)

),

seated as (

    select
        -- ids
        web_events.event_id,
        web_events.visitor_id,

        -- text
        web_events.tracker,
        web_events.event_kind,
        web_events.campaign_key,

        -- numbers
        coalesce(turns.spell_number, 1) as spell_number,

        -- booleans
        web_events.has_page,

        -- timestamps
        web_events.occurred_at
    from web_events
    left join set_aside
        on web_events.tracker = set_aside.tracker
        and web_events.host = set_aside.host
        and {{ business_date('web_events.occurred_at') }} = set_aside.event_date
    left join turns on web_events.event_id = turns.event_id
    where set_aside.tracker is null

)

select * from seated
