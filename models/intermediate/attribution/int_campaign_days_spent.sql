with

ad_days as (

    select * from {{ ref('int_ad_days_converted') }}

),

campaigns as (

    select * from {{ ref('int_campaigns_listed') }}

),

spent as (

    select
        campaigns.campaign_key,
        campaigns.channel,
        sum(ad_days.spend) as spend,
        sum(ad_days.impressions) as impressions,
        sum(ad_days.clicks) as clicks,
        sum(ad_days.platform_conversions) as platform_conversions,
        sum(ad_days.platform_conversion_value) as platform_conversion_value,
        sum(ad_days.export_row_count) as ad_row_count,
        sum(ad_days.conversion_row_count) as conversion_row_count,
        ad_days.ad_date
    from ad_days
    inner join campaigns
        on ad_days.platform = campaigns.platform
        and ad_days.account_id = campaigns.account_id
        and coalesce(ad_days.campaign_id, ad_days.campaign_name)
        is not distinct from campaigns.campaign_id
    -- what only the first export of the day had is no campaign of it
    where ad_days.export_row_count > 0
    group by campaigns.campaign_key, campaigns.channel, ad_days.ad_date

)

select * from spent
