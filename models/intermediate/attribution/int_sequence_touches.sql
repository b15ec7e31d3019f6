with

journeys as (

    select * from {{ ref('int_journeys_sequenced') }}
    where journey_number = sequence_number

),

conversion_touches as (

    select * from {{ ref('int_conversion_touches') }}

),

unconverted_touches as (

    select * from {{ ref('int_unconverted_touches') }}

),

touches as (

    select
        journeys.kind_number,
        journeys.conversion_kind,
        journeys.is_converted,
        journeys.sequence_number,
        conversion_touches.channel_number,
        conversion_touches.previous_channel_number,
        conversion_touches.touch_position,
        conversion_touches.is_direct
    from journeys
    inner join conversion_touches
        on journeys.sequence_number = conversion_touches.conversion_number
    where journeys.is_converted

    union all

    select
        journeys.kind_number,
        journeys.conversion_kind,
        journeys.is_converted,
        journeys.sequence_number,
        unconverted_touches.channel_number,
        unconverted_touches.previous_channel_number,
        unconverted_touches.touch_position,
        unconverted_touches.is_direct
    from journeys
    inner join unconverted_touches
        on journeys.kind_number = unconverted_touches.kind_number
        and journeys.sequence_number = unconverted_touches.customer_number
    where not journeys.is_converted

),

numbered as (

    select
        conversion_kind,
        is_converted,
        sequence_number,
        channel_number,
        touch_position,
        cast(sum(case when channel_number = previous_channel_number then 0 else 1 end) over (
            partition by kind_number, is_converted, sequence_number
            order by touch_position
            rows between unbounded preceding and current row
        ) as integer) as run_number,
        is_direct,
        coalesce(channel_number <> previous_channel_number, true) as is_run_start
    from touches

)

select * from numbered
