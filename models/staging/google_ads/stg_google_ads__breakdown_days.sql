with

source as (

    {{ landed_rows(source('google_ads', 'breakdown_days')) }}

),

renamed as (

    select
        -- ids
        _file_id || ':' || cast(_line as string) as export_row_id,
        {{ ad_account_id("replace(customer_id, '-', '')") }} as account_id,
        _account as account_folder,
        campaign_id,
        ad_group_id,
        _file_id as file_id,

        -- text
        'google_ads' as platform,
        campaign_name,
        ad_group_name,
        conversion_action,
        conversion_category,
        conversion_source,
        click_type,
        position,
        age,
        gender,
        household_income,
        parental_status,
        audience_segment,
        country,
        region,
        city,
        location,
        item_id,
        landing_page,
        network,
        device,
        hour,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        clicks,
        spend,
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
