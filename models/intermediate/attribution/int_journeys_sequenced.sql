with

conversion_touches as (

    select * from {{ ref('int_conversion_touches') }}

),

unconverted_touches as (

    select * from {{ ref('int_unconverted_touches') }}

),

kinds as (

    select * from {{ ref('int_conversion_kinds_numbered') }}

),

touches as (

    select
        kind_number,
        true as is_converted,
        conversion_number as journey_number,
        channel_number,
        touch_position,
        lead_position
    from conversion_touches

    union all

    select
        kind_number,
        false as is_converted,
        customer_number as journey_number,
        channel_number,
        touch_position,
        null as lead_position
    from unconverted_touches

),

-- twenty channels in order are two numbers, which group many times faster than texts
coded as (

    select
        kind_number,
        is_converted,
        journey_number,
        max(touch_position) as touch_count,
        max(lead_position) as lead_position,
        {{ sequence_code('channel_number', 'touch_position', 1, 10) }} as first_channels,
        {{ sequence_code('channel_number', 'touch_position', 11, 20) }} as next_channels
    from touches
    group by kind_number, is_converted, journey_number

),

-- few journeys are longer, and what is beyond does not make the others slow
continued as (

    select
        kind_number,
        is_converted,
        journey_number,
        {{ text_in_order('channel_number', 'touch_position', "','") }} as other_channels
    from touches
    where touch_position > 20
    group by kind_number, is_converted, journey_number

),

-- alike journeys are one sequence, called after the first of them
sequenced as (

    select
        coded.kind_number,
        kinds.conversion_kind,
        coded.is_converted,
        coded.journey_number,
        min(coded.journey_number) over (
            partition by
                coded.kind_number,
                coded.is_converted,
                coded.first_channels,
                coded.next_channels,
                continued.other_channels,
                coded.lead_position
        ) as sequence_number,
        coded.touch_count,
        coded.lead_position
    from coded
    inner join kinds on coded.kind_number = kinds.kind_number
    left join continued
        on coded.kind_number = continued.kind_number
        and coded.is_converted = continued.is_converted
        and coded.journey_number = continued.journey_number

)

select * from sequenced
