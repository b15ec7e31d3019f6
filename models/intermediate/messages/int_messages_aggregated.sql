with

message_events as (

    select * from {{ ref('int_message_events_judged') }}
    where message_id is not null

),

-- a message has one recipient on one channel of one vendor: were there two, its id would repeat
counted as (

    select
        -- ids
        message_id,
        source_record_id,
        max(campaign_id) as campaign_id,

        -- text
        source_system,
        channel,
        max(campaign_name) as campaign_name,
        max(message_name) as message_name,

        -- numbers
        count(*) as event_count,
        count(*) filter (where event_kind = 'send') as send_count,
        count(*) filter (where event_kind = 'delivery') as delivery_count,
        count(*) filter (where event_kind = 'open' and not is_machine) as open_count,
        count(*) filter (where event_kind = 'open' and is_machine) as machine_open_count,
        count(*) filter (where event_kind = 'click' and not is_machine) as click_count,
        count(*) filter (where event_kind = 'click' and is_machine) as machine_click_count,
        count(*) filter (where event_kind = 'reply') as reply_count,
        count(*) filter (where event_kind = 'bounce') as bounce_count,
        count(*) filter (where event_kind = 'bounce' and bounce_kind = 'soft')
            as soft_bounce_count,
        count(*) filter (where event_kind = 'complaint') as complaint_count,
        count(*) filter (where event_kind = 'unsubscribe') as unsubscribe_count,

        -- timestamps
        coalesce(min(occurred_at) filter (where event_kind = 'send'), min(occurred_at)) as sent_at,
        coalesce(
            min(occurred_at) filter (where event_kind = 'delivery'),
            min(occurred_at) filter (where event_kind not in ('send', 'bounce'))
        ) as delivered_at,
        min(occurred_at) filter (where event_kind = 'open' and not is_machine) as opened_at,
        min(occurred_at) filter (where event_kind = 'open' and is_machine) as machine_opened_at,
        min(occurred_at) filter (where event_kind = 'click' and not is_machine) as clicked_at,
        min(occurred_at) filter (where event_kind = 'reply') as replied_at,
        min(occurred_at) filter (where event_kind = 'bounce') as bounced_at,
        min(occurred_at) filter (where event_kind = 'complaint') as complained_at,
        min(occurred_at) filter (where event_kind = 'unsubscribe') as unsubscribed_at,
        max(occurred_at) filter (where event_kind = 'open' and not is_machine) as last_opened_at,
        max(occurred_at) filter (where event_kind = 'click' and not is_machine)
            as last_clicked_at,
        max(occurred_at) as last_event_at

    from message_events
    group by message_id, source_record_id, source_system, channel

),

-- a bounce may come before the delivery that succeeds and after one that only seemed to
messages as (

    select
        *,
        delivered_at is not null
        and (
            open_count + click_count + reply_count > 0
            or coalesce(delivered_at > bounced_at, true)
        ) as is_delivered
    from counted

)

select * from messages
