with

reports as (

    select * from {{ ref('int_ad_reports_unioned') }}

),

-- a download and an API response about one level are two versions of it: the newer one counts
ranked as (

    select
        *,
        rank() over (
            partition by platform, account_id, report_level, ad_date
            order by exported_at desc, file_id desc
        ) as version_rank
    from reports

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

spend_by_level as (

    select
        platform,
        account_id,
        ad_date,
        report_level,
        case report_level
            when 'ad' then 1
            when 'ad_group' then 2
            when 'campaign' then 3
            else 4
        end as detail_rank,
        sum(spend) as spend
    from current_versions
    group by platform, account_id, ad_date, report_level

),

compared as (

    select
        *,
        max(spend) over (partition by platform, account_id, ad_date) as whole_spend
    from spend_by_level

),

-- levels tell the same spend more than once, and some tell only a part of it (campaigns without
-- ad groups): of those that tell all of it to the cent, the one with the most detail counts
chosen as (

    select
        *,
        row_number() over (
            partition by platform, account_id, ad_date
            order by detail_rank
        ) as choice_rank
    from compared
    where spend >= whole_spend - 0.01

),

counted as (

    select current_versions.*
    from current_versions
    inner join chosen
        on current_versions.platform = chosen.platform
        and current_versions.account_id = chosen.account_id
        and current_versions.ad_date = chosen.ad_date
        and current_versions.report_level = chosen.report_level
        and chosen.choice_rank = 1

),

-- names repeat within a day: separate ads under one name become one row
by_ad as (

    select
        account_id,
        campaign_id,
        ad_group_id,
        ad_id,
        file_id,
        platform,
        report_level,
        campaign_name,
        ad_group_name,
        ad_name,
        currency_code,
        cast(sum(coalesce(impressions, 0)) as bigint) as impressions,
        cast(sum(coalesce(clicks, 0)) as bigint) as clicks,
        cast(sum(spend) as decimal(18, 6)) as spend,
        cast(max(first_exported_spend) as decimal(18, 6)) as first_exported_spend,
        cast(sum(coalesce(platform_conversions, 0)) as decimal(18, 6)) as platform_conversions,
        cast(
            sum(coalesce(platform_conversion_value, 0)) as decimal(18, 6)
        ) as platform_conversion_value,
        is_provisional,
        ad_date,
        exported_at
    from counted
    group by
        account_id,
        campaign_id,
        ad_group_id,
        ad_id,
        file_id,
        platform,
        report_level,
        campaign_name,
        ad_group_name,
        ad_name,
        currency_code,
        is_provisional,
        ad_date,
        exported_at

)

select * from by_ad
