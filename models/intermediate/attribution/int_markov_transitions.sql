with

conversion_touches as (

    select * from {{ ref('int_conversion_touches') }}

),

unconverted_touches as (

    select * from {{ ref('int_unconverted_touches') }}

),

steps as (

    select
        conversion_kind,
        previous_channel,
        channel,
        coalesce(next_channel, '(conversion)') as next_state
    from conversion_touches

    union all

    select
        conversion_kind,
        previous_channel,
        channel,
        coalesce(next_channel, '(null)') as next_state
    from unconverted_touches

),

-- one pass counts each step; those without a previous one are the starts
step_counts as (

    select
        conversion_kind,
        channel as state,
        next_state,
        previous_channel is null as is_start,
        count(*) as step_count
    from steps
    group by conversion_kind, channel, next_state, previous_channel is null

),

counted as (

    select
        conversion_kind,
        state,
        next_state,
        sum(step_count) as transition_count
    from step_counts
    group by conversion_kind, state, next_state

    union all

    select
        conversion_kind,
        '(start)' as state,
        state as next_state,
        sum(step_count) as transition_count
    from step_counts
    where is_start
    group by conversion_kind, state

),

transitions as (

    select
        conversion_kind,
        state,
        next_state,
        cast(transition_count as bigint) as transition_count,
        cast(transition_count as double)
        / cast(sum(transition_count) over (partition by conversion_kind, state) as double)
            as probability
    from counted

)

select * from transitions
