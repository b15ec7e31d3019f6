with

runs as (

    select * from {{ ref('stg_operations__runs') }}

),

final as (

    select
        -- ids
        run_id,

        -- timestamps
        started_at

    from runs

)

select * from final
