with

load_rejects as (

    select * from {{ ref('stg_operations__load_rejects') }}

),

load_files as (

    select * from {{ ref('stg_operations__load_files') }}

),

-- as of a past day, later files are not known, and so are not their rejects
known_files as (

    select distinct file_id from load_files

),

numbered as (

    select
        load_rejects.*,
        row_number() over (
            partition by
                load_rejects.file_id,
                load_rejects.run_id,
                load_rejects.export_name,
                load_rejects.line_number,
                load_rejects.column_name
            order by load_rejects.reject_reason, load_rejects.rejected_text
        ) as repeat_number
    from load_rejects
    inner join known_files on load_rejects.file_id = known_files.file_id

),

-- the text of a rejected row is personal data and stays behind
final as (

    select
        -- ids
        {{ dbt.hash(
            "concat_ws('|', file_id, run_id, export_name, cast(line_number as "
            ~ dbt.type_string() ~ "), coalesce(column_name, ''), cast(repeat_number as "
            ~ dbt.type_string() ~ "))"
        ) }} as load_reject_id,
        file_id,
        run_id,

        -- text
        export_name,
        column_name,
        reject_reason,

        -- numbers
        line_number

    from numbered

)

select * from final
