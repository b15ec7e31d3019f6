with

touchpoints as (

    select * from {{ ref('int_touchpoints_identified') }}
    where not is_machine

),

touch_kinds as (

    select * from {{ ref('touch_kinds') }}
    where is_first_touch

),

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

ranked as (

    select
        touchpoints.customer_id,
        touchpoints.session_id,
        touchpoints.channel,
        touchpoints.touch_kind,
        touchpoints.campaign_name,
        touchpoints.touch_date,
        row_number() over (
            partition by touchpoints.customer_id
            order by touchpoints.occurred_at, touchpoints.touchpoint_id
        ) as touch_rank
    from touchpoints
    inner join touch_kinds on touchpoints.touch_kind = touch_kinds.touch_kind
    where touchpoints.customer_id is not null

),

selected as (

    select
        ranked.customer_id,
        ranked.channel as acquisition_channel,
        ranked.touch_kind as acquisition_touch_kind,
        sessions.utm_source as acquisition_source,
        ranked.campaign_name as acquisition_campaign_name,
        sessions.landing_page as acquisition_landing_page,
        ranked.touch_date as acquisition_date
    from ranked
    left join sessions on ranked.session_id = sessions.session_id
    where ranked.touch_rank = 1

)

select * from selected
