with

events as (

    select * from {{ ref('int_funnel_events_unioned') }}

),

units as (

    select * from {{ ref('int_funnel_units_listed') }}

),

funnels as (

    select * from {{ ref('funnels') }}

),

numbered as (

    select
        funnels.funnel,
        funnels.step_number,
        funnels.occurrence_number,
        units.counted_per,
        units.unit_id,
        events.happened_at,
        row_number() over (
            partition by funnels.funnel, funnels.step_number, units.unit_id
            order by events.happened_at, events.event_id
        ) as event_number
    from events
    inner join funnels on events.event_kind = funnels.event_kind
    inner join units
        on funnels.counted_per = units.counted_per
        and case
            when funnels.counted_per = 'session' then events.session_id
            else events.customer_id
        end = units.unit_id

),

steps_taken as (

    select * from numbered
    where event_number = occurrence_number

),

last_steps as (

    select
        funnel,
        counted_per,
        unit_id,
        max(step_number) as last_step_number
    from steps_taken
    group by funnel, counted_per, unit_id

),

steps_due as (

    select
        last_steps.funnel,
        last_steps.counted_per,
        last_steps.unit_id,
        funnels.step_number,
        steps_taken.happened_at
    from last_steps
    inner join funnels
        on last_steps.funnel = funnels.funnel
        and last_steps.last_step_number >= funnels.step_number
    left join steps_taken
        on last_steps.funnel = steps_taken.funnel
        and last_steps.unit_id = steps_taken.unit_id
        and funnels.step_number = steps_taken.step_number

),

-- whoever takes a step has passed all those before it, seen taking them or not
dated as (

    select
        *,
        min(happened_at) over (
            partition by funnel, unit_id order by step_number desc
            rows between unbounded preceding and current row
        ) as passed_at
    from steps_due

),

followed as (

    select
        funnel,
        counted_per,
        unit_id,
        step_number,
        coalesce(happened_at > passed_at, true) as is_skipped,
        passed_at,
        lead(passed_at) over (partition by funnel, unit_id order by step_number) as next_passed_at
    from dated

)

select * from followed
