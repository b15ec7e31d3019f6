with

campaigns as (

    select * from {{ ref('attribution_campaigns') }}

),

summed as (

    select
        attribution_model,
        conversion_kind,
        channel,
        attribution_date,
        sum(conversion_count) as conversion_count,
        sum(new_customer_count) as new_customer_count,
        sum(revenue) as revenue,
        sum(spend) as spend,
        sum(clicks) as clicks
    from campaigns
    group by attribution_model, conversion_kind, channel, attribution_date

),

final as (

    select
        -- text
        attribution_model,
        conversion_kind,
        channel,

        -- numbers
        cast(conversion_count as decimal(18, 9)) as conversion_count,
        cast(new_customer_count as decimal(18, 9)) as new_customer_count,
        cast(revenue as decimal(18, 2)) as revenue,
        cast(spend as decimal(18, 6)) as spend,
        cast(clicks as bigint) as clicks,
        {{ ratio('revenue', 'spend', 4) }} as return_on_ad_spend,
        {{ ratio('spend', 'conversion_count', 2) }} as cost_per_conversion,
        {{ ratio('spend', 'new_customer_count', 2) }} as customer_acquisition_cost,
        {{ ratio('new_customer_count', 'conversion_count', 4) }} as new_customer_share,

        -- dates
        attribution_date

    from summed

)

select * from final
