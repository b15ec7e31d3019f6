with

campaign_days as (

    select * from {{ ref('int_campaign_days_spent') }}

),

campaigns as (

    select * from {{ ref('int_campaigns_listed') }}

),

utm_campaigns as (

    select * from {{ ref('int_utm_campaigns_matched') }}

),

touches as (

    select * from {{ ref('int_attribution_touches') }}
    where is_visit

),

channels as (

    select * from {{ ref('int_attribution_channels') }}
    where is_paid

),

credited as (

    select * from {{ ref('int_campaign_days_credited') }}
    where
        attribution_model = '{{ var("attribution_model") }}'
        and conversion_kind = '{{ var("attribution_conversion_kind") }}'

),

spent as (

    select
        campaign_key,
        {{ dbt.date_trunc('month', 'ad_date') }} as campaign_month,
        sum(spend) as spend,
        sum(clicks) as clicks,
        sum(platform_conversions) as platform_conversions,
        sum(platform_conversion_value) as platform_conversion_value,
        sum(ad_row_count) as ad_row_count,
        sum(conversion_row_count) as conversion_row_count
    from campaign_days
    group by campaign_key, {{ dbt.date_trunc('month', 'ad_date') }}

),

visited as (

    select
        coalesce(utm_campaigns.campaign_key, touches.campaign_name, '(untagged)') as campaign_key,
        {{ dbt.date_trunc('month', business_date('touches.occurred_at')) }} as campaign_month,
        count(distinct touches.touchpoint_id) as visit_count,
        max(utm_campaigns.match_kind) as match_kind
    from touches
    inner join channels on touches.channel_number = channels.channel_number
    left join utm_campaigns on touches.campaign_name = utm_campaigns.utm_campaign
    group by
        coalesce(utm_campaigns.campaign_key, touches.campaign_name, '(untagged)'),
        {{ dbt.date_trunc('month', business_date('touches.occurred_at')) }}

),

earned as (

    select
        coalesce(credited.campaign_key, '(untagged)') as campaign_key,
        {{ dbt.date_trunc('month', 'credited.conversion_date') }} as campaign_month,
        sum(credited.conversion_count) as conversion_count,
        sum(credited.revenue) as revenue
    from credited
    inner join channels on credited.channel = channels.channel
    group by
        coalesce(credited.campaign_key, '(untagged)'),
        {{ dbt.date_trunc('month', 'credited.conversion_date') }}

),

campaign_months as (

    select
        campaign_key,
        campaign_month
    from spent

    union

    select
        campaign_key,
        campaign_month
    from visited

    union

    select
        campaign_key,
        campaign_month
    from earned

),

joined as (

    select
        campaign_months.campaign_key,
        cast(campaign_months.campaign_month as date) as campaign_month,
        campaigns.platform,
        campaigns.account_id,
        campaigns.campaign_id,
        coalesce(campaigns.campaign_name, campaign_months.campaign_key) as campaign_name,
        visited.match_kind,
        campaigns.campaign_key is not null as is_listed,
        spent.campaign_key is not null as has_spend,
        visited.campaign_key is not null as has_visits,
        coalesce(visited.visit_count, 0) as visit_count,
        coalesce(spent.spend, 0) as spend,
        case when spent.campaign_key is null then 0 else spent.clicks end as clicks,
        case
            when spent.campaign_key is null then 0
            else spent.platform_conversions
        end as platform_conversions,
        case
            when spent.campaign_key is null then 0
            else spent.platform_conversion_value
        end as platform_conversion_value,
        coalesce(spent.ad_row_count, 0) as ad_row_count,
        coalesce(spent.conversion_row_count, 0) as conversion_row_count,
        coalesce(earned.conversion_count, 0) as conversion_count,
        coalesce(earned.revenue, 0) as revenue
    from campaign_months
    left join campaigns on campaign_months.campaign_key = campaigns.campaign_key
    left join spent
        on campaign_months.campaign_key = spent.campaign_key
        and campaign_months.campaign_month = spent.campaign_month
    left join visited
        on campaign_months.campaign_key = visited.campaign_key
        and campaign_months.campaign_month = visited.campaign_month
    left join earned
        on campaign_months.campaign_key = earned.campaign_key
        and campaign_months.campaign_month = earned.campaign_month

),

final as (

    select
        -- ids
        campaign_key,
        account_id,
        campaign_id,

        -- text
        platform,
        campaign_name,
        case
            when not is_listed and match_kind = 'ambiguous' then 'ambiguous UTM'
            when not is_listed then 'UTM without campaign'
            when has_spend and has_visits then 'matched'
            when has_spend then 'spend without UTM'
            else 'matched without spend'
        end as match_status,
        match_kind,

        -- numbers
        cast(spend as decimal(18, 6)) as spend,
        cast(clicks as bigint) as clicks,
        cast(visit_count as bigint) as visit_count,
        cast(platform_conversions as decimal(18, 6)) as platform_conversions,
        cast(platform_conversion_value as decimal(18, 6)) as platform_conversion_value,
        cast(ad_row_count as bigint) as ad_row_count,
        cast(conversion_row_count as bigint) as conversion_row_count,
        cast(conversion_count as decimal(18, 9)) as attributed_conversions,
        cast(revenue as decimal(18, 2)) as attributed_revenue,
        {{ ratio('platform_conversions', 'conversion_count', 4) }} as conversion_over_claim_ratio,
        {{ ratio('platform_conversion_value', 'revenue', 4) }} as value_over_claim_ratio,

        -- dates
        campaign_month

    from joined

)

select * from final
