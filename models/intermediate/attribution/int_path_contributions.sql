with

path_outcomes as (

    select * from {{ ref('int_path_outcomes') }}

),

touches as (

    select * from {{ ref('int_conversion_touches') }}
    where channel is distinct from previous_channel

),

-- the channels of a path, from one conversion that took it, and where each begins in its text
steps as (

    select
        path_outcomes.example_conversion_number,
        path_outcomes.conversion_kind,
        path_outcomes.path,
        path_outcomes.conversion_probability,
        touches.run_number,
        length(touches.channel) as channel_length,
        coalesce(
            sum(length(touches.channel) + 3) over (
                partition by path_outcomes.example_conversion_number
                order by touches.run_number
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as offset_length
    from path_outcomes
    inner join touches
        on path_outcomes.example_conversion_number = touches.conversion_number

),

without_step as (

    select
        example_conversion_number,
        conversion_kind,
        conversion_probability,
        run_number,
        case
            when offset_length + channel_length < length(path)
                then
                    substr(path, 1, cast(offset_length as integer))
                    || substr(path, cast(offset_length + channel_length + 4 as integer))
            else substr(path, 1, cast(offset_length - 3 as integer))
        end as path_without
    from steps

),

contributions as (

    select
        without_step.example_conversion_number,
        without_step.run_number,
        greatest(
            without_step.conversion_probability
            - coalesce(path_outcomes.conversion_probability, 0),
            0
        ) as contribution
    from without_step
    left join path_outcomes
        on without_step.conversion_kind = path_outcomes.conversion_kind
        and without_step.path_without = path_outcomes.path

)

select * from contributions
