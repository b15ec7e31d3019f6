with

source as (

    {{ landed_rows(source('meta_ads', 'breakdown_days')) }}

),

renamed as (

    select
        -- ids
        _file_id || ':' || cast(_line as string) as export_row_id,
        {{ ad_account_id('account_id') }} as account_id,
        _account as account_folder,
        campaign_id,
        ad_set_id as ad_group_id,
        ad_id,
        _file_id as file_id,

        -- text
        'meta_ads' as platform,
        campaign_name,
        ad_set_name as ad_group_name,
        ad_name,
        result_type,
        age,
        gender,
        country,
        region,
        dma_region,
        business_location,
        publisher_platform,
        placement,
        device_platform,
        impression_device,
        conversion_device,
        hour_of_account,
        hour_of_viewer,
        product_id,
        media_type,
        media,
        audience_segment,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        coalesce(clicks, link_clicks) as clicks,
        link_clicks,
        reach,
        results,
        spend,
        purchases as platform_conversions,
        purchase_value as platform_conversion_value,

        -- dates
        day as ad_date,

        -- timestamps
        _exported_at as exported_at,
        {{ delivery_columns() }}

    from source

)

select * from renamed
