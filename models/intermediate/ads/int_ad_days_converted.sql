with

ad_days as (

    select * from {{ ref('int_ad_days_unioned') }}

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates_filled') }}

),

rated as (

    {{ with_unit_value('ad_days', 'ad_date') }}

),

converted as (

    select
        account_id,
        campaign_id,
        ad_group_id,
        ad_id,
        file_id,
        platform,
        report_level,
        campaign_name,
        ad_group_name,
        ad_name,
        currency_code,
        impressions,
        clicks,
        spend as original_spend,
        cast(spend * unit_value as decimal(18, 6)) as spend,
        cast(first_exported_spend * unit_value as decimal(18, 6)) as first_exported_spend,
        cast((spend - first_exported_spend) * unit_value as decimal(18, 6)) as restated_spend,
        platform_conversions,
        first_exported_platform_conversions,
        platform_conversions - first_exported_platform_conversions
            as restated_platform_conversions,
        platform_conversion_value as original_platform_conversion_value,
        cast(
            platform_conversion_value * unit_value as decimal(18, 6)
        ) as platform_conversion_value,
        cast(
            first_exported_platform_conversion_value * unit_value as decimal(18, 6)
        ) as first_exported_platform_conversion_value,
        cast(
            (platform_conversion_value - first_exported_platform_conversion_value) * unit_value
            as decimal(18, 6)
        ) as restated_platform_conversion_value,
        export_row_count,
        conversion_row_count,
        is_provisional,
        ad_date,
        exported_at
    from rated

)

select * from converted
