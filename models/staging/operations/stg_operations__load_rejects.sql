with

source as (

    select * from {{ source('operations', 'load_rejects') }}

),

renamed as (

    select
        -- ids
        file_id,
        run_id,

        -- text
        export_name,
        column_name,
        reason as reject_reason,
        text as rejected_text,

        -- numbers
        line as line_number

    from source

)

select * from renamed
