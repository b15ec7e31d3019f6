with

source as (

    {{ landed_rows(source('mapped', 'ad_days')) }}

),

renamed as (

    select
        -- ids
        _file_id || ':' || cast(_line as string) as export_row_id,
        coalesce(account_id, _account) as account_id,
        _account as account_folder,
        campaign_id,
        ad_group_id,
        ad_id,
        _file_id as file_id,

        -- text
        platform,
        case
            when coalesce(ad_id, ad_name) is not null then 'ad'
            when coalesce(ad_group_id, ad_group_name) is not null then 'ad_group'
            when coalesce(campaign_id, campaign_name) is not null then 'campaign'
            else 'account'
        end as report_level,
        campaign_name,
        ad_group_name,
        ad_name,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        clicks,
        cast(coalesce(spend, 0) as decimal(18, 6)) as spend,
        conversions as platform_conversions,
        conversion_value as platform_conversion_value,

        -- booleans
        false as is_segmented,
        coalesce(parts_together, false) as has_parts,

        -- dates
        ad_date,

        -- timestamps
        _exported_at as exported_at,
        {{ delivery_columns() }}

    from source

)

select * from renamed
