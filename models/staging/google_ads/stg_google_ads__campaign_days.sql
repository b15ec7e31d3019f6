with

source as (

    {{ landed_rows(source('google_ads', 'campaign_days')) }}

),

renamed as (

    select
        -- ids
        _file_id || ':' || cast(_line as string) as export_row_id,
        {{ ad_account_id("replace(customer_id, '-', '')") }} as account_id,
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
        campaign_status,
        network,
        device,
        hour,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        clicks,
        cast(coalesce(spend, 0) as decimal(18, 6)) as spend,
        conversions as platform_conversions,
        conversion_value as platform_conversion_value,

        -- booleans
        coalesce(network, device, hour) is not null as is_segmented,
        false as has_parts,

        -- dates
        day as ad_date,

        -- timestamps
        _exported_at as exported_at,
        {{ delivery_columns() }}

    from source

)

select * from renamed
