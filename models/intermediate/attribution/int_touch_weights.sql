with

touches as (

    select * from {{ ref('int_conversion_touches') }}

),

conversion_paths as (

    select * from {{ ref('int_conversion_paths') }}

),

path_outcomes as (

    select * from {{ ref('int_path_outcomes') }}

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
                ) as {{ model }}_{{ share }},
            {% endfor -%}
        {% endfor -%}
        max(half_life_days) filter (where attribution_model = 'time_decay') as half_life_days
    from attribution_models

),

measured as (

    select
        conversion_number,
        count(*) as touch_count,
        min(age_seconds) as least_age_seconds,
        max(touch_position) filter (where is_before_lead) as lead_position,
        max(touch_position) filter (where not is_direct) as last_non_direct_position
    from touches
    group by conversion_number

),

conversions as (

    select
        measured.conversion_number,
        measured.touch_count,
        measured.least_age_seconds,
        measured.lead_position,
        coalesce(measured.last_non_direct_position, measured.touch_count)
            as last_non_direct_position,
        path_outcomes.example_conversion_number
    from measured
    inner join conversion_paths
        on measured.conversion_number = conversion_paths.conversion_number
    inner join path_outcomes
        on conversion_paths.conversion_kind = path_outcomes.conversion_kind
        and conversion_paths.path = path_outcomes.path

),

touches_by_channel as (

    select
        conversion_number,
        channel,
        count(*) as touch_count
    from touches
    group by conversion_number, channel

),

touches_by_run as (

    select
        conversion_number,
        run_number,
        count(*) as touch_count
    from touches
    group by conversion_number, run_number

),

described as (

    select
        touches.conversion_number,
        touches.touch_number,
        touches.channel,
        touches.touch_position,
        conversions.touch_count,
        conversions.touch_count - case when conversions.touch_count > 1 then 2 else 1 end
            as between_count,
        cast(touches.age_seconds - conversions.least_age_seconds as double) / 86400
            as days_before_last,
        removals.removal_effect,
        contributions.contribution / touches_by_run.touch_count as contribution,
        cast(1 as double) / touches_by_channel.touch_count as channel_share,
        touches.touch_position = 1 as is_first,
        touches.touch_position = conversions.touch_count as is_last,
        coalesce(
            touches.touch_position = conversions.lead_position, false
        ) as is_lead,
        coalesce(
            conversions.lead_position between 2 and conversions.touch_count - 1, false
        ) as has_lead_between,
        touches.touch_position = conversions.last_non_direct_position as is_last_non_direct
    from touches
    inner join conversions on touches.conversion_number = conversions.conversion_number
    inner join touches_by_channel
        on touches.conversion_number = touches_by_channel.conversion_number
        and touches.channel = touches_by_channel.channel
    inner join touches_by_run
        on touches.conversion_number = touches_by_run.conversion_number
        and touches.run_number = touches_by_run.run_number
    inner join removals
        on touches.conversion_kind = removals.conversion_kind
        and touches.channel = removals.channel
    inner join contributions
        on conversions.example_conversion_number = contributions.example_conversion_number
        and touches.run_number = contributions.run_number

),

-- whole numbers: their sums are the same in any order
weights as (

    select
        described.conversion_number,
        described.touch_number,
        described.channel,
        described.touch_position,
        described.is_last,
        {% for model in ['first_touch', 'last_touch', 'position_based', 'w_shaped'] -%}
            round(1e9 * ({{ position_share(model) }})) as {{ model }}_weight,
        {% endfor -%}
        case when described.is_last_non_direct then 1e0 else 0e0 end as last_non_direct_weight,
        1e0 as linear_weight,
        round(1e9 * power(0.5e0, described.days_before_last / parameters.half_life_days))
            as time_decay_weight,
        round(1e9 * described.removal_effect) as markov_weight,
        round(1e9 * described.channel_share) as shapley_weight,
        round(1e9 * described.contribution) as fractribution_weight
    from described
    cross join parameters

)

select * from weights
