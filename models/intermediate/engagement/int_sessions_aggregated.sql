with

events as (

    select * from {{ ref('int_web_events_sessionized') }}

),

-- imported three times: all columns of what several steps read are written out before
landings as (

    select * from {{ ref('int_web_events_unioned') }}

),

exits as (

    select * from {{ ref('int_web_events_unioned') }}

),

campaign_events as (

    select * from {{ ref('int_web_events_unioned') }}

),

key_event_kinds as (

    select distinct event_kind
    from {{ ref('web_event_kinds') }}
    where is_key_event

),

own_sites as (

    select distinct site
    from {{ ref('int_tracker_days_judged') }}

),

-- a session is a visit to a page or screen; events without one are not
grouped as (

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

),

described as (

    select
        grouped.*,
        landings.anonymous_id,
        landings.user_id,
        landings.tracker,
        landings.device_type,
        landings.os_name,
        landings.language,
        landings.country_code,
        {{ url_page('landings.page_url') }} as landing_page,
        {{ url_page('exits.page_url') }} as exit_page,
        {{ url_host('landings.referrer') }} as landing_referrer_host
    from grouped
    inner join landings on grouped.landing_event_id = landings.event_id
    inner join exits on grouped.exit_event_id = exits.event_id

),

-- one's own pages refer nobody
referred as (

    select
        described.*,
        case when own_sites.site is null then described.landing_referrer_host end as referrer_host
    from described
    left join own_sites
        on {{ registered_domain('described.landing_referrer_host') }} = own_sites.site

),

campaigned as (

    select
        referred.*,
        campaign_events.utm_source,
        campaign_events.utm_medium,
        campaign_events.utm_campaign,
        campaign_events.utm_term,
        campaign_events.utm_content,
        campaign_events.click_id_kind,
        campaign_events.click_id
    from referred
    inner join campaign_events
        on coalesce(referred.campaign_event_id, referred.landing_event_id)
        = campaign_events.event_id

),

sessions as (

    select
        -- ids
        session_id,
        visitor_id,
        anonymous_id,
        case when anonymous_id is null then user_id end as user_id,
        {{ traffic_id() }} as traffic_id,
        click_id,

        -- text
        tracker,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_term,
        utm_content,
        click_id_kind,
        referrer_host,
        landing_page,
        exit_page,
        device_type,
        os_name,
        language,
        country_code,

        -- numbers
        spell_number,
        event_count,
        page_view_count,
        product_view_count,
        cart_add_count,
        checkout_count,
        key_event_count,

        -- timestamps
        started_at,
        ended_at

    from campaigned

)

select * from sessions
