{#- A night works out anew only visitors of whom it knows something else than the last one. -#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_changed(ref('int_web_events_seated'), 'visitor_id', [
        'event_id', 'visitor_id', 'tracker', 'event_kind', 'campaign_key', 'spell_number',
        'has_page', 'occurred_at',
    ]) }}",
    post_hook="{{ remember_recipe() }}",
) }}
{%- set seat = ['visitor_id', 'spell_number'] -%}
{%- set sequence = ['occurred_at', 'event_id'] -%}
{%- set in_turn -%}
    partition by {{ seat | join(', ') }} order by {{ sequence | join(', ') }}
{%- endset -%}
{%- set so_far -%}
    partition by {{ seat | join(', ') }} order by event_number
    rows between unbounded preceding and current row
{%- endset -%}
with

seated as (

    select * from {{ ref('int_web_events_seated') }}
    where {{ is_missing('visitor_id') }}

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

-- flags, for the next two steps sort all events again with whatever they still need
compared as (

    select
        *,
        coalesce(previous_at < occurred_at - interval '30' minute, true) as is_visit_start,
        campaign_key is not null and occurred_at > previous_at as is_tagged_landing,
        campaign_key <> previous_campaign_key as is_other_campaign
    from followed

),

visited as (

    select
        *,
        max(case when is_visit_start then occurred_at end) over ({{ so_far }})
            as visit_started_at
    from compared

),

-- what comes before the first page belongs to it, and what a landing sends at once is one landing
begun as (

    select
        *,
        case
            when is_visit_start then occurred_at
            when not is_tagged_landing then null
            when previous_campaign_at >= visit_started_at
                then case when is_other_campaign then occurred_at end
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
        campaign_key,
        spell_number,
        event_number,
        campaign_key is not null as has_campaign,
        has_page,
        session_started_at,
        occurred_at
    from numbered

)

select * from sessionized
