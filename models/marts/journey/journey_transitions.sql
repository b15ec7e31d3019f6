with

moves as (

    select * from {{ ref('int_journey_moves_listed') }}

),

counted as (

    select
        from_station,
        from_channel,
        from_touch_kind,
        to_station,
        to_channel,
        to_touch_kind,
        count(*) as transition_count,
        count(distinct customer_id) as customer_count,
        count(*) filter (where is_converted) as converted_count,
        cast(median(seconds_between) as decimal(18, 1)) as median_seconds_between
    from moves
    group by
        from_station, from_channel, from_touch_kind, to_station, to_channel, to_touch_kind

),

departures as (

    select
        from_station,
        sum(transition_count) as transition_count
    from counted
    group by from_station

),

final as (

    select
        -- text
        counted.from_station,
        counted.from_channel,
        counted.from_touch_kind,
        counted.to_station,
        counted.to_channel,
        counted.to_touch_kind,

        -- numbers
        counted.transition_count,
        counted.customer_count,
        {{ ratio('counted.transition_count', 'departures.transition_count', 4) }}
            as transition_rate,
        counted.converted_count,
        {{ ratio('counted.converted_count', 'counted.transition_count', 4) }}
            as conversion_rate,
        counted.median_seconds_between

    from counted
    inner join departures on counted.from_station = departures.from_station

)

select * from final
