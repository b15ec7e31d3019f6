with

touchpoints as (

    select * from {{ ref('int_touchpoints_identified') }}
    where not coalesce(is_machine, false) and customer_id is not null

),

touch_kinds as (

    select distinct touch_kind from {{ ref('conversion_touch_kinds') }}

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
        touchpoints.touch_kind,
        touchpoints.channel,
        touchpoints.campaign_id,
        touchpoints.campaign_name,
        channels.channel_number,
        channels.is_direct,
        touchpoints.occurred_at
    from touchpoints
    inner join touch_kinds on touchpoints.touch_kind = touch_kinds.touch_kind
    inner join customers on touchpoints.customer_id = customers.customer_id
    inner join channels on touchpoints.channel = channels.channel

),

-- in order of time within a customer: what follows sorts by one number
numbered as (

    select
        *,
        row_number() over (
            order by customer_number, occurred_at, touchpoint_id
        ) as touch_number
    from touches

)

select * from numbered
