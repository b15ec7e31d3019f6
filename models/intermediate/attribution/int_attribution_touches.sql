with

touchpoints as (

    select * from {{ ref('int_touchpoints_identified') }}
    where not coalesce(is_machine, false) and customer_id is not null

),

touch_kinds as (

    select distinct
        touch_set,
        touch_kind
    from {{ ref('int_conversion_touch_sets') }}

),

customers as (

    select * from {{ ref('int_attribution_customers') }}

),

channels as (

    select * from {{ ref('int_attribution_channels') }}

),

touches as (

    select
        touchpoints.touchpoint_id,
        customers.customer_number,
        touch_kinds.touch_set,
        touchpoints.campaign_id,
        touchpoints.campaign_name,
        channels.channel_number,
        channels.is_direct,
        touchpoints.touch_kind = 'visit' as is_visit,
        touchpoints.occurred_at
    from touchpoints
    inner join touch_kinds on touchpoints.touch_kind = touch_kinds.touch_kind
    inner join customers on touchpoints.customer_id = customers.customer_id
    inner join channels on touchpoints.channel = channels.channel

),

numbered as (

    select
        *,
        cast(row_number() over (
            partition by touch_set, customer_number order by occurred_at, touchpoint_id
        ) as integer) as touch_position,
        lag(channel_number) over (
            partition by touch_set, customer_number order by occurred_at, touchpoint_id
        ) as previous_channel_number,
        lead(channel_number) over (
            partition by touch_set, customer_number order by occurred_at, touchpoint_id
        ) as next_channel_number
    from touches

),

-- without a gap within a customer: what lies between two contacts is between their numbers
final as (

    select
        *,
        touch_set * cast(1e15 as bigint)
        + customer_number * cast(1e6 as bigint)
        + touch_position as touch_number
    from numbered

)

select * from final
