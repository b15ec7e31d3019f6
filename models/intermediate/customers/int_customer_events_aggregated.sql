with

attendances as (

    select * from {{ ref('int_event_attendances_unioned') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

-- a buyer may hold several tickets of one event, which is one event attended
events_by_customer as (

    select
        customers.customer_id,
        coalesce(attendances.event_id, attendances.attendance_id) as event_id,
        bool_or(attendances.is_attended) as is_attended,
        max(coalesce(attendances.event_started_at, attendances.registered_at))
        filter (where attendances.is_attended) as attended_at
    from attendances
    inner join customers on attendances.source_record_id = customers.identifier_key
    group by
        customers.customer_id,
        coalesce(attendances.event_id, attendances.attendance_id)

),

aggregated as (

    select
        customer_id,
        count(*) as registered_event_count,
        count(*) filter (where is_attended) as attended_event_count,
        max(attended_at) as last_attended_at
    from events_by_customer
    group by customer_id

)

select * from aggregated
