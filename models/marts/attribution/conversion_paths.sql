with

journeys as (

    select * from {{ ref('int_journeys') }}

),

sequenced as (

    select * from {{ ref('int_journeys_sequenced') }}
    where is_converted

),

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

sequences as (

    select * from {{ ref('int_sequence_paths') }}
    where is_converted

),

path_outcomes as (

    select * from {{ ref('int_path_outcomes') }}

),

taken as (

    select
        sequences.conversion_kind,
        sequences.path,
        count(*) as conversion_count,
        sum(conversions.revenue) as revenue,
        max(sequences.step_count) as step_count,
        sum(journeys.touch_count) as touch_count,
        sum(
            {{ dbt.datediff('journeys.first_touch_at', 'conversions.converted_at', 'second') }}
        ) as age_seconds
    from journeys
    inner join conversions on journeys.conversion_number = conversions.conversion_number
    inner join sequenced on journeys.conversion_number = sequenced.journey_number
    inner join sequences on sequenced.sequence_number = sequences.sequence_number
    group by sequences.conversion_kind, sequences.path

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
