with

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

touches as (

    select * from {{ ref('int_attribution_touches') }}

),

touch_kinds as (

    select * from {{ ref('conversion_touch_kinds') }}

),

-- a window is counted in seconds: a touch at its first second is still in it
near as (

    select
        conversions.conversion_number,
        conversions.conversion_kind,
        conversions.window_seconds,
        touches.touch_number,
        touches.channel_number,
        touches.is_direct,
        touches.occurred_at <= conversions.lead_at
        and conversions.lead_at <= conversions.converted_at as is_before_lead,
        {{ dbt.datediff('touches.occurred_at', 'conversions.converted_at', 'second') }}
            as age_seconds
    from conversions
    inner join touches
        on conversions.customer_number = touches.customer_number
        and conversions.converted_at >= touches.occurred_at
    inner join touch_kinds
        on conversions.conversion_event = touch_kinds.conversion_event
        and touches.touch_kind = touch_kinds.touch_kind

),

positioned as (

    select
        conversion_number,
        conversion_kind,
        touch_number,
        channel_number,
        is_direct,
        is_before_lead,
        age_seconds,
        cast(row_number() over (
            partition by conversion_number order by touch_number
        ) as integer) as touch_position,
        lag(channel_number) over (
            partition by conversion_number order by touch_number
        ) as previous_channel_number,
        lead(channel_number) over (
            partition by conversion_number order by touch_number
        ) as next_channel_number
    from near
    where age_seconds <= window_seconds

)

select * from positioned
