with

steps_passed as (

    select * from {{ ref('int_funnel_steps_passed') }}

),

units as (

    select * from {{ ref('int_funnel_units_listed') }}

),

funnels as (

    select * from {{ ref('funnels') }}

),

last_steps as (

    select
        funnel,
        max(step_number) as last_step_number
    from funnels
    group by funnel

),

-- at the last step there is nowhere to go on to: who is there has come through
described as (

    select
        steps_passed.funnel,
        funnels.counted_per,
        steps_passed.step_number,
        funnels.step_name,
        units.channel,
        units.device_type,
        steps_passed.next_passed_at is not null
        or steps_passed.step_number = last_steps.last_step_number as has_gone_on,
        steps_passed.is_skipped,
        units.funnel_date,
        case
            when not steps_passed.is_skipped
                then {{ dbt.datediff(
                    'steps_passed.passed_at', 'steps_passed.next_passed_at', 'second'
                ) }}
        end as seconds_to_next
    from steps_passed
    inner join units
        on steps_passed.counted_per = units.counted_per
        and steps_passed.unit_id = units.unit_id
    inner join funnels
        on steps_passed.funnel = funnels.funnel
        and steps_passed.step_number = funnels.step_number
    inner join last_steps on steps_passed.funnel = last_steps.funnel

),

counted as (

    select
        funnel,
        counted_per,
        step_number,
        step_name,
        channel,
        device_type,
        funnel_date,
        count(*) as reached_count,
        count(*) filter (where has_gone_on) as went_on_count,
        count(*) filter (where not has_gone_on) as dropped_count,
        count(*) filter (where is_skipped) as skipped_count,
        cast(median(seconds_to_next) as decimal(18, 1)) as median_seconds_to_next
    from described
    group by funnel, counted_per, step_number, step_name, channel, device_type, funnel_date

),

final as (

    select
        -- text
        funnel,
        counted_per,
        step_name,
        channel,
        device_type,

        -- numbers
        step_number,
        reached_count,
        went_on_count,
        dropped_count,
        skipped_count,
        {{ ratio('went_on_count', 'reached_count', 4) }} as went_on_rate,
        median_seconds_to_next,

        -- dates
        funnel_date

    from counted

)

select * from final
