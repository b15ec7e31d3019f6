with

source as (

    {{ landed_rows(source('meta_ads', 'insight_days')) }}

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
        case
            when ad_id is not null then 'ad'
            when ad_set_id is not null then 'ad_group'
            when campaign_id is not null then 'campaign'
            else 'account'
        end as report_level,
        campaign_name,
        ad_set_name as ad_group_name,
        ad_name,
        attribution_setting,
        upper(currency_code) as currency_code,

        -- numbers
        impressions,
        clicks,
        link_clicks,
        reach,
        cast(coalesce(spend, 0) as decimal(18, 6)) as spend,
        -- Meta leaves `actions` out where nothing happened: a file that has it elsewhere has none
        coalesce(
            omni_purchases,
            purchases,
            pixel_purchases,
            case when count(actions) over (partition by _file_id) > 0 then 0 end
        ) as platform_conversions,
        case
            when omni_purchases is not null then omni_purchase_value
            when purchases is not null then purchase_value
            when pixel_purchases is not null then pixel_purchase_value
            when count(actions) over (partition by _file_id) > 0 then 0
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
