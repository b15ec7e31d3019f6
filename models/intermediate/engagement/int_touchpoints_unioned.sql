{#- touchpoints keeps all of it. -#}
{{ config(materialized='view') }}
with

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

sessions_identified as (

    select * from {{ ref('int_sessions_identified') }}

),

message_events as (

    select * from {{ ref('int_message_events_judged') }}

),

orders as (

    select * from {{ ref('int_orders_unioned') }}
    where is_counted and not is_credit_note

),

order_sources as (

    select * from {{ ref('int_order_sources_named') }}

),

survey_responses as (

    select * from {{ ref('int_survey_responses_unioned') }}

),

-- a greeting that nobody answered is no conversation
conversations as (

    select * from {{ ref('int_conversations_unioned') }}
    where started_by = 'customer' or coalesce(customer_message_count, 1) > 0

),

-- who was let in was there when the event began; else the time of the order has to stand for it
attendances as (

    select
        *,
        coalesce(event_started_at, registered_at) as attended_at
    from {{ ref('int_event_attendances_unioned') }}
    where
        is_attended
        and coalesce(event_started_at, registered_at) is not null

),

channels as (

    select * from {{ ref('channels') }}

),

visits as (

    select
        sessions.*,
        sessions_identified.customer_id,
        sessions_identified.channel
    from sessions
    inner join sessions_identified on sessions.session_id = sessions_identified.session_id

),

messages as (

    select
        message_events.*,
        channels.channel as channel_name
    from message_events
    inner join channels on message_events.channel = channels.message_channel

),

purchases as (

    select
        orders.*,
        order_sources.channel
    from orders
    inner join order_sources
        on coalesce(lower(orders.source_name), '') = order_sources.source_name

),

unioned as (

    {{ touches_of(
        'visits', 'session_id', 'tracker', 'channel', "'visit'", 'started_at',
        {
            'customer_id': 'customer_id',
            'session_id': 'session_id',
            'campaign_name': 'utm_campaign',
            'device_type': 'device_type',
            'duration_seconds': dbt.datediff('started_at', 'ended_at', 'second'),
        }
    ) }}

    union all

    {{ touches_of(
        'messages', 'message_event_id', 'source_system', 'channel_name', 'event_kind', 'occurred_at',
        {
            'source_record_id': 'source_record_id',
            'message_id': 'message_id',
            'campaign_id': 'campaign_id',
            'campaign_name': 'campaign_name',
            'is_machine': 'is_machine',
        }
    ) }}

    union all

    {{ touches_of(
        'purchases', 'order_id', 'shop', 'channel', "'buy'", 'ordered_at',
        {
            'source_record_id': "'order_id:' || order_id",
            'order_id': 'order_id',
        }
    ) }}

    union all

    {{ touches_of(
        'survey_responses', 'response_id', 'source_system', "'Surveys'", "'answer'", 'answered_at',
        {
            'source_record_id': 'source_record_id',
            'contact_id': 'response_id',
            'campaign_name': 'survey_name',
        }
    ) }}

    union all

    {{ touches_of(
        'conversations', 'conversation_id', 'source_system', "'Chat'", "'chat'", 'started_at',
        {
            'source_record_id': 'source_record_id',
            'contact_id': 'conversation_id',
        }
    ) }}

    union all

    {{ touches_of(
        'attendances', 'attendance_id', 'source_system', "'Events'", "'attend'", 'attended_at',
        {
            'source_record_id': 'source_record_id',
            'contact_id': 'attendance_id',
            'campaign_name': 'event_name',
        }
    ) }}

)

select * from unioned
