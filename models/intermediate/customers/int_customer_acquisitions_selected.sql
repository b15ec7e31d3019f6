with

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

identified as (

    select * from {{ ref('int_sessions_identified') }}
    where customer_id is not null

),

-- only the keys are ranked: what they stand for is joined to the first ones
ranked as (

    select
        identified.customer_id,
        identified.session_id,
        identified.channel,
        row_number() over (
            partition by identified.customer_id
            order by sessions.started_at, identified.session_id
        ) as session_rank
    from identified
    inner join sessions on identified.session_id = sessions.session_id

),

selected as (

    select
        ranked.customer_id,
        ranked.channel as acquisition_channel,
        sessions.utm_source as acquisition_source,
        sessions.utm_campaign as acquisition_campaign_name,
        sessions.landing_page as acquisition_landing_page,
        {{ business_date('sessions.started_at') }} as acquisition_date
    from ranked
    inner join sessions on ranked.session_id = sessions.session_id
    where ranked.session_rank = 1

)

select * from selected
