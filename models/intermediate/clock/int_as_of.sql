with

load_files as (

    select * from {{ ref('stg_operations__load_files') }}
    where load_status = 'landed'

),

deliveries as (

    select * from {{ ref('stg_operations__deliveries') }}
    where is_newest and counts

),

-- A folder that states its day holds what had happened by the end of the day before, if its rows
-- have days at all. Rows may have later days (a scheduled campaign), none known before its export.
known_days as (

    select
        {{ business_date('deliveries.exported_at') }} as exported_date,
        case
            when load_files.is_dated
                then cast({{ dbt.dateadd('day', -1, 'deliveries.stated_date') }} as date)
        end as stated_until_date,
        case
            when load_files.data_until_at is not null
                then least(
                    {{ business_date('load_files.data_until_at') }},
                    {{ business_date('deliveries.exported_at') }}
                )
        end as data_until_date
    from load_files
    inner join deliveries on load_files.file_id = deliveries.file_id

),

as_of as (

    select
        {% if var('as_of') -%}
            max({{ as_of_date() }})
        {%- else -%}
            cast(
                coalesce(
                    greatest(max(stated_until_date), max(data_until_date)),
                    max(stated_until_date),
                    max(data_until_date),
                    max(exported_date)
                ) as date
            )
        {%- endif %} as as_of_date
    from known_days

)

select * from as_of
