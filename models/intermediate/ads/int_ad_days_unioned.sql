{%- set day = 'platform, account_id, ad_date' -%}
{%- set names = [
    'campaign_id', 'ad_group_id', 'ad_id', 'campaign_name', 'ad_group_name', 'ad_name'
] -%}
{%- set counts = ['impressions', 'clicks'] -%}
{%- set claims = ['platform_conversions', 'platform_conversion_value'] -%}
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

counted as (

    select
        version_rows.*,
        version_rows.is_newest and chosen.newest_rank = 1 as counts_now,
        version_rows.is_first and chosen.first_rank = 1 as counted_first
    from version_rows
    inner join chosen
        on version_rows.platform = chosen.platform
        and version_rows.account_id = chosen.account_id
        and version_rows.ad_date = chosen.ad_date
        and version_rows.report_group = chosen.report_group
        and version_rows.report_level = chosen.report_level
        and chosen.report_group = chosen.chosen_group

),

-- separate ads under one name are one row; so is an ad that changed its name and kept its id
by_entity as (

    select
        platform,
        account_id,
        ad_date,
        report_group,
        report_level,
        currency_code,
        {% for name in names %}
            coalesce(
                max(case when counts_now then {{ name }} end), max({{ name }})
            ) as {{ name }},
        {% endfor %}
        {% for measure in counts + claims %}
            sum(case when counts_now then {{ measure }} end) as {{ measure }},
        {% endfor %}
        {% for measure in claims %}
            sum(case when counted_first then {{ measure }} end) as first_exported_{{ measure }},
        {% endfor %}
        sum(case when counts_now then spend else 0 end) as spend,
        sum(case when counted_first then spend else 0 end) as first_exported_spend,
        count(case when counts_now then 1 end) as export_row_count,
        count(case when counted_first then 1 end) as first_row_count,
        count(case when counts_now then platform_conversions end) as conversion_row_count
    from counted
    where counts_now or counted_first
    group by
        platform,
        account_id,
        ad_date,
        report_group,
        report_level,
        currency_code,
        coalesce(campaign_id, campaign_name),
        coalesce(ad_group_id, ad_group_name),
        coalesce(ad_id, ad_name)

),

-- an ad that an export lacks has none of what the export reports of others, or of nobody that day
completed as (

    select
        platform,
        account_id,
        ad_date,
        report_group,
        report_level,
        currency_code,
        {{ names | join(',\n        ') }},
        {% for measure in counts + claims %}
            coalesce(
                {{ measure }},
                case
                    when
                        export_row_count = 0
                        and (
                            count({{ measure }}) over (partition by {{ day }}) > 0
                            or sum(export_row_count) over (partition by {{ day }}) = 0
                        )
                        then 0
                end
            ) as {{ measure }},
        {% endfor %}
        {% for measure in claims %}
            coalesce(
                first_exported_{{ measure }},
                case
                    when
                        first_row_count = 0
                        and (
                            count(first_exported_{{ measure }}) over (partition by {{ day }}) > 0
                            or sum(first_row_count) over (partition by {{ day }}) = 0
                        )
                        then 0
                end
            ) as first_exported_{{ measure }},
        {% endfor %}
        spend,
        first_exported_spend,
        export_row_count,
        conversion_row_count
    from by_entity

),

newest_files as (

    select
        platform,
        account_id,
        ad_date,
        report_group,
        max(file_id) as file_id,
        max(exported_at) as exported_at
    from versions
    where is_newest
    group by platform, account_id, ad_date, report_group

),

ad_days as (

    select
        completed.account_id,
        {% for name in names %}
            completed.{{ name }},
        {% endfor %}
        newest_files.file_id,
        completed.platform,
        completed.report_level,
        completed.currency_code,
        {% for measure in counts %}
            cast(completed.{{ measure }} as bigint) as {{ measure }},
        {% endfor %}
        cast(completed.spend as decimal(18, 6)) as spend,
        cast(completed.first_exported_spend as decimal(18, 6)) as first_exported_spend,
        {% for measure in claims %}
            cast(completed.{{ measure }} as decimal(18, 6)) as {{ measure }},
            cast(
                completed.first_exported_{{ measure }} as decimal(18, 6)
            ) as first_exported_{{ measure }},
        {% endfor %}
        cast(completed.export_row_count as bigint) as export_row_count,
        cast(completed.conversion_row_count as bigint) as conversion_row_count,
        completed.ad_date >= cast(newest_files.exported_at as date) as is_provisional,
        completed.ad_date,
        newest_files.exported_at
    from completed
    inner join newest_files
        on completed.platform = newest_files.platform
        and completed.account_id = newest_files.account_id
        and completed.ad_date = newest_files.ad_date
        and completed.report_group = newest_files.report_group

)

select * from ad_days
