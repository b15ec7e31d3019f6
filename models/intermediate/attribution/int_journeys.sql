with

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

touches as (

    select * from {{ ref('int_attribution_touches') }}

),

near as (

    select
        conversions.conversion_number,
        conversions.kind_number,
        conversions.customer_number,
        conversions.revenue,
        touches.touch_number,
        touches.occurred_at,
        case
            when
                touches.occurred_at <= conversions.lead_at
                and conversions.lead_at <= conversions.converted_at
                then touches.touch_number
        end as touch_number_before_lead,
        case when not touches.is_direct then touches.touch_number end as other_touch_number
    from conversions
    inner join touches
        on conversions.customer_number = touches.customer_number
        and conversions.touch_set = touches.touch_set
        and conversions.converted_at >= touches.occurred_at
        and conversions.window_starts_at <= touches.occurred_at

),

journeys as (

    select
        conversion_number,
        kind_number,
        customer_number,
        revenue,
        min(touch_number) as first_touch_number,
        max(touch_number) as last_touch_number,
        cast(max(touch_number) - min(touch_number) + 1 as integer) as touch_count,
        cast(max(touch_number_before_lead) - min(touch_number) + 1 as integer) as lead_position,
        cast(max(other_touch_number) - min(touch_number) + 1 as integer)
            as last_non_direct_position,
        min(occurred_at) as first_touch_at,
        max(occurred_at) as last_touch_at
    from near
    group by conversion_number, kind_number, customer_number, revenue

)

select * from journeys
