with

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

identified as (

    select * from {{ ref('int_sessions_identified') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

dated as (

    select
        identified.customer_id,
        sessions.page_view_count,
        {{ dbt.datediff(business_date('sessions.started_at'), 'as_of.as_of_date', 'day') }}
        < {{ var('recent_days') }} as is_recent,
        sessions.started_at
    from sessions
    inner join identified on sessions.session_id = identified.session_id
    cross join as_of
    where identified.customer_id is not null

),

aggregated as (

    select
        customer_id,
        count(*) as session_count,
        cast(sum(page_view_count) as bigint) as page_view_count,
        count(*) filter (where is_recent) as recent_session_count,
        cast(coalesce(sum(page_view_count) filter (where is_recent), 0) as bigint)
            as recent_page_view_count,
        min(started_at) as first_visited_at,
        max(started_at) as last_visited_at
    from dated
    group by customer_id

)

select * from aggregated
