with

touchpoints as (

    select * from {{ ref('int_touchpoints_identified') }}

),

final as (

    select
        -- ids
        touchpoint_id,
        customer_id,
        session_id,
        message_id,
        order_id,
        contact_id,
        campaign_id,

        -- text
        source_system,
        channel,
        campaign_name,
        touch_kind,
        device_type,

        -- numbers
        duration_seconds,

        -- booleans
        is_machine,

        -- dates
        touch_date,

        -- timestamps
        occurred_at

    from touchpoints

)

select * from final
