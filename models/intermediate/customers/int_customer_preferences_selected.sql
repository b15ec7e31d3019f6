{%- set measures = {'channel_preference': 'channel', 'device_preference': 'device_type'} -%}
with

touchpoints as (

    select * from {{ ref('int_touchpoints_identified') }}
    where not is_machine and customer_id is not null

),

touch_kinds as (

    select * from {{ ref('touch_kinds') }}
    where preference_weight > 0

),

channels as (

    select * from {{ ref('channels') }}

),

session_orders as (

    select * from {{ ref('int_session_orders_matched') }}

),

half_lives as (

    select * from {{ ref('half_lives') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

-- an order that a visit led to came by the visit's channel, which counts already; what led to a
-- contact that is unassigned nobody knows
responses as (

    select
        touchpoints.customer_id,
        nullif(touchpoints.channel, 'Unassigned') as channel,
        coalesce(touchpoints.device_type, channels.device_type) as device_type,
        touch_kinds.preference_weight,
        touchpoints.touch_date
    from touchpoints
    inner join touch_kinds on touchpoints.touch_kind = touch_kinds.touch_kind
    left join channels on touchpoints.channel = channels.channel
    left join session_orders on touchpoints.order_id = session_orders.order_id
    where session_orders.order_id is null

),

-- a day counts once: a click and the visit that it led to are two contacts and one response
choices_by_day as (

    {% for measure, column in measures.items() %}
        {% if not loop.first %}union all{% endif %}
        select
            customer_id,
            '{{ measure }}' as measure,
            {{ column }} as choice,
            max(preference_weight) as weight,
            touch_date
        from responses
        where {{ column }} is not null
        group by customer_id, {{ column }}, touch_date
    {% endfor %}

),

-- the weights of the seed are whole and what is left of them is a decimal
scored as (

    select
        choices_by_day.customer_id,
        choices_by_day.measure,
        choices_by_day.choice,
        sum(
            cast(choices_by_day.weight as decimal(18, 0))
            * {{ decay_weight(
                dbt.datediff('choices_by_day.touch_date', 'as_of.as_of_date', 'day'),
                'half_lives.half_life_days'
            ) }}
        ) as score
    from choices_by_day
    inner join half_lives on choices_by_day.measure = half_lives.measure
    cross join as_of
    group by choices_by_day.customer_id, choices_by_day.measure, choices_by_day.choice

),

ranked as (

    select
        *,
        sum(score) over (partition by customer_id, measure) as total_score,
        row_number() over (
            partition by customer_id, measure
            order by score desc, choice asc
        ) as choice_rank
    from scored
    where score > 0

),

shared as (

    select
        customer_id,
        measure,
        choice,
        {{ ratio('score', 'total_score', 4) }} as choice_share
    from ranked
    where choice_rank = 1

),

selected as (

    select
        customer_id,
        max(choice) filter (where measure = 'channel_preference') as preferred_channel,
        max(choice) filter (where measure = 'device_preference') as preferred_device_type,
        max(choice_share) filter (where measure = 'channel_preference')
            as preferred_channel_share,
        max(choice_share) filter (where measure = 'device_preference')
            as preferred_device_type_share
    from shared
    group by customer_id

)

select * from selected
