with

source as (

    {{ landed_rows(source('meta_ads', 'insight_breakdown_days')) }}

),

renamed as (

    select
        -- ids
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
        age,
        gender,
        country,
        region,
        dma,
        publisher_platform,
        platform_position,
        device_platform,
        impression_device,
        product_id,
        hourly_stats_aggregated_by_advertiser_time_zone,
        hourly_stats_aggregated_by_audience_time_zone,
        frequency_value,
        place_page_id,
        user_segment_key,
        body_asset,
        title_asset,
        description_asset,
        image_asset,
        video_asset,
        link_url_asset,
        call_to_action_asset,
        ad_format_asset,
        media_asset,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        clicks,
        link_clicks,
        reach,
        spend,
        coalesce(omni_purchases, purchases, pixel_purchases) as platform_conversions,
        case
            when omni_purchases is not null then omni_purchase_value
            when purchases is not null then purchase_value
            else pixel_purchase_value
        end as platform_conversion_value,

        -- dates
        day as ad_date,

        -- timestamps
        _exported_at as exported_at,
        {{ delivery_columns() }}

    from source

)

select * from renamed
