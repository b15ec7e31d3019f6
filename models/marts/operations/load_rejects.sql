with

load_rejects as (

    select * from {{ ref('stg_operations__load_rejects') }}

),

numbered as (

    select
        *,
        row_number() over (
            partition by file_id, run_id, export_name, line_number, column_name
            order by reject_reason, rejected_text
        ) as repeat_number
    from load_rejects

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
