with

conversion_touches as (

    select * from {{ ref('int_conversion_touches') }}

),

unconverted_touches as (

    select * from {{ ref('int_unconverted_touches') }}

),

channels as (

    select * from {{ ref('int_attribution_channels') }}

),

kinds as (

    select * from {{ ref('int_conversion_kinds_numbered') }}

),

-- one pass counts each step; those without a previous one are the starts
step_counts as (

    select
        kind_number,
        channel_number,
        next_channel_number,
        '(conversion)' as end_state,
        previous_channel_number is null as is_start,
        count(*) as step_count
    from conversion_touches
    group by
        kind_number, channel_number, next_channel_number, previous_channel_number is null

    union all

    select
        kind_number,
        channel_number,
        next_channel_number,
        '(null)' as end_state,
        previous_channel_number is null as is_start,
        count(*) as step_count
    from unconverted_touches
    group by
        kind_number, channel_number, next_channel_number, previous_channel_number is null

),

named as (

    select
        kinds.conversion_kind,
        channels.channel as state,
        coalesce(next_channels.channel, step_counts.end_state) as next_state,
        step_counts.is_start,
        step_counts.step_count
    from step_counts
    inner join kinds on step_counts.kind_number = kinds.kind_number
    inner join channels on step_counts.channel_number = channels.channel_number
    left join channels as next_channels
        on step_counts.next_channel_number = next_channels.channel_number

),

counted as (

    select
        conversion_kind,
        state,
        next_state,
        sum(step_count) as transition_count
    from named
    group by conversion_kind, state, next_state

    union all

    select
        conversion_kind,
        '(start)' as state,
        state as next_state,
        sum(step_count) as transition_count
    from named
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
