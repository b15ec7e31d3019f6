{%- set day = 'platform, account_id, ad_date' -%}
{%- set names = [
    'campaign_id', 'ad_group_id', 'ad_id', 'campaign_name', 'ad_group_name', 'ad_name'
] -%}
{%- set counts = ['impressions', 'clicks'] -%}
{%- set claims = ['platform_conversions', 'platform_conversion_value'] -%}
with

counted as (

    select * from {{ ref('int_ad_rows_counted') }}

),

versions as (

    select * from {{ ref('int_ad_report_versions') }}

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
                max(case when is_counted then {{ name }} end), max({{ name }})
            ) as {{ name }},
        {% endfor %}
        {% for measure in counts + claims %}
            sum(case when is_counted then {{ measure }} end) as {{ measure }},
        {% endfor %}
        {% for measure in claims %}
            sum(case when was_counted_first then {{ measure }} end) as first_exported_{{ measure }},
        {% endfor %}
        sum(case when is_counted then spend else 0 end) as spend,
        sum(case when was_counted_first then spend else 0 end) as first_exported_spend,
        count(case when is_counted then 1 end) as export_row_count,
        count(case when was_counted_first then 1 end) as first_row_count,
        count(case when is_counted then platform_conversions end) as conversion_row_count
    from counted
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
        completed.ad_date >= {{ business_date('newest_files.exported_at') }} as is_provisional,
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
