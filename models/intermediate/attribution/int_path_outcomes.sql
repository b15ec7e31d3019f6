with

conversion_paths as (

    select * from {{ ref('int_conversion_paths') }}

),

unconverted_touches as (

    select * from {{ ref('int_unconverted_touches') }}

),

unconverted_runs as (

    select
        conversion_kind,
        customer_number,
        channel,
        run_number
    from unconverted_touches
    where channel is distinct from previous_channel

),

unconverted_paths as (

    select
        conversion_kind,
        customer_number,
        {{ dbt.listagg('channel', "' > '", 'order by run_number') }} as path
    from unconverted_runs
    group by conversion_kind, customer_number

),

outcomes as (

    select
        conversion_kind,
        path,
        1 as conversion_count,
        0 as unconverted_count,
        conversion_number as example_conversion_number
    from conversion_paths

    union all

    select
        conversion_kind,
        path,
        0 as conversion_count,
        1 as unconverted_count,
        null as example_conversion_number
    from unconverted_paths

),

path_outcomes as (

    select
        conversion_kind,
        path,
        sum(conversion_count) as conversion_count,
        sum(unconverted_count) as unconverted_count,
        cast(sum(conversion_count) as double) / count(*) as conversion_probability,
        min(example_conversion_number) as example_conversion_number
    from outcomes
    group by conversion_kind, path

)

select * from path_outcomes
