with

touches as (

    select * from {{ ref('int_attribution_touches') }}

),

conversion_kinds as (

    select * from {{ ref('conversion_kinds') }}

),

-- a kind that nobody reached has no path to compare with
converted_kinds as (

    select distinct conversion_kind from {{ ref('int_conversions_windowed') }}

),

touch_kinds as (

    select * from {{ ref('conversion_touch_kinds') }}

),

conversion_touches as (

    select * from {{ ref('int_conversion_touches') }}

),

unconverted as (

    select
        conversion_kinds.conversion_kind,
        touches.customer_number,
        touches.touch_number,
        touches.channel_number,
        touches.is_direct
    from touches
    inner join touch_kinds on touches.touch_kind = touch_kinds.touch_kind
    inner join conversion_kinds
        on touch_kinds.conversion_event = conversion_kinds.conversion_event
    inner join converted_kinds
        on conversion_kinds.conversion_kind = converted_kinds.conversion_kind
    left join conversion_touches
        on conversion_kinds.conversion_kind = conversion_touches.conversion_kind
        and touches.touch_number = conversion_touches.touch_number
    where conversion_touches.touch_number is null

),

positioned as (

    select
        *,
        cast(row_number() over (
            partition by customer_number, conversion_kind order by touch_number
        ) as integer) as touch_position,
        lag(channel_number) over (
            partition by customer_number, conversion_kind order by touch_number
        ) as previous_channel_number,
        lead(channel_number) over (
            partition by customer_number, conversion_kind order by touch_number
        ) as next_channel_number
    from unconverted

)

select * from positioned
