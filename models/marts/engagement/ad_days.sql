with

ad_days as (

    select * from {{ ref('int_ad_days_converted') }}

),

final as (

    select
        -- ids
        md5(concat_ws(
            '|',
            platform,
            account_id,
            currency_code,
            coalesce(campaign_id, ''),
            coalesce(campaign_name, ''),
            coalesce(ad_group_id, ''),
            coalesce(ad_group_name, ''),
            coalesce(ad_id, ''),
            coalesce(ad_name, ''),
            cast(ad_date as string)
        )) as ad_day_id,
        account_id,
        campaign_id,
        ad_group_id,
        ad_id,
        file_id,

        -- text
        platform,
        report_level,
        campaign_name,
        ad_group_name,
        ad_name,
        currency_code,

        -- numbers
        impressions,
        clicks,
        original_spend,
        spend,
        first_exported_spend,
        restated_spend,
        platform_conversions,
        first_exported_platform_conversions,
        cast(restated_platform_conversions as decimal(18, 6)) as restated_platform_conversions,
        original_platform_conversion_value,
        platform_conversion_value,
        first_exported_platform_conversion_value,
        restated_platform_conversion_value,
        export_row_count,
        conversion_row_count,

        -- booleans
        is_provisional,

        -- dates
        ad_date,

        -- timestamps
        exported_at

    from ad_days

)

select * from final
