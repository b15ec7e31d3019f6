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

attribution_models as (

    select * from {{ ref('attribution_models') }}

),

-- each contact is looked up once, whatever the number of models
described as (

    select
        credits.*,
        conversions.conversion_id,
        conversions.customer_id,
        conversions.order_id,
        touches.touchpoint_id,
        touches.campaign_id,
        conversions.conversion_kind,
        coalesce(channels.channel, '{{ unattributed_channel() }}') as channel,
        touches.campaign_name,
        conversions.is_new_customer,
        conversions.conversion_date,
        conversions.converted_at
    from credits
    inner join conversions on credits.conversion_number = conversions.conversion_number
    left join channels on credits.channel_number = channels.channel_number
    left join touches on credits.touch_number = touches.touch_number

),

credits_by_model as (

    select
        described.*,
        attribution_models.attribution_model,
        case attribution_models.attribution_model
            {% for model in models -%}
                when '{{ model }}' then described.{{ model }}_credit
            {% endfor -%}
        end as credit,
        case attribution_models.attribution_model
            {% for model in models -%}
                when '{{ model }}' then described.{{ model }}_revenue
            {% endfor -%}
        end as credited_revenue
    from described
    cross join attribution_models

),

final as (

    select
        -- ids
        conversion_id,
        customer_id,
        order_id,
        touchpoint_id,
        campaign_id,

        -- text
        attribution_model,
        conversion_kind,
        channel,
        campaign_name,

        -- numbers
        cast(touch_position as bigint) as touch_position,
        cast(credit as decimal(10, 9)) as credit,
        cast(credited_revenue as decimal(18, 2)) as credited_revenue,

        -- booleans
        is_new_customer,

        -- dates
        conversion_date,

        -- timestamps
        converted_at

    from credits_by_model
    where credit <> 0 or credited_revenue <> 0

)

select * from final
