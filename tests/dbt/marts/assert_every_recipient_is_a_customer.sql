-- the recipient of every event of a message is a source record of one customer
with

message_events as (

    select * from {{ ref('int_message_events_judged') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

strangers as (

    select
        message_events.source_record_id,
        count(*) as event_count
    from message_events
    left join customers on message_events.source_record_id = customers.identifier_key
    where customers.customer_id is null
    group by message_events.source_record_id

)

select * from strangers
