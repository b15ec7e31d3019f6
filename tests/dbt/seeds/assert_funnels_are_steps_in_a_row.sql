-- a funnel's steps are numbered from 1 without a gap, all counted per the same thing, and each is
-- something that is known to happen to it
with

funnels as (

    select * from {{ ref('funnels') }}

),

web_event_kinds as (

    select * from {{ ref('web_event_kinds') }}

),

known_events as (

    select event_kind
    from web_event_kinds
    union
    select 'session' as event_kind
    union
    select 'order' as event_kind
    union
    select 'first_contact' as event_kind

),

judged as (

    select
        funnels.funnel,
        count(*) as step_count,
        min(funnels.step_number) as first_step_number,
        max(funnels.step_number) as last_step_number,
        count(distinct funnels.counted_per) as counted_per_count,
        min(funnels.occurrence_number) as least_occurrence_number,
        count(*) filter (
            where
            known_events.event_kind is null
            or (funnels.event_kind = 'first_contact' and funnels.counted_per <> 'customer')
        ) as unknown_event_count
    from funnels
    left join known_events on funnels.event_kind = known_events.event_kind
    group by funnels.funnel

)

select * from judged
where
    first_step_number <> 1
    or last_step_number <> step_count
    or counted_per_count <> 1
    or least_occurrence_number < 1
    or unknown_event_count > 0
