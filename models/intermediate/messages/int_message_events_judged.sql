with

message_events as (

    select
        *,
        case when event_kind in ('open', 'click') then message_id end as answered_message_id
    from {{ ref('int_message_events_unioned') }}

),

-- imported again: all columns of what two steps read are written out before
sends_and_deliveries as (

    select
        message_id,
        event_kind,
        occurred_at
    from {{ ref('int_message_events_unioned') }}
    where event_kind in ('send', 'delivery')

),

message_rules as (

    select * from {{ ref('message_rules') }}

),

-- a vendor that does not tell the delivery may tell the send
arrivals as (

    select
        message_id,
        coalesce(
            min(occurred_at) filter (where event_kind = 'delivery'),
            min(occurred_at) filter (where event_kind = 'send')
        ) as arrived_at
    from sends_and_deliveries
    group by message_id

),

judged as (

    select
        message_events.message_event_id,
        message_events.message_id,
        message_events.source_record_id,
        message_events.file_id,
        message_events.campaign_id,
        message_events.source_system,
        message_events.channel,
        message_events.event_kind,
        message_events.bounce_kind,
        message_events.campaign_name,
        message_events.message_name,
        message_events.link_url,
        case
            when message_events.event_kind in ('open', 'click')
                then
                    coalesce(message_events.is_machine, false)
                    or coalesce(
                        {{ dbt.datediff(
                            'arrivals.arrived_at', 'message_events.occurred_at', 'second'
                        ) }}
                        <= message_rules.machine_seconds,
                        false
                    )
        end as is_machine,
        message_events.occurred_at
    from message_events
    left join message_rules on message_events.channel = message_rules.channel
    left join arrivals on message_events.answered_message_id = arrivals.message_id

)

select * from judged
