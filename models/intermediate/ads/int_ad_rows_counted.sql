{%- set day = 'platform, account_id, ad_date' -%}
with

reports as (

    select * from {{ ref('int_ad_reports_unioned') }}

),

versions as (

    select * from {{ ref('int_ad_report_versions') }}

),

version_rows as (

    select
        reports.*,
        versions.is_newest,
        versions.is_first
    from reports
    inner join versions
        on reports.platform = versions.platform
        and reports.account_id = versions.account_id
        and reports.report_group = versions.report_group
        and reports.file_id = versions.file_id
        and reports.ad_date = versions.ad_date

),

spend_by_level as (

    select
        platform,
        account_id,
        ad_date,
        report_group,
        report_level,
        case report_level
            when 'ad' then 1
            when 'ad_group' then 2
            when 'campaign' then 3
            else 4
        end as detail_rank,
        max(is_newest) as is_in_newest,
        max(is_first) as is_in_first,
        sum(case when is_newest then spend else 0 end) as spend,
        sum(case when is_first then spend else 0 end) as first_spend
    from version_rows
    group by platform, account_id, ad_date, report_group, report_level

),

compared as (

    select
        *,
        max(spend) over (partition by {{ day }}) as whole_spend,
        max(first_spend) over (partition by {{ day }}, report_group) as whole_first_spend
    from spend_by_level

),

-- levels hold the same spend more than once, and some hold only a part of it (campaigns without ad
-- groups): of those that hold all of it to the cent, the one with the most detail counts. The
-- first export of a mapped report may have been of another level than the newest.
ranked as (

    select
        *,
        row_number() over (
            partition by {{ day }}
            order by
                case when spend >= whole_spend - 0.01 then 1 else 2 end asc,
                is_in_newest desc,
                detail_rank asc,
                report_group asc
        ) as newest_rank,
        row_number() over (
            partition by {{ day }}, report_group
            order by
                case when first_spend >= whole_first_spend - 0.01 then 1 else 2 end asc,
                is_in_first desc,
                detail_rank asc
        ) as first_rank
    from compared

),

chosen as (

    select
        *,
        max(case when newest_rank = 1 then report_group end) over (
            partition by {{ day }}
        ) as chosen_group
    from ranked

),

flagged as (

    select
        version_rows.*,
        version_rows.is_newest and chosen.newest_rank = 1 as is_counted,
        version_rows.is_first and chosen.first_rank = 1 as was_counted_first
    from version_rows
    inner join chosen
        on version_rows.platform = chosen.platform
        and version_rows.account_id = chosen.account_id
        and version_rows.ad_date = chosen.ad_date
        and version_rows.report_group = chosen.report_group
        and version_rows.report_level = chosen.report_level
        and chosen.report_group = chosen.chosen_group

),

counted as (

    select
        account_id,
        campaign_id,
        ad_group_id,
        ad_id,
        file_id,
        platform,
        report_level,
        report_group,
        campaign_name,
        ad_group_name,
        ad_name,
        currency_code,
        impressions,
        clicks,
        spend,
        platform_conversions,
        platform_conversion_value,
        is_counted,
        was_counted_first,
        ad_date
    from flagged
    where is_counted or was_counted_first

)

select * from counted
