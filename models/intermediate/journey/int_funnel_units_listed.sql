with

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

sessions_identified as (

    select * from {{ ref('int_sessions_identified') }}

),

customers as (

    select * from {{ ref('int_customer_identifiers_counted') }}
    where is_known and first_seen_at is not null

),

acquisitions as (

    select * from {{ ref('int_customer_acquisitions_selected') }}

),

visits as (

    select
        sessions.session_id,
        sessions_identified.customer_id,
        sessions_identified.channel,
        coalesce(sessions.device_type, 'unknown') as device_type,
        sessions.started_at,
        row_number() over (
            partition by sessions_identified.customer_id
            order by sessions.started_at, sessions.session_id
        ) as visit_number
    from sessions
    inner join sessions_identified on sessions.session_id = sessions_identified.session_id

),

first_visits as (

    select * from visits
    where visit_number = 1

),

units as (

    select
        'session' as counted_per,
        session_id as unit_id,
        channel,
        device_type,
        {{ business_date('started_at') }} as funnel_date
    from visits

    union all

    select
        'customer' as counted_per,
        customers.customer_id as unit_id,
        coalesce(acquisitions.acquisition_channel, 'unknown') as channel,
        coalesce(first_visits.device_type, 'unknown') as device_type,
        {{ business_date('customers.first_seen_at') }} as funnel_date
    from customers
    left join acquisitions on customers.customer_id = acquisitions.customer_id
    left join first_visits on customers.customer_id = first_visits.customer_id

)

select * from units
