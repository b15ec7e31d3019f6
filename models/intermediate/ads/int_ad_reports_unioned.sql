{%- set reports = [
    'stg_google_ads__campaign_days',
    'stg_google_ads__ad_group_days',
    'stg_google_ads__ad_days',
    'stg_google_ads__api_campaign_days',
    'stg_meta_ads__campaign_days',
    'stg_meta_ads__ad_set_days',
    'stg_meta_ads__ad_days',
    'stg_meta_ads__insight_days'
] -%}
with

mapped as (

    select * from {{ ref('stg_mapped__ad_days') }}

),

-- keywords and search terms see only a part of the spend, so they are no arm of this
unioned as (

    {% for report in reports %}
        select
            account_id as reported_account_id,
            account_folder,
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
            spend,
            first_exported_spend,
            platform_conversions,
            platform_conversion_value,
            is_provisional,
            ad_date,
            exported_at
        from {{ ref(report) }}
        union all
    {% endfor %}
    select
        account_id as reported_account_id,
        account_id as account_folder,
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
        coalesce(spend, 0) as spend,
        coalesce(first_exported_spend, 0) as first_exported_spend,
        platform_conversions,
        platform_conversion_value,
        is_provisional,
        ad_date,
        exported_at
    from mapped

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
