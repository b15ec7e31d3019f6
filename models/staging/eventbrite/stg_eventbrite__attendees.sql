with

source as (

    {{ landed_rows(source('eventbrite', 'attendees')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['attendee_id']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

-- a report of one event names it by its folder alone
renamed as (

    select
        -- ids
        attendee_id,
        order_id as ticket_order_id,
        coalesce(event_id, nullif(_account, 'default')) as event_id,
        {{ normalize_email('email') }} as email,
        {{ normalize_email('buyer_email') }} as buyer_email,
        mobile_phone as phone,
        _file_id as file_id,

        -- text
        coalesce(event_name, nullif(_account, 'default')) as event_name,
        first_name,
        last_name,
        buyer_first_name,
        buyer_last_name,
        city,
        region,
        country,
        lower(gender) as gender,
        ticket_type,
        lower(trim(attendee_status)) as written_status,

        -- dates
        birth_date,

        -- timestamps
        ordered_at as registered_at,
        {{ utc_from_local('event_time', business_timezone()) }} as event_started_at,
        {{ utc_from_local('checked_in_time', business_timezone()) }} as checked_in_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
