with

source as (

    select * from {{ source('operations', 'load_files') }}
    where {{ is_known(exported_moment('exported_at', 'stated_date')) }}

),

renamed as (

    select
        -- ids
        file_id,
        run_id,

        -- text
        path as file_path,
        vendor as vendor_name,
        export_name,
        account as account_name,
        sha256,
        status as load_status,
        reason as refusal_reason,
        skipped as skipped_rows,
        ignored_columns,
        dated_by,

        -- numbers
        file_row_count,
        landed_row_count,
        rejected_row_count,
        skipped_row_count,
        byte_count,

        -- dates
        stated_date,
        case
            when dated_by = 'day' then cast(data_until as date)
            else {{ business_date('data_until') }}
        end as data_until_date,
        stated_from as stated_from_date,
        stated_until as stated_until_date,

        -- timestamps
        data_from as data_from_at,
        data_until as data_until_at,
        {{ exported_moment('exported_at', 'stated_date') }} as exported_at,
        file_time as file_written_at,
        landed_at

    from source

)

select * from renamed
