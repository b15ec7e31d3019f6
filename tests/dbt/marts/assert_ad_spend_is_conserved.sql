-- ad_days spends what the newest files say: per platform, account, currency and day, of the report
-- that tells the most of it, to the cent. Counted from the raw rows, file by file, without staging.
{% set reports = [
    ('google_ads', 'campaign_days', 'campaign', "replace(customer_id, '-', '')", 'spend'),
    ('google_ads', 'ad_group_days', 'ad_group', "replace(customer_id, '-', '')", 'spend'),
    ('google_ads', 'ad_days', 'ad', "replace(customer_id, '-', '')", 'spend'),
    ('google_ads', 'api_campaign_days', 'campaign', 'customer_id', 'cost_micros * 0.000001'),
    ('meta_ads', 'campaign_days', 'campaign', 'account_id', 'spend'),
    ('meta_ads', 'ad_set_days', 'ad_group', 'account_id', 'spend'),
    ('meta_ads', 'ad_days', 'ad', 'account_id', 'spend'),
] %}
with

raw_spend as (

    {% for platform, report, level, account, spend in reports %}
        select
            '{{ platform }}' as platform,
            '{{ level }}' as report_level,
            _account as account_folder,
            {{ account }} as named_account_id,
            upper(currency_code) as currency_code,
            day as ad_date,
            _exported_at as exported_at,
            _file_id as file_id,
            {{ spend }} as spend
        from ({{ landed_rows(source(platform, report)) }}) as counted
        union all
    {% endfor %}
    select
        'meta_ads' as platform,
        case
            when ad_id is not null then 'ad'
            when ad_set_id is not null then 'ad_group'
            when campaign_id is not null then 'campaign'
            else 'account'
        end as report_level,
        _account as account_folder,
        account_id as named_account_id,
        upper(currency_code) as currency_code,
        day as ad_date,
        _exported_at as exported_at,
        _file_id as file_id,
        spend
    from ({{ landed_rows(source('meta_ads', 'insight_days')) }}) as counted
    union all
    select
        platform,
        'mapped' as report_level,
        _account as account_folder,
        coalesce(account_id, _account) as named_account_id,
        upper(currency_code) as currency_code,
        ad_date,
        _exported_at as exported_at,
        _file_id as file_id,
        spend
    from ({{ landed_rows(source('mapped', 'ad_days')) }}) as counted

),

folders as (

    select
        platform,
        account_folder,
        min(named_account_id) as only_account_id
    from raw_spend
    group by platform, account_folder
    having count(distinct named_account_id) = 1

),

spend_by_file as (

    select
        raw_spend.platform,
        raw_spend.report_level,
        coalesce(
            raw_spend.named_account_id, folders.only_account_id, raw_spend.account_folder
        ) as account_id,
        raw_spend.currency_code,
        raw_spend.ad_date,
        raw_spend.exported_at,
        raw_spend.file_id,
        sum(raw_spend.spend) as spend
    from raw_spend
    left join folders
        on raw_spend.platform = folders.platform
        and raw_spend.account_folder = folders.account_folder
    group by
        raw_spend.platform,
        raw_spend.report_level,
        coalesce(raw_spend.named_account_id, folders.only_account_id, raw_spend.account_folder),
        raw_spend.currency_code,
        raw_spend.ad_date,
        raw_spend.exported_at,
        raw_spend.file_id

),

newest_files as (

    select
        *,
        row_number() over (
            partition by platform, account_id, report_level, currency_code, ad_date
            order by exported_at desc, file_id desc
        ) as version_rank
    from spend_by_file

),

spend_by_level as (

    select
        platform,
        account_id,
        currency_code,
        ad_date,
        spend
    from newest_files
    where version_rank = 1

),

whole_spend as (

    select
        platform,
        account_id,
        currency_code,
        ad_date,
        max(spend) as spend
    from spend_by_level
    group by platform, account_id, currency_code, ad_date

),

differences as (

    select
        platform,
        account_id,
        currency_code,
        ad_date,
        spend as raw_spend,
        0 as mart_spend
    from whole_spend
    union all
    select
        platform,
        account_id,
        currency_code,
        ad_date,
        0 as raw_spend,
        original_spend as mart_spend
    from {{ ref('ad_days') }}

)

select
    platform,
    account_id,
    currency_code,
    ad_date,
    sum(raw_spend) as raw_spend,
    sum(mart_spend) as mart_spend
from differences
group by platform, account_id, currency_code, ad_date
having abs(sum(raw_spend) - sum(mart_spend)) > 0.01
