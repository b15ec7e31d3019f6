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

    select distinct
        conversion_kind,
        touch_number
    from {{ ref('int_conversion_touches') }}

),

unconverted as (

    select
        conversion_kinds.conversion_kind,
        touches.customer_number,
        touches.touch_number,
        touches.channel
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

neighboured as (

    select
        *,
        lag(channel) over (
            partition by conversion_kind, customer_number order by touch_number
        ) as previous_channel,
        lead(channel) over (
            partition by conversion_kind, customer_number order by touch_number
        ) as next_channel
    from unconverted

),

numbered as (

    select
        *,
        sum(case when channel = previous_channel then 0 else 1 end) over (
            partition by conversion_kind, customer_number
            order by touch_number
            rows between unbounded preceding and current row
        ) as run_number
    from neighboured

)

select * from numbered
