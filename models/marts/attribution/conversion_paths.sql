with

conversion_paths as (

    select * from {{ ref('int_conversion_paths') }}

),

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

path_outcomes as (

    select * from {{ ref('int_path_outcomes') }}

),

touches as (

    select * from {{ ref('int_conversion_touches') }}

),

touches_by_conversion as (

    select
        conversion_number,
        count(*) as touch_count,
        max(run_number) as step_count,
        max(age_seconds) as age_seconds
    from touches
    group by conversion_number

),

taken as (

    select
        conversion_paths.conversion_kind,
        conversion_paths.path,
        count(*) as conversion_count,
        sum(conversions.revenue) as revenue,
        max(touches_by_conversion.step_count) as step_count,
        sum(touches_by_conversion.touch_count) as touch_count,
        sum(touches_by_conversion.age_seconds) as age_seconds
    from conversion_paths
    inner join conversions on conversion_paths.conversion_number = conversions.conversion_number
    inner join touches_by_conversion
        on conversion_paths.conversion_number = touches_by_conversion.conversion_number
    group by conversion_paths.conversion_kind, conversion_paths.path

),

final as (

    select
        -- text
        path_outcomes.conversion_kind,
        path_outcomes.path,

        -- numbers
        cast(path_outcomes.conversion_count as bigint) as conversion_count,
        cast(path_outcomes.unconverted_count as bigint) as unconverted_count,
        {{ ratio(
            'path_outcomes.conversion_count',
            'path_outcomes.conversion_count + path_outcomes.unconverted_count',
            4
        ) }} as conversion_rate,
        cast(coalesce(taken.revenue, 0) as decimal(18, 2)) as revenue,
        cast(taken.step_count as bigint) as step_count,
        {{ ratio('taken.touch_count', 'taken.conversion_count', 2) }} as average_touch_count,
        {{ ratio('taken.age_seconds', '86400 * taken.conversion_count', 2) }}
            as average_days_to_convert

    from path_outcomes
    left join taken
        on path_outcomes.conversion_kind = taken.conversion_kind
        and path_outcomes.path = taken.path

)

select * from final
