with

sequences as (

    select * from {{ ref('int_sequence_paths') }}

),

path_outcomes as (

    select
        conversion_kind,
        path,
        coalesce(sum(journey_count) filter (where is_converted), 0) as conversion_count,
        coalesce(sum(journey_count) filter (where not is_converted), 0) as unconverted_count,
        cast(coalesce(sum(journey_count) filter (where is_converted), 0) as double)
        / cast(sum(journey_count) as double) as conversion_probability,
        min(sequence_number) filter (where is_converted) as example_sequence_number
    from sequences
    group by conversion_kind, path

)

select * from path_outcomes
