with

credited as (

    select * from {{ ref('int_campaign_days_credited') }}

),

spent as (

    select * from {{ ref('int_campaign_days_spent') }}

),

campaigns as (

    select * from {{ ref('int_campaigns_listed') }}

),

conversion_kinds as (

    select * from {{ ref('conversion_kinds') }}

),

attribution_models as (

    select * from {{ ref('attribution_models') }}
    where attribution_model in (
        {% for model in attribution_model_names() -%}
            '{{ model }}'{% if not loop.last %},{% endif %}
        {% endfor %}
    )

),

-- what was spent stands beside each model's answer, also where nothing came of it
unioned as (

    select
        attribution_model,
        conversion_kind,
        channel,
        campaign_key,
        conversion_date as attribution_date,
        conversion_count,
        new_customer_count,
        revenue,
        0 as spend,
        0 as clicks,
        false as lacks_clicks
    from credited

    union all

    select
        attribution_models.attribution_model,
        conversion_kinds.conversion_kind,
        spent.channel,
        spent.campaign_key,
        spent.ad_date as attribution_date,
        0 as conversion_count,
        0 as new_customer_count,
        0 as revenue,
        spent.spend,
        spent.clicks,
        spent.clicks is null as lacks_clicks
    from spent
    cross join attribution_models
    cross join conversion_kinds

),

summed as (

    select
        attribution_model,
        conversion_kind,
        channel,
        campaign_key,
        attribution_date,
        sum(conversion_count) as conversion_count,
        sum(new_customer_count) as new_customer_count,
        sum(revenue) as revenue,
        sum(spend) as spend,
        case when not max(lacks_clicks) then sum(clicks) end as clicks
    from unioned
    group by attribution_model, conversion_kind, channel, campaign_key, attribution_date

),

final as (

    select
        -- ids
        coalesce(summed.campaign_key, '(none)') as campaign_key,
        campaigns.account_id,
        campaigns.campaign_id,

        -- text
        summed.attribution_model,
        summed.conversion_kind,
        summed.channel,
        campaigns.platform,
        coalesce(campaigns.campaign_name, summed.campaign_key) as campaign_name,

        -- numbers
        cast(summed.conversion_count as decimal(18, 9)) as conversion_count,
        cast(summed.new_customer_count as decimal(18, 9)) as new_customer_count,
        cast(summed.revenue as decimal(18, 2)) as revenue,
        cast(summed.spend as decimal(18, 6)) as spend,
        cast(summed.clicks as bigint) as clicks,
        {{ ratio('summed.revenue', 'summed.spend', 4) }} as return_on_ad_spend,
        {{ ratio('summed.spend', 'summed.conversion_count', 2) }} as cost_per_conversion,
        {{ ratio('summed.spend', 'summed.new_customer_count', 2) }} as customer_acquisition_cost,
        {{ ratio('summed.new_customer_count', 'summed.conversion_count', 4) }}
            as new_customer_share,

        -- dates
        summed.attribution_date

    from summed
    left join campaigns on summed.campaign_key = campaigns.campaign_key

)

select * from final
