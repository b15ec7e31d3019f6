with

load_files as (

    select * from {{ ref('stg_operations__load_files') }}

),

final as (

    select
        -- ids
        {{ dbt.hash("file_id || '|' || export_name || '|' || file_path || '|' || run_id") }}
            as load_file_id,
        file_id,
        run_id,

        -- text
        file_path,
        vendor_name,
        export_name,
        account_name,
        sha256,
        load_status,
        refusal_reason,
        cast(skipped_rows as {{ dbt.type_string() }}) as skipped_rows,
        cast(ignored_columns as {{ dbt.type_string() }}) as ignored_columns,

        -- numbers
        file_row_count,
        landed_row_count,
        rejected_row_count,
        skipped_row_count,
        byte_count,

        -- dates
        stated_from_date,
        stated_until_date,

        -- timestamps
        data_from_at,
        data_until_at,
        exported_at,
        landed_at

    from load_files

)

select * from final
