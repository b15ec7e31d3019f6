with

source as (

    select * from {{ source('google_ads', 'api_campaign_days') }}
    where {{ is_known() }}

),

in_accounts as (

    select
        *,
        {{ ad_account_id('customer_id') }} as ad_account_id,
        cast(cost_micros * cast(0.000001 as decimal(6, 6)) as decimal(18, 6)) as spend
    from source

),

ranked as (

    select
        *,
        {{ newest_file_rank(of=['ad_account_id', 'day']) }} as version_rank,
        {{ oldest_file_rank(of=['ad_account_id', 'day']) }} as first_rank
    from in_accounts

),

-- what the first export of the day said of the same campaign
compared as (

    select
        *,
        sum(case when first_rank = 1 then coalesce(spend, 0) else 0 end) over (
            partition by
                ad_account_id,
                day,
                coalesce(campaign_id, campaign_name)
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
        cast(null as string) as ad_group_id,
        cast(null as string) as ad_id,
        _file_id as file_id,

        -- text
        'google_ads' as platform,
        'campaign' as report_level,
        campaign_name,
        cast(null as string) as ad_group_name,
        cast(null as string) as ad_name,
        campaign_type,
        network,
        time_zone,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        clicks,
        cast(coalesce(spend, 0) as decimal(18, 6)) as spend,
        first_exported_spend,
        conversions as platform_conversions,
        conversion_value as platform_conversion_value,

        -- booleans
        day >= {{ exported_day('_exported_at') }} as is_provisional,

        -- dates
        day as ad_date,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
