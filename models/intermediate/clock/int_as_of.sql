with

load_files as (

    select * from {{ ref('stg_operations__load_files') }}
    where load_status = 'landed'

),

deliveries as (

    select * from {{ ref('stg_operations__deliveries') }}
    where is_newest and counts

),

dated as (

    select
        load_files.dated_by,
        load_files.data_until_date,
        deliveries.stated_date,
        {{ business_date('deliveries.exported_at') }} as exported_date
    from load_files
    inner join deliveries on load_files.file_id = deliveries.file_id

),

-- A folder that states its day holds what had happened by the end of the day before, if its rows
-- have days at all. Rows of the day after the export are of a zone that is ahead of the folder's;
-- those of later days (a scheduled campaign) are not known yet.
reached_days as (

    select
        exported_date,
        case
            when dated_by is not null
                then cast({{ dbt.dateadd('day', -1, 'stated_date') }} as date)
        end as stated_until_date,
        case
            when data_until_date <= {{ dbt.dateadd('day', 1, 'exported_date') }}
                then data_until_date
            when data_until_date is not null then exported_date
        end as data_until_date
    from dated

),

reached as (

    select
        coalesce(
            greatest(max(stated_until_date), max(data_until_date)),
            max(stated_until_date),
            max(data_until_date),
            max(exported_date)
        ) as reached_date
    from reached_days

),

as_of as (

    select {{ as_of_date() if var('as_of') else 'reached_date' }} as as_of_date
    from reached

)

select * from as_of
