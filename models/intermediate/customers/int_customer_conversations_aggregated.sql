with

touchpoints as (

    select * from {{ ref('int_touchpoints_identified') }}
    where touch_kind = 'chat'

),

conversations as (

    select * from {{ ref('int_conversations_unioned') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

dated as (

    select
        touchpoints.customer_id,
        conversations.is_complaint,
        {{ dbt.datediff('touchpoints.touch_date', 'as_of.as_of_date', 'day') }}
        < {{ var('recent_days') }} as is_recent,
        conversations.started_at
    from touchpoints
    inner join conversations on touchpoints.contact_id = conversations.conversation_id
    cross join as_of

),

aggregated as (

    select
        customer_id,
        count(*) as conversation_count,
        count(*) filter (where is_complaint) as complaint_conversation_count,
        count(*) filter (where is_recent) as recent_conversation_count,
        max(started_at) as last_chatted_at
    from dated
    group by customer_id

)

select * from aggregated
