with

source as (

    select * from {{ source('operations', 'deliveries') }}

),

dated as (

    select
        *,
        {{ exported_moment('exported_at', 'stated_date') }} as moment_at
    from source

),

renamed as (

    select
        -- ids
        file_id,
        run_id,

        -- text
        path as file_path,
        contested_by as contested_by_path,

        -- booleans
        is_superseded,
        not is_superseded and {{ is_known('moment_at') }} as counts,

        -- dates
        stated_date,

        -- timestamps
        moment_at as exported_at,
        file_time as file_written_at

    from dated

),

compared as (

    select
        *,
        min(case when counts then exported_at end) over (partition by file_id)
            as first_exported_at,
        row_number() over (
            partition by file_id order by counts desc, exported_at desc, file_path asc
        ) = 1 as is_newest
    from renamed

)

select * from compared
