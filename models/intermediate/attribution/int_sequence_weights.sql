with

touches as (

    select * from {{ ref('int_sequence_touches') }}
    where is_converted

),

sequences as (

    select * from {{ ref('int_sequence_paths') }}
    where is_converted

),

channels as (

    select * from {{ ref('int_attribution_channels') }}

),

removals as (

    select * from {{ ref('int_markov_removals') }}

),

contributions as (

    select * from {{ ref('int_path_contributions') }}

),

attribution_models as (

    select * from {{ ref('attribution_models') }}

),

parameters as (

    select
        {% for model in ['first_touch', 'last_touch', 'position_based', 'w_shaped'] -%}
            {% for share in ['first_share', 'lead_share', 'last_share', 'middle_share'] -%}
                max({{ share }}) filter (
                    where attribution_model = '{{ model }}'
                ) as {{ model }}_{{ share }}
                {%- if not loop.last %},{% endif %}
            {% endfor -%}
            {%- if not loop.last %},{% endif %}
        {% endfor -%}
    from attribution_models

),

last_non_direct as (

    select
        sequence_number,
        max(touch_position) as touch_position
    from touches
    where not is_direct
    group by sequence_number

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

described as (

    select
        touches.sequence_number,
        touches.touch_position,
        sequences.touch_count,
        sequences.touch_count - case when sequences.touch_count > 1 then 2 else 1 end
            as between_count,
        removals.removal_effect,
        contributions.contribution / touches_by_run.touch_count as contribution,
        cast(1 as double) / touches_by_channel.touch_count as channel_share,
        touches.touch_position = 1 as is_first,
        touches.touch_position = sequences.touch_count as is_last,
        coalesce(touches.touch_position = sequences.lead_position, false) as is_lead,
        coalesce(sequences.lead_position between 2 and sequences.touch_count - 1, false)
            as has_lead_between,
        touches.touch_position
        = coalesce(last_non_direct.touch_position, sequences.touch_count) as is_last_non_direct
    from touches
    inner join sequences on touches.sequence_number = sequences.sequence_number
    inner join channels on touches.channel_number = channels.channel_number
    inner join touches_by_channel
        on touches.sequence_number = touches_by_channel.sequence_number
        and touches.channel_number = touches_by_channel.channel_number
    inner join touches_by_run
        on touches.sequence_number = touches_by_run.sequence_number
        and touches.run_number = touches_by_run.run_number
    inner join removals
        on touches.conversion_kind = removals.conversion_kind
        and channels.channel = removals.channel
    inner join contributions
        on sequences.conversion_kind = contributions.conversion_kind
        and sequences.path = contributions.path
        and touches.run_number = contributions.run_number
    left join last_non_direct on touches.sequence_number = last_non_direct.sequence_number

),

-- whole numbers: their sums are the same in any order
weights as (

    select
        described.sequence_number,
        described.touch_position,
        described.is_last,
        {% for model in ['first_touch', 'last_touch', 'position_based', 'w_shaped'] -%}
            round(1e9 * ({{ position_share(model) }})) as {{ model }}_weight,
        {% endfor -%}
        case when described.is_last_non_direct then 1e0 else 0e0 end as last_non_direct_weight,
        1e0 as linear_weight,
        round(1e9 * described.removal_effect) as markov_weight,
        round(1e9 * described.channel_share) as shapley_weight,
        round(1e9 * described.contribution) as fractribution_weight
    from described
    cross join parameters

)

select * from weights
