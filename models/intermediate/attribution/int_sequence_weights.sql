{%- set chosen = attribution_model_names() | select('in', ['shapley', 'fractribution']) | list -%}
with

touches as (

    select * from {{ ref('int_sequence_touches') }}
    where is_converted {%- if not chosen %} and false {%- endif %}

),

sequences as (

    select * from {{ ref('int_sequence_paths') }}
    where is_converted

),

contributions as (

    select * from {{ ref('int_path_contributions') }}

),

touches_by_channel as (

    select
        sequence_number,
        channel_number,
        count(*) as touch_count
    from touches
    group by sequence_number, channel_number

),

touches_by_run as (

    select
        sequence_number,
        run_number,
        count(*) as touch_count
    from touches
    group by sequence_number, run_number

),

-- whole numbers: their sums are the same in any order
weights as (

    select
        touches.sequence_number,
        touches.touch_position,
        round(1e9 * (cast(1 as double) / touches_by_channel.touch_count)) as shapley_weight,
        round(1e9 * (coalesce(contributions.contribution, 0) / touches_by_run.touch_count))
            as fractribution_weight
    from touches
    inner join sequences on touches.sequence_number = sequences.sequence_number
    inner join touches_by_channel
        on touches.sequence_number = touches_by_channel.sequence_number
        and touches.channel_number = touches_by_channel.channel_number
    inner join touches_by_run
        on touches.sequence_number = touches_by_run.sequence_number
        and touches.run_number = touches_by_run.run_number
    left join contributions
        on sequences.conversion_kind = contributions.conversion_kind
        and sequences.path = contributions.path
        and touches.run_number = contributions.run_number

)

select * from weights
