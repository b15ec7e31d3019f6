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

utm_campaigns as (

    select * from {{ ref('int_utm_campaigns_matched') }}

),

-- a newsletter may bear the name of an ad campaign, whose spend it did not cause
described as (

    select
        credits.*,
        conversions.conversion_kind,
        conversions.conversion_date,
        conversions.is_new_customer,
        coalesce(channels.channel, '{{ unattributed_channel() }}') as channel,
        coalesce(
            case when channels.is_paid then utm_campaigns.campaign_key end, touches.campaign_name
        ) as campaign_key
    from credits
    inner join conversions on credits.conversion_number = conversions.conversion_number
    left join channels on credits.channel_number = channels.channel_number
    left join touches on credits.touch_number = touches.touch_number
    left join utm_campaigns on touches.campaign_name = utm_campaigns.utm_campaign

),

-- summed side by side first, so that each contact is read once, whatever the number of models
by_campaign_day as (

    select
        {% for model in models -%}
            sum({{ model }}_credit) as {{ model }}_credit,
            sum({{ model }}_revenue) as {{ model }}_revenue,
            sum(case when is_new_customer then {{ model }}_credit else 0 end)
                as {{ model }}_new_credit,
        {% endfor -%}
        conversion_kind,
        conversion_date,
        channel,
        campaign_key
    from described
    group by conversion_kind, conversion_date, channel, campaign_key

),

credited as (

    {% for model in models %}
        {% if not loop.first %}union all{% endif %}
        select
            '{{ model }}' as attribution_model,
            conversion_kind,
            conversion_date,
            channel,
            campaign_key,
            {{ model }}_credit as conversion_count,
            {{ model }}_new_credit as new_customer_count,
            {{ model }}_revenue as revenue
        from by_campaign_day
        where {{ model }}_credit <> 0 or {{ model }}_revenue <> 0
    {% endfor %}

)

select * from credited
