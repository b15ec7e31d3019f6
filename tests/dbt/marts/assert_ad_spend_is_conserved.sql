-- ad_days spends what the newest files report: per platform, account, currency and day, of the
-- report that holds the most of it, to the cent. What it has of the first export is that export's
-- total of the day. Counted from the raw rows, file by file, without staging.
{% set google = "replace(customer_id, '-', '')" %}
{% set split = 'coalesce(network, device, hour) is not null' %}
{% set purchases -%}
    case
        when purchases_header is not null then coalesce(purchases, 0)
        when lower(result_type) like '%purchase%' then results
    end
{%- endset %}
{% set reports = [
    ('google_ads', 'campaign_days', 'campaign', google, 'spend', 'conversions', split),
    ('google_ads', 'ad_group_days', 'ad_group', google, 'spend', 'conversions', split),
    ('google_ads', 'ad_days', 'ad', google, 'spend', 'conversions', split),
    (
        'google_ads', 'api_campaign_days', 'campaign', 'customer_id', 'cost_micros * 0.000001',
        'conversions', 'false'
    ),
    ('meta_ads', 'campaign_days', 'campaign', 'account_id', 'spend', purchases, 'false'),
    ('meta_ads', 'ad_set_days', 'ad_group', 'account_id', 'spend', purchases, 'false'),
    ('meta_ads', 'ad_days', 'ad', 'account_id', 'spend', purchases, 'false'),
] %}
with

-- what another reading has replaced, or came after as_of, was never delivered
deliveries as (

    select
        file_id,
        max({{ exported_moment('exported_at', 'stated_date') }}) as exported_at,
        min({{ exported_moment('exported_at', 'stated_date') }}) as first_exported_at
    from {{ source('operations', 'deliveries') }}
    where
        not is_superseded
        and {{ is_known(exported_moment('exported_at', 'stated_date')) }}
    group by file_id

),

raw_rows as (

    {% for platform, report, level, account, spend, conversions, is_split in reports %}
        select
            '{{ platform }}' as platform,
            '{{ level }}' as report_group,
            _account as account_folder,
            {{ account }} as named_account_id,
            upper(currency_code) as currency_code,
            day as ad_date,
            _file_id as file_id,
            {{ spend }} as spend,
            {{ conversions }} as conversions,
            {{ is_split }} as is_split,
            false as has_parts
        from {{ source(platform, report) }}
        union all
    {% endfor %}
    select
        'meta_ads' as platform,
        case
            when ad_id is not null then 'ad'
            when ad_set_id is not null then 'ad_group'
            when campaign_id is not null then 'campaign'
            else 'account'
        end as report_group,
        _account as account_folder,
        account_id as named_account_id,
        upper(currency_code) as currency_code,
        day as ad_date,
        _file_id as file_id,
        spend,
        coalesce(omni_purchases, purchases, pixel_purchases) as conversions,
        false as is_split,
        false as has_parts
    from {{ source('meta_ads', 'insight_days') }}
    union all
    select
        platform,
        'mapped' as report_group,
        _account as account_folder,
        coalesce(account_id, _account) as named_account_id,
        upper(currency_code) as currency_code,
        ad_date,
        _file_id as file_id,
        spend,
        conversions,
        false as is_split,
        coalesce(parts_together, false) as has_parts
    from {{ source('mapped', 'ad_days') }}

),

folders as (

    select
        raw_rows.platform,
        raw_rows.account_folder,
        min(raw_rows.named_account_id) as only_account_id
    from raw_rows
    inner join deliveries on raw_rows.file_id = deliveries.file_id
    group by raw_rows.platform, raw_rows.account_folder
    having count(distinct raw_rows.named_account_id) = 1

),

load_files as (

    select
        file_id,
        max(path) as path,
        min(stated_from) as stated_from,
        max(stated_until) as stated_until
    from {{ source('operations', 'load_files') }}
    where status = 'landed'
    group by file_id

),

file_days as (

    select
        raw_rows.platform,
        raw_rows.report_group,
        coalesce(
            raw_rows.named_account_id, folders.only_account_id, raw_rows.account_folder
        ) as account_id,
        raw_rows.currency_code,
        raw_rows.ad_date,
        deliveries.exported_at,
        deliveries.first_exported_at,
        raw_rows.file_id,
        raw_rows.has_parts,
        max(raw_rows.is_split) as is_split,
        cast(deliveries.exported_at as string) || ' ' || raw_rows.file_id as stamp,
        cast(deliveries.first_exported_at as string) || ' ' || raw_rows.file_id as first_stamp,
        sum(raw_rows.spend) as spend,
        sum(raw_rows.conversions) as conversions
    from raw_rows
    inner join deliveries on raw_rows.file_id = deliveries.file_id
    left join folders
        on raw_rows.platform = folders.platform
        and raw_rows.account_folder = folders.account_folder
    group by
        raw_rows.platform,
        raw_rows.report_group,
        coalesce(raw_rows.named_account_id, folders.only_account_id, raw_rows.account_folder),
        raw_rows.currency_code,
        raw_rows.ad_date,
        deliveries.exported_at,
        deliveries.first_exported_at,
        raw_rows.file_id,
        raw_rows.has_parts

),

account_days as (

    select distinct
        platform,
        report_group,
        account_id,
        ad_date
    from file_days

),

-- a file reports the days it has rows of, and all others of its stated range that were over
reported as (

    select
        platform,
        report_group,
        account_id,
        ad_date,
        is_split,
        stamp,
        first_stamp
    from file_days
    union all
    select
        file_days.platform,
        file_days.report_group,
        file_days.account_id,
        account_days.ad_date,
        file_days.is_split,
        file_days.stamp,
        file_days.first_stamp
    from file_days
    inner join load_files on file_days.file_id = load_files.file_id
    inner join account_days
        on file_days.platform = account_days.platform
        and file_days.report_group = account_days.report_group
        and file_days.account_id = account_days.account_id
        and load_files.stated_from <= account_days.ad_date
        and load_files.stated_until >= account_days.ad_date
        and {{ business_date('file_days.exported_at') }} > account_days.ad_date

),

versions as (

    select
        platform,
        report_group,
        account_id,
        ad_date,
        coalesce(max(case when not is_split then stamp end), max(stamp)) as newest_stamp,
        coalesce(min(case when not is_split then first_stamp end), min(first_stamp))
            as first_stamp
    from reported
    group by platform, report_group, account_id, ad_date

),

-- of the contents that one path had at one time, the last is a part of the day
replaced_parts as (

    select distinct older.file_id
    from load_files as older
    inner join load_files as newer
        on older.path = newer.path
        and older.file_id <> newer.file_id
    inner join file_days as older_days on older.file_id = older_days.file_id
    inner join file_days as newer_days on newer.file_id = newer_days.file_id
    where
        older_days.has_parts
        and newer_days.has_parts
        and older_days.stamp < newer_days.stamp
        and substr(older_days.stamp, 1, 19) = substr(newer_days.stamp, 1, 19)

),

counted as (

    select
        file_days.platform,
        file_days.report_group,
        file_days.account_id,
        file_days.currency_code,
        file_days.ad_date,
        file_days.spend,
        file_days.conversions,
        file_days.stamp = versions.newest_stamp
        or (
            file_days.has_parts
            and replaced_parts.file_id is null
            and substr(versions.newest_stamp, 1, 19) = substr(file_days.stamp, 1, 19)
        ) as is_newest,
        file_days.first_stamp = versions.first_stamp
        or (
            file_days.has_parts
            and replaced_parts.file_id is null
            and substr(versions.first_stamp, 1, 19) = substr(file_days.first_stamp, 1, 19)
        ) as is_first
    from file_days
    inner join versions
        on file_days.platform = versions.platform
        and file_days.report_group = versions.report_group
        and file_days.account_id = versions.account_id
        and file_days.ad_date = versions.ad_date
    left join replaced_parts on file_days.file_id = replaced_parts.file_id

),

raw_totals as (

    select
        platform,
        account_id,
        currency_code,
        ad_date,
        report_group,
        sum(case when is_newest then spend else 0 end) as spend,
        sum(case when is_first then spend else 0 end) as first_spend,
        coalesce(sum(case when is_newest then conversions end), 0) as conversions,
        coalesce(sum(case when is_first then conversions end), 0) as first_conversions
    from counted
    group by platform, account_id, currency_code, ad_date, report_group

),

whole_days as (

    select
        platform,
        account_id,
        currency_code,
        ad_date,
        max(spend) as spend
    from raw_totals
    group by platform, account_id, currency_code, ad_date

),

mart_totals as (

    select
        platform,
        account_id,
        currency_code,
        ad_date,
        sum(original_spend) as spend,
        coalesce(sum(platform_conversions), 0) as conversions,
        coalesce(sum(first_exported_platform_conversions), 0) as first_conversions
    from {{ ref('ad_days') }}
    group by platform, account_id, currency_code, ad_date

),

first_totals as (

    select
        platform,
        account_id,
        currency_code,
        ad_date,
        sum(first_exported_spend) as first_spend
    from {{ ref('int_ad_days_unioned') }}
    group by platform, account_id, currency_code, ad_date

),

-- whichever report the day is taken from, all four figures are of it
agreeing as (

    select distinct
        raw_totals.platform,
        raw_totals.account_id,
        raw_totals.currency_code,
        raw_totals.ad_date
    from raw_totals
    inner join whole_days
        on raw_totals.platform = whole_days.platform
        and raw_totals.account_id = whole_days.account_id
        and raw_totals.currency_code = whole_days.currency_code
        and raw_totals.ad_date = whole_days.ad_date
    inner join mart_totals
        on raw_totals.platform = mart_totals.platform
        and raw_totals.account_id = mart_totals.account_id
        and raw_totals.currency_code = mart_totals.currency_code
        and raw_totals.ad_date = mart_totals.ad_date
    inner join first_totals
        on raw_totals.platform = first_totals.platform
        and raw_totals.account_id = first_totals.account_id
        and raw_totals.currency_code = first_totals.currency_code
        and raw_totals.ad_date = first_totals.ad_date
    where
        abs(mart_totals.spend - whole_days.spend) <= 0.01
        and abs(mart_totals.spend - raw_totals.spend) <= 0.01
        and abs(first_totals.first_spend - raw_totals.first_spend) <= 0.01
        and abs(mart_totals.conversions - raw_totals.conversions) <= 0.01
        and abs(mart_totals.first_conversions - raw_totals.first_conversions) <= 0.01

),

all_days as (

    select
        platform,
        account_id,
        currency_code,
        ad_date
    from raw_totals
    where spend <> 0 or first_spend <> 0
    union
    select
        platform,
        account_id,
        currency_code,
        ad_date
    from mart_totals

)

select all_days.*
from all_days
left join agreeing
    on all_days.platform = agreeing.platform
    and all_days.account_id = agreeing.account_id
    and all_days.currency_code = agreeing.currency_code
    and all_days.ad_date = agreeing.ad_date
where agreeing.platform is null
