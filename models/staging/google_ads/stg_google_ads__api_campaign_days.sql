with

source as (

    {{ landed_rows(source('google_ads', 'api_campaign_days')) }}

),

renamed as (

    select
        -- ids
        {{ ad_account_id('customer_id') }} as account_id,
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
        cast(
            coalesce(cost_micros, 0) * cast(0.000001 as decimal(6, 6)) as decimal(18, 6)
        ) as spend,
        conversions as platform_conversions,
        conversion_value as platform_conversion_value,

        -- booleans
        false as is_segmented,
        false as has_parts,

        -- dates
        day as ad_date,

        -- timestamps
        _exported_at as exported_at,
        {{ delivery_columns() }}

    from source

)

select * from renamed
