with

source as (

    select * from {{ source('operations', 'runs') }}

),

renamed as (

    select
        -- ids
        run_id,

        -- timestamps
        started_at

    from source

)

select * from renamed
