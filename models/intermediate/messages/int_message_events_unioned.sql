{#- int_message_events_judged keeps all of it. -#}
{{ config(materialized='view') }}
with

-- imported three times: all columns of what several steps read are written out before
events_told as (

    select * from {{ ref('int_message_events_told') }}

),

-- an answer names no message, and some vendors name only the campaign
orphans as (

    select
        message_event_id,
        source_record_id,
        campaign_id,
        channel,
        occurred_at
    from {{ ref('int_message_events_told') }}
    where message_id is null and (channel in ('sms', 'whatsapp') or campaign_id is not null)

),

sends as (

    select
        message_id,
        source_record_id,
        campaign_id,
        channel,
        occurred_at
    from {{ ref('int_message_events_told') }}
    where event_kind = 'send' and message_id is not null

),

last_sends as (

    select
        orphans.message_event_id,
        max_by(
            sends.message_id, cast(sends.occurred_at as string) || ' ' || sends.message_id
        ) as message_id
    from orphans
    inner join sends
        on orphans.source_record_id = sends.source_record_id
        and orphans.channel = sends.channel
        and orphans.occurred_at >= sends.occurred_at
        and coalesce(orphans.campaign_id = sends.campaign_id, true)
    group by orphans.message_event_id

),

message_events as (

    select
        events_told.message_event_id,
        coalesce(events_told.message_id, last_sends.message_id) as message_id,
        events_told.source_record_id,
        events_told.file_id,
        events_told.campaign_id,
        events_told.source_system,
        events_told.channel,
        events_told.event_kind,
        events_told.bounce_kind,
        events_told.campaign_name,
        events_told.message_name,
        events_told.link_url,
        events_told.is_machine,
        events_told.occurred_at
    from events_told
    left join last_sends on events_told.message_event_id = last_sends.message_event_id

)

select * from message_events
