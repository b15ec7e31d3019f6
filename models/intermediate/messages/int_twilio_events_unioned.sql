with

-- the log has one moment for how far a message has come
messages as (

    select
        *,
        message_status in ('sent', 'delivered', 'undelivered', 'read') as has_send,
        message_status in ('delivered', 'read') as has_delivery,
        message_status = 'read' as has_open,
        message_status in ('undelivered', 'failed') as has_bounce
    from {{ ref('stg_twilio__messages') }}
    where recipient_id is not null and sent_at is not null

),

unioned as (

    {% for event_kind in ['send', 'delivery', 'open', 'bounce'] %}
        select
            message_sid || ':{{ event_kind }}' as event_id,
            message_sid,
            recipient_id,
            file_id,
            channel,
            '{{ event_kind }}' as event_kind,
            error_code,
            sent_at as occurred_at
        from messages
        where has_{{ event_kind }} and not is_from_person

        union all
    {% endfor %}

    select
        message_sid as event_id,
        null as message_sid,
        recipient_id,
        file_id,
        channel,
        case when not is_consenting then 'unsubscribe' else 'reply' end as event_kind,
        null as error_code,
        sent_at as occurred_at
    from messages
    where is_from_person

),

-- 30003 is a phone that is off, 30005 and 30006 are numbers that have none
events as (

    select
        event_id,
        message_sid,
        recipient_id,
        file_id,
        channel,
        event_kind,
        case
            when event_kind <> 'bounce' then null
            when error_code = '30003' then 'soft'
            when error_code in ('30005', '30006') then 'hard'
        end as bounce_kind,
        occurred_at
    from unioned

)

select * from events
