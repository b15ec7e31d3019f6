with

source as (

    select * from {{ source('google_ads', 'search_term_days') }}
    where {{ is_known() }}

),

in_accounts as (

    select
        *,
        {{ ad_account_id("replace(customer_id, '-', '')") }} as ad_account_id
    from source

),

ranked as (

    select
        *,
        {{ newest_file_rank(of=['ad_account_id', 'day']) }} as version_rank
    from in_accounts

),

current_versions as (

    select * from ranked
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
        cast(null as string) as ad_id,
        _file_id as file_id,

        -- text
        'google_ads' as platform,
        campaign_name,
        ad_group_name,
        cast(null as string) as ad_name,
        search_term,
        lower({{ replace_matches('match_type', ' match') }}) as match_type,
        translate(keyword, '[]"', '') as keyword,
        network,
        device,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        clicks,
        cast(coalesce(spend, 0) as decimal(18, 6)) as spend,
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
