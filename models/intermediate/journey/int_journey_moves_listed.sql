{%- set in_turn -%}
    partition by customer_id order by occurred_at, touchpoint_id
{%- endset -%}
with

touchpoints as (

    select * from {{ ref('int_touchpoints_identified') }}
    where not is_machine and customer_id is not null

),

touch_kinds as (

    select * from {{ ref('touch_kinds') }}
    where is_by_customer

),

conversion_kinds as (

    select * from {{ ref('conversion_kinds') }}
    where conversion_kind = '{{ var("attribution_conversion_kind") }}'

),

-- an order is one station, wherever it was placed
contacts as (

    select
        touchpoints.touchpoint_id,
        touchpoints.customer_id,
        case when touchpoints.touch_kind <> 'buy' then touchpoints.channel end as channel,
        case when touchpoints.touch_kind <> 'buy' then touchpoints.touch_kind end as touch_kind,
        case
            when touchpoints.touch_kind = 'buy' then 'order'
            else touchpoints.channel || ': ' || touchpoints.touch_kind
        end as station,
        case when touchpoints.touch_kind = 'buy' then touchpoints.occurred_at end as ordered_at,
        touchpoints.occurred_at
    from touchpoints
    inner join touch_kinds on touchpoints.touch_kind = touch_kinds.touch_kind

),

followed as (

    select
        *,
        lag(station) over ({{ in_turn }}) as previous_station,
        lag(channel) over ({{ in_turn }}) as previous_channel,
        lag(touch_kind) over ({{ in_turn }}) as previous_touch_kind,
        lag(occurred_at) over ({{ in_turn }}) as previous_at,
        lead(occurred_at) over ({{ in_turn }}) as next_at,
        min(ordered_at) over (
            {{ in_turn }} rows between current row and unbounded following
        ) as next_ordered_at
    from contacts

),

moves as (

    select
        customer_id,
        coalesce(previous_station, '(start)') as from_station,
        previous_channel as from_channel,
        previous_touch_kind as from_touch_kind,
        station as to_station,
        channel as to_channel,
        touch_kind as to_touch_kind,
        next_ordered_at,
        previous_at as left_at,
        occurred_at as arrived_at
    from followed

    union all

    select
        customer_id,
        station as from_station,
        channel as from_channel,
        touch_kind as from_touch_kind,
        '(end)' as to_station,
        null as to_channel,
        null as to_touch_kind,
        null as next_ordered_at,
        occurred_at as left_at,
        null as arrived_at
    from followed
    where next_at is null

),

listed as (

    select
        moves.customer_id,
        moves.from_station,
        moves.from_channel,
        moves.from_touch_kind,
        moves.to_station,
        moves.to_channel,
        moves.to_touch_kind,
        {{ dbt.datediff('moves.left_at', 'moves.arrived_at', 'second') }}
            as seconds_between,
        coalesce(
            {{ dbt.datediff('moves.arrived_at', 'moves.next_ordered_at', 'second') }}
            <= conversion_kinds.window_days * 86400,
            false
        ) as is_converted
    from moves
    cross join conversion_kinds

)

select * from listed
