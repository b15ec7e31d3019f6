with

campaigns as (

    select * from {{ ref('int_campaigns_listed') }}

),

campaign_days as (

    select * from {{ ref('int_campaign_days_spent') }}

),

days_by_campaign as (

    select
        campaign_key,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(spend) as spend,
        count(*) as day_count,
        min(ad_date) as first_ad_date,
        max(ad_date) as last_ad_date
    from campaign_days
    group by campaign_key

),

final as (

    select
        -- ids
        campaigns.campaign_key,
        campaigns.account_id,
        campaigns.campaign_id,

        -- text
        campaigns.platform,
        campaigns.campaign_name,
        campaigns.channel,

        -- numbers
        days_by_campaign.day_count,
        cast(days_by_campaign.impressions as bigint) as impressions,
        cast(days_by_campaign.clicks as bigint) as clicks,
        cast(days_by_campaign.spend as decimal(18, 6)) as spend,

        -- dates
        days_by_campaign.first_ad_date,
        days_by_campaign.last_ad_date

    from campaigns
    inner join days_by_campaign on campaigns.campaign_key = days_by_campaign.campaign_key

)

select * from final
