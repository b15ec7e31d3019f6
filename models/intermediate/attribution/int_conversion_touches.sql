{#- Joining by number again costs less than writing a row for each of them. -#}
{{ config(materialized='view') }}
with

journeys as (

    select * from {{ ref('int_journeys') }}

),

touches as (

    select * from {{ ref('int_attribution_touches') }}

),

positioned as (

    select
        journeys.conversion_number,
        journeys.kind_number,
        touches.touch_number,
        touches.channel_number,
        touches.is_direct,
        cast(touches.touch_number - journeys.first_touch_number + 1 as integer) as touch_position,
        journeys.touch_count,
        journeys.lead_position,
        journeys.last_non_direct_position,
        case
            when touches.touch_number > journeys.first_touch_number
                then touches.previous_channel_number
        end as previous_channel_number,
        case
            when touches.touch_number < journeys.last_touch_number
                then touches.next_channel_number
        end as next_channel_number,
        journeys.revenue,
        touches.occurred_at,
        journeys.last_touch_at
    from journeys
    inner join touches
        on journeys.customer_number = touches.customer_number
        and journeys.first_touch_number <= touches.touch_number
        and journeys.last_touch_number >= touches.touch_number

)

select * from positioned
