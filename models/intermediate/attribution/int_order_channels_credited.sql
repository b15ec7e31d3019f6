{%- set model = var('attribution_model') -%}
with

credits as (

    select * from {{ ref('int_touch_credits') }}

),

conversions as (

    select * from {{ ref('int_conversions_windowed') }}
    where
        conversion_kind = '{{ var("attribution_conversion_kind") }}'
        and order_id is not null

),

channels as (

    select * from {{ ref('int_attribution_channels') }}

),

credits_by_channel as (

    select
        conversions.order_id,
        coalesce(channels.channel, '{{ unattributed_channel() }}') as channel,
        sum(credits.{{ model }}_credit) as credit,
        max(credits.touch_position) as last_position
    from credits
    inner join conversions on credits.conversion_number = conversions.conversion_number
    left join channels on credits.channel_number = channels.channel_number
    group by conversions.order_id, coalesce(channels.channel, '{{ unattributed_channel() }}')

),

-- of models that share an order out the channel with the most of it, of equal ones the last
ranked as (

    select
        *,
        row_number() over (
            partition by order_id
            order by credit desc, last_position desc, channel asc
        ) as channel_rank
    from credits_by_channel

),

credited as (

    select
        order_id,
        channel
    from ranked
    where channel_rank = 1

)

select * from credited
