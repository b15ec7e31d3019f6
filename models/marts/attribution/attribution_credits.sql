{%- set models = attribution_model_names() -%}
with

credits as (

    select * from {{ ref('int_touch_credits') }}

),

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

credits_by_model as (

    {% for model in models %}
        {% if not loop.first %}union all{% endif %}
        select
            conversion_id,
            touchpoint_id,
            '{{ model }}' as attribution_model,
            channel,
            campaign_id,
            campaign_name,
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
        credits_by_model.conversion_id,
        conversions.customer_id,
        conversions.order_id,
        credits_by_model.touchpoint_id,
        credits_by_model.campaign_id,

        -- text
        credits_by_model.attribution_model,
        conversions.conversion_kind,
        credits_by_model.channel,
        credits_by_model.campaign_name,

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
    inner join conversions on credits_by_model.conversion_id = conversions.conversion_id

)

select * from final
