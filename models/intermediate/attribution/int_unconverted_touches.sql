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
converted_kinds as (

    select distinct
        conversion_kind,
        conversion_event
    from {{ ref('int_conversions_windowed') }}

),

journeys as (

    select * from {{ ref('int_journeys') }}

),

converted_customers as (

    select distinct
        conversion_kind,
        customer_number
    from journeys

),

candidates as (

    select
        converted_kinds.conversion_kind,
        converted_customers.customer_number is not null as is_of_converted,
        touches.customer_number,
        touches.touch_number,
        touches.channel_number,
        touches.is_direct,
        touches.touch_position,
        touches.previous_channel_number,
        touches.next_channel_number
    from touches
    inner join touch_sets on touches.touch_set = touch_sets.touch_set
    inner join converted_kinds on touch_sets.conversion_event = converted_kinds.conversion_event
    left join converted_customers
        on converted_kinds.conversion_kind = converted_customers.conversion_kind
        and touches.customer_number = converted_customers.customer_number

),

left_over as (

    select candidates.*
    from candidates
    left join journeys
        on candidates.conversion_kind = journeys.conversion_kind
        and candidates.customer_number = journeys.customer_number
        and candidates.touch_number >= journeys.first_touch_number
        and candidates.touch_number <= journeys.last_touch_number
    where candidates.is_of_converted and journeys.customer_number is null

),

-- only what conversions have taken contacts from has to be numbered anew
unconverted as (

    select
        conversion_kind,
        customer_number,
        touch_number,
        channel_number,
        is_direct,
        touch_position,
        previous_channel_number,
        next_channel_number
    from candidates
    where not is_of_converted

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
