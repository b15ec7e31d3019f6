with

path_outcomes as (

    select * from {{ ref('int_path_outcomes') }}

),

touches as (

    select * from {{ ref('int_sequence_touches') }}
    where is_converted and is_run_start

),

channels as (

    select * from {{ ref('int_attribution_channels') }}

),

-- the channels of a path, from one sequence that makes it, and where each begins in its text
steps as (

    select
        path_outcomes.conversion_kind,
        path_outcomes.path,
        path_outcomes.conversion_probability,
        touches.run_number,
        length(channels.channel) as channel_length,
        coalesce(
            sum(length(channels.channel) + 3) over (
                partition by path_outcomes.example_sequence_number
                order by touches.run_number
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as offset_length
    from path_outcomes
    inner join touches on path_outcomes.example_sequence_number = touches.sequence_number
    inner join channels on touches.channel_number = channels.channel_number

),

without_step as (

    select
        conversion_kind,
        path,
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
        without_step.conversion_kind,
        without_step.path,
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
    {% if 'fractribution' not in attribution_model_names() -%}
        where false
    {%- endif %}

)

select * from contributions
