{#- Joining by number again costs less than writing a row for each of them. -#}
{{ config(materialized='view') }}
with

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

touches as (

    select * from {{ ref('int_attribution_touches') }}

),

-- imported once more: what two steps read is written out before
touches_of_converted as (

    select * from {{ ref('int_attribution_touches') }}

),

-- a kind that nobody reached has no path to compare with
kinds as (

    select distinct
        kind_number,
        touch_set
    from conversions

),

converted as (

    select
        kind_number,
        customer_number
    from conversions
    where previous_converted_at is null

),

-- between a conversion and the window of the next, before the first window, after the last
left_over as (

    select
        conversions.kind_number,
        touches_of_converted.customer_number,
        touches_of_converted.touch_number,
        touches_of_converted.channel_number,
        touches_of_converted.is_direct
    from conversions
    inner join touches_of_converted
        on conversions.customer_number = touches_of_converted.customer_number
        and conversions.touch_set = touches_of_converted.touch_set
        and (
            (
                conversions.window_starts_at > touches_of_converted.occurred_at
                and coalesce(
                    conversions.previous_converted_at < touches_of_converted.occurred_at, true
                )
            )
            or (
                conversions.next_converted_at is null
                and conversions.converted_at < touches_of_converted.occurred_at
            )
        )

),

-- only where a conversion took contacts out, the others have new neighbours
unconverted as (

    select
        kinds.kind_number,
        touches.customer_number,
        touches.touch_number,
        touches.channel_number,
        touches.is_direct,
        touches.touch_position,
        touches.previous_channel_number,
        touches.next_channel_number
    from touches
    inner join kinds on touches.touch_set = kinds.touch_set
    left join converted
        on kinds.kind_number = converted.kind_number
        and touches.customer_number = converted.customer_number
    where converted.customer_number is null

    union all

    select
        kind_number,
        customer_number,
        touch_number,
        channel_number,
        is_direct,
        cast(row_number() over (
            partition by kind_number, customer_number order by touch_number
        ) as integer) as touch_position,
        lag(channel_number) over (
            partition by kind_number, customer_number order by touch_number
        ) as previous_channel_number,
        lead(channel_number) over (
            partition by kind_number, customer_number order by touch_number
        ) as next_channel_number
    from left_over

)

select * from unconverted
