with

source as (

    {{ landed_rows(source('google_ads', 'api_breakdown_days')) }}

),

renamed as (

    select
        -- ids
        {{ ad_account_id('customer_id') }} as account_id,
        _account as account_folder,
        campaign_id,
        _file_id as file_id,

        -- text
        'google_ads' as platform,
        campaign_name,
        conversion_action,
        conversion_action_name,
        conversion_action_category,
        click_type,
        geo_target_country,
        geo_target_region,
        geo_target_city,
        product_item_id,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        clicks,
        cast(cost_micros * cast(0.000001 as decimal(6, 6)) as decimal(18, 6)) as spend,
        conversions as platform_conversions,
        conversion_value as platform_conversion_value,

        -- dates
        day as ad_date,

        -- timestamps
        _exported_at as exported_at,
        {{ delivery_columns() }}

    from source

)

select * from renamed
