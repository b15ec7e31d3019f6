with

touchpoints as (

    select * from {{ ref('int_touchpoints_unioned') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

identified as (

    select
        touchpoints.touchpoint_id,
        coalesce(touchpoints.customer_id, customers.customer_id) as customer_id,
        touchpoints.session_id,
        touchpoints.message_id,
        touchpoints.order_id,
        touchpoints.contact_id,
        touchpoints.campaign_id,
        touchpoints.source_system,
        touchpoints.channel,
        touchpoints.campaign_name,
        touchpoints.touch_kind,
        touchpoints.device_type,
        touchpoints.duration_seconds,
        coalesce(touchpoints.is_machine, false) as is_machine,
        {{ business_date('touchpoints.occurred_at') }} as touch_date,
        touchpoints.occurred_at
    from touchpoints
    left join customers on touchpoints.source_record_id = customers.identifier_key

)

select * from identified
