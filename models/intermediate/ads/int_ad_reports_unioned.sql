{%- set reports = [
    'stg_google_ads__campaign_days',
    'stg_google_ads__ad_group_days',
    'stg_google_ads__ad_days',
    'stg_google_ads__api_campaign_days',
    'stg_meta_ads__campaign_days',
    'stg_meta_ads__ad_set_days',
    'stg_meta_ads__ad_days',
    'stg_meta_ads__insight_days',
    'stg_mapped__ad_days'
] -%}
with

-- keywords and search terms see only a part of the spend, so they are no arm of this
unioned as (

    {% for report in reports %}
        select
            account_id as reported_account_id,
            {{ 'account_id' if 'mapped' in report else 'account_folder' }} as account_folder,
            campaign_id,
            ad_group_id,
            ad_id,
            file_id,
            platform,
            report_level,
            {{ "'mapped'" if 'mapped' in report else 'report_level' }} as report_group,
            campaign_name,
            ad_group_name,
            ad_name,
            currency_code,
            delivery_number,
            first_delivery_number,
            impressions,
            clicks,
            spend,
            platform_conversions,
            platform_conversion_value,
            is_segmented,
            has_parts,
            ad_date,
            exported_at,
            first_exported_at
        from {{ ref(report) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

named as (

    select
        *,
        nullif(reported_account_id, account_folder) as named_account_id
    from unioned

),

-- a report that does not say its account is about the one account other reports of the folder name
in_accounts as (

    select
        *,
        coalesce(
            named_account_id,
            case
                when
                    min(named_account_id) over (partition by platform, account_folder)
                    = max(named_account_id) over (partition by platform, account_folder)
                    then min(named_account_id) over (partition by platform, account_folder)
            end,
            account_folder
        ) as account_id
    from named

)

select * from in_accounts
