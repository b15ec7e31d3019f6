with

web_events as (

    select
        tracker,
        event_kind,
        coalesce(page_host, '') as host,
        {{ business_date('occurred_at') }} as event_date,
        coalesce(is_bot, false) as is_machine,
        coalesce(anonymous_id, user_id) is null as is_nameless
    from {{ ref('int_web_events_unioned') }}

),

trackers as (

    select * from {{ ref('web_trackers') }}

),

counted as (

    select
        tracker,
        host,
        event_date,
        count(*) as event_count,
        count(*) filter (where is_machine) as bot_event_count,
        count(*) filter (where is_nameless and not is_machine) as nameless_event_count,
        count(*) filter (where event_kind = 'page_view' and not is_machine) as page_view_count
    from web_events
    group by tracker, host, event_date

),

-- the hosts of one site are measured alike, those of another brand perhaps not; apps have no host
sited as (

    select
        *,
        {{ registered_domain('host') }} as site
    from counted

),

by_site as (

    select
        site,
        event_date,
        tracker,
        sum(page_view_count) as page_view_count
    from sited
    group by site, event_date, tracker

),

compared as (

    select
        *,
        max(page_view_count) over (partition by site, event_date) as most_page_views
    from by_site

),

-- who sees nearly all of it will do, so that two trackers do not take turns
chosen as (

    select
        compared.site,
        compared.event_date,
        min(trackers.preference) as preference
    from compared
    inner join trackers on compared.tracker = trackers.tracker
    where compared.page_view_count * 10 >= compared.most_page_views * 8
    group by compared.site, compared.event_date

),

judged as (

    select
        sited.tracker,
        sited.site,
        sited.host,
        sited.event_count,
        sited.bot_event_count,
        sited.nameless_event_count,
        sited.page_view_count,
        trackers.preference = chosen.preference
        or (sited.site = '' and sited.page_view_count = 0) as is_chosen,
        sited.event_date
    from sited
    inner join trackers on sited.tracker = trackers.tracker
    inner join chosen
        on sited.site = chosen.site
        and sited.event_date = chosen.event_date

)

select * from judged
