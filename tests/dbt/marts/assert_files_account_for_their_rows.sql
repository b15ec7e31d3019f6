-- rows of a file = rows landed + rejected + skipped by name; each rejected row is on record
with

load_files as (

    select * from {{ ref('load_files') }}

),

rejected_rows as (

    select
        file_id,
        run_id,
        export_name,
        count(distinct line_number) as rejected_row_count
    from {{ ref('load_rejects') }}
    group by file_id, run_id, export_name

)

select
    load_files.load_file_id,
    load_files.file_path,
    load_files.file_row_count,
    load_files.landed_row_count,
    load_files.rejected_row_count,
    load_files.skipped_row_count,
    rejected_rows.rejected_row_count as recorded_row_count
from load_files
left join rejected_rows
    on load_files.file_id = rejected_rows.file_id
    and load_files.run_id = rejected_rows.run_id
    and load_files.export_name = rejected_rows.export_name
where
    (
        load_files.load_status = 'landed'
        and (
            load_files.file_row_count is distinct from
            load_files.landed_row_count
            + load_files.rejected_row_count
            + load_files.skipped_row_count
            or load_files.rejected_row_count <> coalesce(rejected_rows.rejected_row_count, 0)
        )
    )
    or (load_files.load_status = 'refused' and coalesce(load_files.landed_row_count, 0) <> 0)
