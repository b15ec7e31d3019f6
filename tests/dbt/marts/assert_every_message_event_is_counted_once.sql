-- for each vendor and kind, the events counted in messages and those that name no message are all
with

message_events as (

    select * from {{ ref('int_message_events_judged') }}

),

messages as (

    select * from {{ ref('messages') }}

),

events_by_system as (

    select
        source_system,
        channel,
        count(*) as event_count,
        count(*) filter (where event_kind = 'send') as send_count,
        count(*) filter (where event_kind = 'delivery') as delivery_count,
        count(*) filter (where event_kind = 'open') as open_count,
        count(*) filter (where event_kind = 'click') as click_count,
        count(*) filter (where event_kind = 'reply') as reply_count,
        count(*) filter (where event_kind = 'bounce') as bounce_count,
        count(*) filter (where event_kind = 'complaint') as complaint_count,
        count(*) filter (where event_kind = 'unsubscribe') as unsubscribe_count
    from message_events
    where message_id is not null
    group by source_system, channel

),

messages_by_system as (

    select
        source_system,
        channel,
        sum(event_count) as event_count,
        sum(send_count) as send_count,
        sum(delivery_count) as delivery_count,
        sum(open_count + machine_open_count) as open_count,
        sum(click_count + machine_click_count) as click_count,
        sum(reply_count) as reply_count,
        sum(bounce_count) as bounce_count,
        sum(complaint_count) as complaint_count,
        sum(unsubscribe_count) as unsubscribe_count
    from messages
    group by source_system, channel

),

differing as (

    select
        coalesce(events_by_system.source_system, messages_by_system.source_system)
            as source_system,
        coalesce(events_by_system.channel, messages_by_system.channel) as channel,
        events_by_system.event_count as expected_count,
        messages_by_system.event_count as actual_count
    from events_by_system
    full outer join messages_by_system
        on events_by_system.source_system = messages_by_system.source_system
        and events_by_system.channel = messages_by_system.channel
    where
        events_by_system.event_count is distinct from messages_by_system.event_count
        or events_by_system.send_count is distinct from messages_by_system.send_count
        or events_by_system.delivery_count is distinct from messages_by_system.delivery_count
        or events_by_system.open_count is distinct from messages_by_system.open_count
        or events_by_system.click_count is distinct from messages_by_system.click_count
        or events_by_system.reply_count is distinct from messages_by_system.reply_count
        or events_by_system.bounce_count is distinct from messages_by_system.bounce_count
        or events_by_system.complaint_count is distinct from messages_by_system.complaint_count
        or events_by_system.unsubscribe_count
        is distinct from messages_by_system.unsubscribe_count

)

select * from differing
