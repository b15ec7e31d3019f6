with

source as (

    {{ landed_rows(source('meta_ads', 'ad_days')) }}

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
        'ad' as report_level,
        campaign_name,
        ad_set_name as ad_group_name,
        ad_name,
        attribution_setting,
        result_type,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        coalesce(clicks, link_clicks) as clicks,
        link_clicks,
        reach,
        results,
        cast(coalesce(spend, 0) as decimal(18, 6)) as spend,
        -- an empty cell of the column Purchases is none; without it the results may be purchases
        case
            when purchases_header is not null then coalesce(purchases, 0)
            when lower(result_type) like '%purchase%' then results
        end as platform_conversions,
        case
            when purchases_header is not null and purchases is null then coalesce(purchase_value, 0)
            else purchase_value
        end as platform_conversion_value,

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
