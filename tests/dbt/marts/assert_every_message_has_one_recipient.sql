-- all events of a message are about one recipient on one channel of one vendor
with

message_events as (

    select * from {{ ref('int_message_events_judged') }}
    where message_id is not null

),

mixed as (

    select message_id
    from message_events
    group by message_id
    having
        min(source_record_id) <> max(source_record_id)
        or min(channel) <> max(channel)
        or min(source_system) <> max(source_system)

)

select * from mixed
