with

touches as (

    select * from {{ ref('int_conversion_touches') }}

),

run_starts as (

    select
        conversion_number,
        conversion_kind,
        channel,
        run_number
    from touches
    where channel is distinct from previous_channel

),

paths as (

    select
        conversion_number,
        conversion_kind,
        {{ dbt.listagg('channel', "' > '", 'order by run_number') }} as path
    from run_starts
    group by conversion_number, conversion_kind

)

select * from paths
