with

conversion_touches as (

    select * from {{ ref('int_conversion_touches') }}

),

unconverted_touches as (

    select * from {{ ref('int_unconverted_touches') }}

),

touches as (

    select
        conversion_kind,
        true as is_converted,
        conversion_number as journey_number,
        channel_number,
        touch_position,
        age_seconds,
        case when is_before_lead then touch_position end as position_before_lead
    from conversion_touches

    union all

    select
        conversion_kind,
        false as is_converted,
        customer_number as journey_number,
        channel_number,
        touch_position,
        null as age_seconds,
        null as position_before_lead
    from unconverted_touches

),

-- twenty channels in order are two numbers, which group many times faster than texts
coded as (

    select
        conversion_kind,
        is_converted,
        journey_number,
        max(touch_position) as touch_count,
        max(position_before_lead) as lead_position,
        min(age_seconds) as least_age_seconds,
        max(age_seconds) as greatest_age_seconds,
        {{ sequence_code('channel_number', 'touch_position', 1, 10) }} as first_channels,
        {{ sequence_code('channel_number', 'touch_position', 11, 20) }} as next_channels
    from touches
    group by conversion_kind, is_converted, journey_number

),

-- few journeys are longer, and what is beyond does not make the others slow
continued as (

    select
        conversion_kind,
        is_converted,
        journey_number,
        {{ dbt.listagg('channel_number', "','", 'order by touch_position') }} as other_channels
    from touches
    where touch_position > 20
    group by conversion_kind, is_converted, journey_number

),

-- alike journeys are one sequence, called after the first of them
sequenced as (

    select
        coded.conversion_kind,
        coded.is_converted,
        coded.journey_number,
        min(coded.journey_number) over (
            partition by
                coded.conversion_kind,
                coded.is_converted,
                coded.first_channels,
                coded.next_channels,
                continued.other_channels,
                coded.lead_position
        ) as sequence_number,
        coded.touch_count,
        coded.lead_position,
        coded.least_age_seconds,
        coded.greatest_age_seconds
    from coded
    left join continued
        on coded.conversion_kind = continued.conversion_kind
        and coded.is_converted = continued.is_converted
        and coded.journey_number = continued.journey_number

)

select * from sequenced
