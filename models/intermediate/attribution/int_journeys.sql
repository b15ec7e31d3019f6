with

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

touch_sets as (

    select distinct
        conversion_event,
        touch_set
    from {{ ref('int_conversion_touch_sets') }}

),

touches as (

    select * from {{ ref('int_attribution_touches') }}

),

-- a window is counted in seconds: a touch at its first second is still in it
near as (

    select
        conversions.conversion_number,
        conversions.conversion_kind,
        conversions.customer_number,
        conversions.window_seconds,
        touches.touch_number,
        touches.occurred_at,
        case
            when
                touches.occurred_at <= conversions.lead_at
                and conversions.lead_at <= conversions.converted_at
                then touches.touch_number
        end as touch_number_before_lead,
        case when not touches.is_direct then touches.touch_number end as other_touch_number,
        {{ dbt.datediff('touches.occurred_at', 'conversions.converted_at', 'second') }}
            as age_seconds
    from conversions
    inner join touch_sets on conversions.conversion_event = touch_sets.conversion_event
    inner join touches
        on conversions.customer_number = touches.customer_number
        and touch_sets.touch_set = touches.touch_set
        and conversions.converted_at >= touches.occurred_at

),

journeys as (

    select
        conversion_number,
        conversion_kind,
        customer_number,
        min(touch_number) as first_touch_number,
        max(touch_number) as last_touch_number,
        cast(max(touch_number) - min(touch_number) + 1 as integer) as touch_count,
        cast(max(touch_number_before_lead) - min(touch_number) + 1 as integer) as lead_position,
        cast(max(other_touch_number) - min(touch_number) + 1 as integer)
            as last_non_direct_position,
        max(occurred_at) as last_touch_at,
        max(age_seconds) as greatest_age_seconds
    from near
    where age_seconds <= window_seconds
    group by conversion_number, conversion_kind, customer_number

)

select * from journeys
