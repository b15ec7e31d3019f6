-- How many more orders do ad platforms claim than they brought?
-- A ratio of 2 means two claims for each order that attribution credits to the platform's
-- campaigns. Claims overlap: two platforms may count one order each. A ratio that jumps from one
-- month to the next tells of the pixel or the platform's window rather than of the market. Where
-- conversion_row_count is below ad_row_count, the claims are those of a part of the ads.
with

reconciled as (

    select * from {{ ref('attribution_reconciliation') }}
    where platform is not null

),

by_month as (

    select
        platform,
        campaign_month,
        sum(spend) as spend,
        sum(platform_conversions) as platform_conversions,
        sum(attributed_conversions) as attributed_conversions,
        sum(platform_conversion_value) as platform_conversion_value,
        sum(attributed_revenue) as attributed_revenue,
        sum(ad_row_count) as ad_row_count,
        sum(conversion_row_count) as conversion_row_count
    from reconciled
    group by platform, campaign_month

),

final as (

    select
        platform,
        campaign_month,
        cast(spend as decimal(18, 2)) as spend,
        cast(platform_conversions as decimal(18, 2)) as platform_conversions,
        cast(attributed_conversions as decimal(18, 2)) as attributed_conversions,
        {{ ratio('platform_conversions', 'attributed_conversions', 2) }}
            as conversion_over_claim_ratio,
        cast(platform_conversion_value as decimal(18, 2)) as platform_conversion_value,
        cast(attributed_revenue as decimal(18, 2)) as attributed_revenue,
        {{ ratio('platform_conversion_value', 'attributed_revenue', 2) }} as value_over_claim_ratio,
        cast(ad_row_count as bigint) as ad_row_count,
        cast(conversion_row_count as bigint) as conversion_row_count
    from by_month

)

select * from final
order by platform, campaign_month
