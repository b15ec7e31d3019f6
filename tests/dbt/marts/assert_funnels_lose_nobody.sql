-- on each day, by each channel and device: who reached a step went on or dropped out, who went on
-- is who reached the next step, and at the last step nobody drops out
with

funnel_steps as (

    select * from {{ ref('funnel_steps') }}

),

last_steps as (

    select
        funnel,
        max(step_number) as last_step_number
    from {{ ref('funnels') }}
    group by funnel

),

followed as (

    select
        steps.funnel,
        steps.step_number,
        steps.channel,
        steps.device_type,
        steps.funnel_date,
        steps.reached_count,
        steps.went_on_count,
        steps.dropped_count,
        steps.skipped_count,
        steps.step_number = last_steps.last_step_number as is_last,
        coalesce(next_steps.reached_count, 0) as next_reached_count
    from funnel_steps as steps
    inner join last_steps on steps.funnel = last_steps.funnel
    left join funnel_steps as next_steps
        on steps.funnel = next_steps.funnel
        and steps.step_number + 1 = next_steps.step_number
        and steps.channel = next_steps.channel
        and steps.device_type = next_steps.device_type
        and steps.funnel_date = next_steps.funnel_date

),

orphans as (

    select steps.*
    from funnel_steps as steps
    left join funnel_steps as steps_before
        on steps.funnel = steps_before.funnel
        and steps.step_number - 1 = steps_before.step_number
        and steps.channel = steps_before.channel
        and steps.device_type = steps_before.device_type
        and steps.funnel_date = steps_before.funnel_date
    where steps.step_number > 1 and steps_before.funnel is null

),

wrong as (

    select
        funnel,
        step_number,
        channel,
        device_type,
        funnel_date,
        reached_count,
        went_on_count,
        dropped_count
    from followed
    where
        went_on_count + dropped_count <> reached_count
        or went_on_count <> case when is_last then reached_count else next_reached_count end
        or skipped_count > reached_count

    union all

    select
        funnel,
        step_number,
        channel,
        device_type,
        funnel_date,
        reached_count,
        went_on_count,
        dropped_count
    from orphans

)

select * from wrong
