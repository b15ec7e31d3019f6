{%- set seat = ['visitor_id', 'spell_number'] -%}
{%- set sequence = ['occurred_at', 'event_id'] -%}
{%- set in_turn -%}
    partition by {{ seat | join(', ') }} order by {{ sequence | join(', ') }}
{%- endset -%}
{%- set so_far -%}
    {{ in_turn }} rows between unbounded preceding and current row
{%- endset -%}
with

-- what no address and no screen is told of happened elsewhere, as on a server
web_events as (

    select
        event_id,
        coalesce(anonymous_id, 'user ' || user_id) as visitor_id,
        anonymous_id,
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

set_aside as (

    select * from {{ ref('int_tracker_days_judged') }}
    where not is_chosen

),

-- a browser of one person has one spell without beginning or end, which needs no look
spells as (

    select * from {{ ref('int_cookie_spells') }}
    where starts_at is not null or ends_at is not null

),

seated as (

    select
        web_events.event_id,
        web_events.visitor_id,
        web_events.tracker,
        web_events.event_kind,
        web_events.campaign_key,
        coalesce(spells.spell_number, 1) as spell_number,
        web_events.has_page,
        web_events.occurred_at
    from web_events
    left join set_aside
        on web_events.tracker = set_aside.tracker
        and web_events.host = set_aside.host
        and {{ business_date('web_events.occurred_at') }} = set_aside.event_date
    left join spells
        on web_events.anonymous_id = spells.anonymous_id
        and (spells.starts_at is null or web_events.occurred_at >= spells.starts_at)
        and (spells.ends_at is null or web_events.occurred_at < spells.ends_at)
    where set_aside.tracker is null

),

followed as (

    select
        *,
        row_number() over ({{ in_turn }}) as event_number,
        lag(occurred_at) over ({{ in_turn }}) as previous_at,
        {{ latest_before('campaign_key', of=seat, by=sequence) }} as previous_campaign_key,
        {{ latest_before(
            'case when campaign_key is not null then occurred_at end', of=seat, by=sequence
        ) }} as previous_campaign_at,
        {{ latest_before('case when has_page then occurred_at end', of=seat, by=sequence) }}
            as previous_page_at
    from seated

),

visited as (

    select
        *,
        max(case
            when previous_at is null or previous_at < occurred_at - interval '30' minute
                then occurred_at
        end) over ({{ so_far }}) as visit_started_at
    from followed

),

-- what comes before the first page belongs to it, and what a landing sends at once is one landing
begun as (

    select
        *,
        case
            when occurred_at = visit_started_at then occurred_at
            when campaign_key is null or occurred_at = previous_at then null
            when previous_campaign_at >= visit_started_at
                then case when campaign_key <> previous_campaign_key then occurred_at end
            when previous_page_at >= visit_started_at then occurred_at
        end as begun_at
    from visited

),

numbered as (

    select
        *,
        max(begun_at) over ({{ so_far }}) as session_started_at
    from begun

),

sessionized as (

    select
        event_id,
        md5(concat_ws('|', visitor_id, cast(session_started_at as string))) as session_id,
        visitor_id,
        tracker,
        event_kind,
        spell_number,
        event_number,
        campaign_key is not null as has_campaign,
        has_page,
        session_started_at,
        occurred_at
    from numbered

)

select * from sessionized
