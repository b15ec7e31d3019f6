with

journeys as (

    select * from {{ ref('int_journeys_sequenced') }}

),

touches as (

    select * from {{ ref('int_sequence_touches') }}

),

channels as (

    select * from {{ ref('int_attribution_channels') }}

),

counted as (

    select
        conversion_kind,
        is_converted,
        sequence_number,
        max(lead_position) as lead_position,
        max(touch_count) as touch_count,
        count(*) as journey_count
    from journeys
    group by conversion_kind, is_converted, sequence_number

),

paths as (

    select
        touches.conversion_kind,
        touches.is_converted,
        touches.sequence_number,
        {{ text_in_order('channels.channel', 'touches.run_number', "' > '") }} as path,
        count(*) as step_count
    from touches
    inner join channels on touches.channel_number = channels.channel_number
    where touches.is_run_start
    group by touches.conversion_kind, touches.is_converted, touches.sequence_number

),

described as (

    select
        counted.conversion_kind,
        counted.is_converted,
        counted.sequence_number,
        paths.path,
        counted.lead_position,
        counted.touch_count,
        paths.step_count,
        counted.journey_count
    from counted
    inner join paths
        on counted.conversion_kind = paths.conversion_kind
        and counted.is_converted = paths.is_converted
        and counted.sequence_number = paths.sequence_number

)

select * from described
