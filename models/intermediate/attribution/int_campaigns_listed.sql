with

ad_days as (

    select * from {{ ref('int_ad_days_unioned') }}

),

ad_channels as (

    select * from {{ ref('ad_channels') }}

),

-- a campaign keeps its id and changes its name: the newest name stands for it
campaigns as (

    select
        platform,
        account_id,
        coalesce(campaign_id, campaign_name) as campaign_id,
        max_by(
            campaign_name, cast(ad_date as string) || '|' || coalesce(campaign_name, '')
        ) as campaign_name
    from ad_days
    group by platform, account_id, coalesce(campaign_id, campaign_name)

),

fitting as (

    select
        campaigns.platform,
        campaigns.account_id,
        campaigns.campaign_id,
        campaigns.campaign_name,
        min_by(ad_channels.channel, ad_channels.priority) as channel
    from campaigns
    inner join ad_channels
        on (
            ad_channels.platform_pattern is null
            or {{ matches_column('lower(campaigns.platform)', 'ad_channels.platform_pattern') }}
        )
        and (
            ad_channels.campaign_pattern is null
            or {{ matches_column(
                "lower(coalesce(campaigns.campaign_name, ''))", 'ad_channels.campaign_pattern'
            ) }}
        )
    group by
        campaigns.platform, campaigns.account_id, campaigns.campaign_id, campaigns.campaign_name

),

listed as (

    select
        platform || ':' || account_id || ':' || coalesce(campaign_id, '') as campaign_key,
        platform,
        account_id,
        campaign_id,
        campaign_name,
        channel
    from fitting

)

select * from listed
