{%- set models = attribution_model_names() -%}
with

credits as (

    select * from {{ ref('int_touch_credits') }}

),

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

touches as (

    select * from {{ ref('int_attribution_touches') }}

),

channels as (

    select * from {{ ref('int_attribution_channels') }}

),

credits_by_model as (

    {% for model in models %}
        {% if not loop.first %}union all{% endif %}
        select
            conversion_number,
            touch_number,
            channel_number,
            '{{ model }}' as attribution_model,
            touch_position,
            {{ model }}_credit as credit,
            {{ model }}_revenue as credited_revenue
        from credits
        where {{ model }}_credit <> 0 or {{ model }}_revenue <> 0
    {% endfor %}

),

final as (

    select
        -- ids
        conversions.conversion_id,
        conversions.customer_id,
        conversions.order_id,
        touches.touchpoint_id,
        touches.campaign_id,

        -- text
        credits_by_model.attribution_model,
        conversions.conversion_kind,
        coalesce(channels.channel, '{{ unattributed_channel() }}') as channel,
        touches.campaign_name,

        -- numbers
        cast(credits_by_model.touch_position as bigint) as touch_position,
        cast(credits_by_model.credit as decimal(10, 9)) as credit,
        cast(credits_by_model.credited_revenue as decimal(18, 2)) as credited_revenue,

        -- booleans
        conversions.is_new_customer,

        -- dates
        conversions.conversion_date,

        -- timestamps
        conversions.converted_at

    from credits_by_model
    inner join conversions on credits_by_model.conversion_number = conversions.conversion_number
    left join channels on credits_by_model.channel_number = channels.channel_number
    left join touches on credits_by_model.touch_number = touches.touch_number

)

select * from final
