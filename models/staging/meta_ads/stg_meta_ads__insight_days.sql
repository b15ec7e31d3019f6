with

source as (

    select * from {{ source('meta_ads', 'insight_days') }}
    where {{ is_known() }}

),

in_accounts as (

    select
        *,
        {{ ad_account_id('account_id') }} as ad_account_id,
        case
            when ad_id is not null then 'ad'
            when ad_set_id is not null then 'ad_group'
            when campaign_id is not null then 'campaign'
            else 'account'
        end as report_level
    from source

),

ranked as (

    select
        *,
        {{ newest_file_rank(of=['ad_account_id', 'report_level', 'day']) }} as version_rank,
        {{ oldest_file_rank(of=['ad_account_id', 'report_level', 'day']) }} as first_rank
    from in_accounts

),

-- what the first export of the day said of the same ad, ad set or campaign
compared as (

    select
        *,
        sum(case when first_rank = 1 then coalesce(spend, 0) else 0 end) over (
            partition by
                ad_account_id,
                report_level,
                day,
                coalesce(campaign_id, campaign_name),
                coalesce(ad_set_id, ad_set_name),
                coalesce(ad_id, ad_name)
        ) as first_exported_spend
    from ranked

),

current_versions as (

    select * from compared
    where version_rank = 1

),

renamed as (

    select
        -- ids
        ad_account_id as account_id,
        _account as account_folder,
        campaign_id,
        ad_set_id as ad_group_id,
        ad_id,
        _file_id as file_id,

        -- text
        'meta_ads' as platform,
        report_level,
        campaign_name,
        ad_set_name as ad_group_name,
        ad_name,
        attribution_setting,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        clicks,
        link_clicks,
        reach,
        cast(coalesce(spend, 0) as decimal(18, 6)) as spend,
        first_exported_spend,
        coalesce(omni_purchases, purchases, pixel_purchases) as platform_conversions,
        case
            when omni_purchases is not null then omni_purchase_value
            when purchases is not null then purchase_value
            else pixel_purchase_value
        end as platform_conversion_value,

        -- booleans
        day >= {{ exported_day('_exported_at') }} as is_provisional,

        -- dates
        day as ad_date,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
