with

load_files as (

    select * from {{ ref('stg_operations__load_files') }}

),

deliveries as (

    select * from {{ ref('stg_operations__deliveries') }}

),

deliveries_by_file as (

    select
        file_id,
        count(*) filter (where counts) as delivery_count,
        max(case when counts then contested_by_path end) as contested_by_path,
        min(case when is_superseded then 1 else 0 end) = 1 as is_superseded,
        max(case when counts then exported_at end) as last_exported_at
    from deliveries
    group by file_id

),

final as (

    select
        -- ids
        {{ dbt.hash(
            "load_files.file_id || '|' || export_name || '|' || file_path || '|' || run_id"
        ) }} as load_file_id,
        load_files.file_id,
        load_files.run_id,

        -- text
        load_files.file_path,
        load_files.vendor_name,
        load_files.export_name,
        load_files.account_name,
        load_files.sha256,
        load_files.load_status,
        load_files.refusal_reason,
        deliveries_by_file.contested_by_path,
        cast(load_files.skipped_rows as {{ dbt.type_string() }}) as skipped_rows,
        cast(load_files.ignored_columns as {{ dbt.type_string() }}) as ignored_columns,

        -- numbers
        load_files.file_row_count,
        load_files.landed_row_count,
        load_files.rejected_row_count,
        load_files.skipped_row_count,
        load_files.byte_count,
        coalesce(deliveries_by_file.delivery_count, 0) as delivery_count,

        -- booleans
        coalesce(deliveries_by_file.is_superseded, false) as is_superseded,

        -- dates
        load_files.stated_date,
        load_files.stated_from_date,
        load_files.stated_until_date,

        -- timestamps
        load_files.data_from_at,
        load_files.data_until_at,
        load_files.exported_at,
        deliveries_by_file.last_exported_at,
        load_files.file_written_at,
        load_files.landed_at

    from load_files
    left join deliveries_by_file on load_files.file_id = deliveries_by_file.file_id

)

select * from final
