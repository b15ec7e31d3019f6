with

eventbrite_attendees as (

    select * from {{ ref('stg_eventbrite__attendees') }}

),

eventbrite_statuses as (

    select * from {{ ref('eventbrite_statuses') }}

),

eventbrite_attendances as (

    select
        attendees.*,
        coalesce(statuses.attendance_status, attendees.written_status) as attendance_status
    from eventbrite_attendees as attendees
    left join eventbrite_statuses as statuses
        on attendees.written_status = statuses.written_status

),

-- one arm a vendor; who was let in was there, whatever became of the ticket afterwards
attendances as (

    select
        'eventbrite:' || attendee_id as attendance_id,
        'attendee_id:' || attendee_id as source_record_id,
        'eventbrite:' || event_id as event_id,
        'attendees' as source_system,
        event_name,
        attendance_status,
        attendance_status = 'attended' or checked_in_at is not null as is_attended,
        registered_at,
        event_started_at
    from eventbrite_attendances

)

select * from attendances
