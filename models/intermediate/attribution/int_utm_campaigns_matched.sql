with

touches as (

    select * from {{ ref('int_attribution_touches') }}

),

channels as (

    select * from {{ ref('int_attribution_channels') }}
    where is_paid

),

campaigns as (

    select * from {{ ref('int_campaigns_listed') }}

),

-- only what somebody paid for can be an ad platform's campaign
utm_campaigns as (

    select distinct touches.campaign_name as utm_campaign
    from touches
    inner join channels on touches.channel_number = channels.channel_number
    where touches.campaign_name is not null

),

campaign_keys as (

    select
        campaign_key,
        1 as match_rank,
        'id' as match_kind,
        campaign_id as match_value
    from campaigns

    union all

    select
        campaign_key,
        2 as match_rank,
        'name' as match_kind,
        lower(campaign_name) as match_value
    from campaigns

    union all

    select
        campaign_key,
        3 as match_rank,
        'slug' as match_kind,
        {{ campaign_slug('campaign_name') }} as match_value
    from campaigns

),

utm_keys as (

    select
        utm_campaign,
        'id' as match_kind,
        utm_campaign as match_value
    from utm_campaigns

    union all

    select
        utm_campaign,
        'name' as match_kind,
        lower(utm_campaign) as match_value
    from utm_campaigns

    union all

    select
        utm_campaign,
        'slug' as match_kind,
        {{ campaign_slug('utm_campaign') }} as match_value
    from utm_campaigns

),

candidates as (

    select
        utm_keys.utm_campaign,
        campaign_keys.match_rank,
        campaign_keys.match_kind,
        min(campaign_keys.campaign_key) as campaign_key,
        count(distinct campaign_keys.campaign_key) as candidate_count
    from utm_keys
    inner join campaign_keys
        on utm_keys.match_kind = campaign_keys.match_kind
        and utm_keys.match_value = campaign_keys.match_value
    where utm_keys.match_value <> ''
    group by utm_keys.utm_campaign, campaign_keys.match_rank, campaign_keys.match_kind

),

best as (

    select
        utm_campaign,
        min_by(campaign_key, match_rank) as campaign_key,
        min_by(match_kind, match_rank) as match_kind,
        min_by(candidate_count, match_rank) as candidate_count
    from candidates
    group by utm_campaign

),

-- a name that two campaigns have is no match: money must not go to the wrong one
matched as (

    select
        utm_campaigns.utm_campaign,
        case when best.candidate_count = 1 then best.campaign_key end as campaign_key,
        case
            when best.candidate_count is null then 'none'
            when best.candidate_count > 1 then 'ambiguous'
            else best.match_kind
        end as match_kind
    from utm_campaigns
    left join best on utm_campaigns.utm_campaign = best.utm_campaign

)

select * from matched
