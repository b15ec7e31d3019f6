{#- Joining by number again costs less than writing a row for each of them. -#}
{{ config(materialized='view') }}
with

touches as (

    select * from {{ ref('int_attribution_touches') }}

),

touch_sets as (

    select distinct
        conversion_event,
        touch_set
    from {{ ref('int_conversion_touch_sets') }}

),

-- a kind that nobody reached has no path to compare with
kinds as (

    select distinct
        conversions.conversion_kind,
        touch_sets.touch_set
    from {{ ref('int_conversions_windowed') }} as conversions
    inner join touch_sets on conversions.conversion_event = touch_sets.conversion_event

),

journeys as (

    select * from {{ ref('int_journeys') }}

),

converted as (

    select distinct
        conversion_kind,
        customer_number
    from journeys

),

left_over as (

    select
        kinds.conversion_kind,
        touches.customer_number,
        touches.touch_number,
        touches.channel_number,
        touches.is_direct
    from touches
    inner join kinds on touches.touch_set = kinds.touch_set
    inner join converted
        on kinds.conversion_kind = converted.conversion_kind
        and touches.customer_number = converted.customer_number
    left join journeys
        on converted.conversion_kind = journeys.conversion_kind
        and touches.customer_number = journeys.customer_number
        and touches.touch_number >= journeys.first_touch_number
        and touches.touch_number <= journeys.last_touch_number
    where journeys.customer_number is null

),

-- only where a conversion took contacts out, the others have new neighbours
unconverted as (

    select
        kinds.conversion_kind,
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
        on kinds.conversion_kind = converted.conversion_kind
        and touches.customer_number = converted.customer_number
    where converted.customer_number is null

    union all

    select
        conversion_kind,
        customer_number,
        touch_number,
        channel_number,
        is_direct,
        cast(row_number() over (
            partition by conversion_kind, customer_number order by touch_number
        ) as integer) as touch_position,
        lag(channel_number) over (
            partition by conversion_kind, customer_number order by touch_number
        ) as previous_channel_number,
        lead(channel_number) over (
            partition by conversion_kind, customer_number order by touch_number
        ) as next_channel_number
    from left_over

)

select * from unconverted
