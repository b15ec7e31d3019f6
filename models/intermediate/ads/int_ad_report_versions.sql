{%- set day = 'platform, account_id, report_group, ad_date' -%}
with

reports as (

    select * from {{ ref('int_ad_reports_unioned') }}

),

files as (

    select
        file_id,
        max(file_path) as file_path,
        min(stated_from_date) as stated_from_date,
        max(stated_until_date) as stated_until_date
    from {{ ref('stg_operations__load_files') }}
    where load_status = 'landed'
    group by file_id

),

days_by_file as (

    select
        platform,
        account_id,
        report_group,
        file_id,
        ad_date,
        min(delivery_number) as delivery_number,
        min(first_delivery_number) as first_delivery_number,
        max(is_segmented) as is_segmented,
        max(has_parts) as has_parts,
        min(exported_at) as exported_at,
        min(first_exported_at) as first_exported_at
    from reports
    group by platform, account_id, report_group, file_id, ad_date

),

account_files as (

    select
        days_by_file.platform,
        days_by_file.account_id,
        days_by_file.report_group,
        days_by_file.file_id,
        files.stated_from_date,
        files.stated_until_date,
        min(days_by_file.delivery_number) as delivery_number,
        min(days_by_file.first_delivery_number) as first_delivery_number,
        max(days_by_file.is_segmented) as is_segmented,
        max(days_by_file.has_parts) as has_parts,
        min(days_by_file.exported_at) as exported_at,
        min(days_by_file.first_exported_at) as first_exported_at
    from days_by_file
    inner join files on days_by_file.file_id = files.file_id
    where files.stated_from_date is not null
    group by
        days_by_file.platform,
        days_by_file.account_id,
        days_by_file.report_group,
        days_by_file.file_id,
        files.stated_from_date,
        files.stated_until_date

),

account_days as (

    select distinct
        platform,
        account_id,
        report_group,
        ad_date
    from days_by_file

),

-- a file that states its range reports nothing on a day of it that has no row, if the day was over
days_without_rows as (

    select
        account_files.platform,
        account_files.account_id,
        account_files.report_group,
        account_files.file_id,
        account_days.ad_date,
        account_files.delivery_number,
        account_files.first_delivery_number,
        account_files.is_segmented,
        account_files.has_parts,
        account_files.exported_at,
        account_files.first_exported_at
    from account_files
    inner join account_days
        on account_files.platform = account_days.platform
        and account_files.account_id = account_days.account_id
        and account_files.report_group = account_days.report_group
        and account_files.stated_from_date <= account_days.ad_date
        and account_files.stated_until_date >= account_days.ad_date
        and {{ business_date('account_files.exported_at') }} > account_days.ad_date
    left join days_by_file
        on account_files.platform = days_by_file.platform
        and account_files.account_id = days_by_file.account_id
        and account_files.report_group = days_by_file.report_group
        and account_files.file_id = days_by_file.file_id
        and account_days.ad_date = days_by_file.ad_date
    where days_by_file.file_id is null

),

reported_days as (

    select
        platform,
        account_id,
        report_group,
        file_id,
        ad_date,
        delivery_number,
        first_delivery_number,
        is_segmented,
        has_parts,
        exported_at,
        first_exported_at
    from days_by_file
    union all
    select
        platform,
        account_id,
        report_group,
        file_id,
        ad_date,
        delivery_number,
        first_delivery_number,
        is_segmented,
        has_parts,
        exported_at,
        first_exported_at
    from days_without_rows

),

-- Files of one folder's moment are some microseconds apart. Of two contents of one path the later
-- one is the part.
parts as (

    select
        reported_days.*,
        not reported_days.has_parts
        or row_number() over (
            partition by
                reported_days.platform,
                reported_days.account_id,
                reported_days.report_group,
                reported_days.ad_date,
                {{ dbt.date_trunc('second', 'reported_days.exported_at') }},
                coalesce(files.file_path, reported_days.file_id)
            order by reported_days.delivery_number desc
        ) = 1 as is_current_part
    from reported_days
    left join files on reported_days.file_id = files.file_id

),

-- files that hold parts of a day are one version of it if they were exported at one time
numbered as (

    select
        *,
        case
            when has_parts
                then max(delivery_number) over (
                    partition by
                        {{ day }}, has_parts, {{ dbt.date_trunc('second', 'exported_at') }}
                )
            else delivery_number
        end as version_number,
        case
            when has_parts
                then min(first_delivery_number) over (
                    partition by
                        {{ day }}, has_parts, {{ dbt.date_trunc('second', 'first_exported_at') }}
                )
            else first_delivery_number
        end as first_version_number
    from parts
    where is_current_part

),

-- rows by device, network or hour never take the place of a plain report
ranked as (

    select
        platform,
        account_id,
        report_group,
        file_id,
        ad_date,
        exported_at,
        rank() over (
            partition by {{ day }}
            order by is_segmented asc, version_number desc
        ) = 1 as is_newest,
        rank() over (
            partition by {{ day }}
            order by is_segmented, first_version_number
        ) = 1 as is_first
    from numbered

),

versions as (

    select
        platform,
        account_id,
        report_group,
        file_id,
        ad_date,
        exported_at,
        is_newest,
        is_first
    from ranked
    where is_newest or is_first

)

select * from versions
