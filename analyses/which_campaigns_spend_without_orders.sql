-- Which campaigns spend money and bring no orders?
-- Campaigns that were paid for and get less than one order from the model that the var
-- attribution_model names. With credit under another model a campaign helps others to sell; with
-- visits but no credit at all it draws the wrong people; without visits its links are broken or
-- carry no utm_campaign.
with

campaigns as (

    select * from {{ ref('attribution_campaigns') }}
    where conversion_kind = 'order'

),

reconciled as (

    select * from {{ ref('attribution_reconciliation') }}

),

by_model as (

    select
        campaign_key,
        attribution_model,
        max(platform) as platform,
        max(campaign_name) as campaign_name,
        sum(spend) as spend,
        sum(clicks) as clicks,
        sum(conversion_count) as conversion_count
    from campaigns
    group by campaign_key, attribution_model

),

best_models as (

    select
        campaign_key,
        max(conversion_count) as most_conversion_count
    from by_model
    group by campaign_key

),

reconciled_by_campaign as (

    select
        campaign_key,
        sum(visit_count) as visit_count,
        sum(platform_conversions) as platform_conversions
    from reconciled
    group by campaign_key

),

final as (

    select
        by_model.platform,
        by_model.campaign_name,
        cast(by_model.spend as decimal(18, 2)) as spend,
        cast(by_model.clicks as bigint) as clicks,
        cast(coalesce(reconciled_by_campaign.visit_count, 0) as bigint) as visit_count,
        cast(by_model.conversion_count as decimal(18, 2)) as conversion_count,
        cast(best_models.most_conversion_count as decimal(18, 2)) as most_conversion_count,
        cast(reconciled_by_campaign.platform_conversions as decimal(18, 2)) as platform_conversions
    from by_model
    inner join best_models on by_model.campaign_key = best_models.campaign_key
    left join reconciled_by_campaign on by_model.campaign_key = reconciled_by_campaign.campaign_key
    where
        by_model.attribution_model = '{{ var("attribution_model") }}'
        and by_model.spend > 0
        and by_model.conversion_count < 1

)

select * from final
order by spend desc, platform asc, campaign_name asc
