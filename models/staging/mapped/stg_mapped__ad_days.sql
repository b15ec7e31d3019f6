with

source as (

    select * from {{ source('mapped', 'ad_days') }}
    where {{ is_known() }}

),

in_accounts as (

    select
        *,
        coalesce(account_id, _account) as ad_account_id
    from source

),

-- a day of an account is replaced whole; reports by hour keep their rows, which add up
ranked as (

    select
        *,
        {{ newest_file_rank(of=['platform', 'ad_account_id', 'ad_date']) }} as version_rank,
        {{ oldest_file_rank(of=['platform', 'ad_account_id', 'ad_date']) }} as first_rank
    from in_accounts

),

-- what the first export of the day said of the same entity
compared as (

    select
        *,
        sum(case when first_rank = 1 then spend else 0 end) over (
            partition by
                platform,
                ad_account_id,
                ad_date,
                coalesce(campaign_id, campaign_name),
                coalesce(ad_group_id, ad_group_name),
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
        _file_id || ':' || cast(_line as string) as export_row_id,
        ad_account_id as account_id,
        _account as account_folder,
        campaign_id,
        ad_group_id,
        ad_id,
        _file_id as file_id,

        -- text
        platform,
        case
            when coalesce(ad_id, ad_name) is not null then 'ad'
            when coalesce(ad_group_id, ad_group_name) is not null then 'ad_group'
            when coalesce(campaign_id, campaign_name) is not null then 'campaign'
            else 'account'
        end as report_level,
        campaign_name,
        ad_group_name,
        ad_name,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        clicks,
        cast(spend as decimal(18, 6)) as spend,
        first_exported_spend,
        conversions as platform_conversions,
        conversion_value as platform_conversion_value,

        -- booleans
        ad_date >= {{ exported_day('_exported_at') }} as is_provisional,

        -- dates
        ad_date,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
