-- a funnel that begins with the visit begins with all visits of the channel, device and day, one
-- that begins with the first contact with all known customers who have a day; and one that ends
-- with the order of a visit ends with all visits that have one
with

funnel_steps as (

    select * from {{ ref('funnel_steps') }}

),

funnels as (

    select * from {{ ref('funnels') }}
    where occurrence_number = 1

),

last_steps as (

    select
        funnel,
        max(step_number) as last_step_number
    from {{ ref('funnels') }}
    group by funnel

),

sessions as (

    select * from {{ ref('sessions') }}

),

customers as (

    select * from {{ ref('customer_360') }}
    where is_known and first_seen_at is not null

),

expected as (

    select
        funnels.funnel,
        funnels.step_number,
        sessions.channel,
        coalesce(sessions.device_type, 'unknown') as device_type,
        sessions.session_date as funnel_date
    from funnels
    inner join last_steps on funnels.funnel = last_steps.funnel
    inner join sessions
        on (funnels.step_number = 1 and funnels.event_kind = 'session')
        or (
            funnels.step_number = last_steps.last_step_number
            and funnels.event_kind = 'order'
            and sessions.order_count > 0
        )
    where funnels.counted_per = 'session'

    union all

    select
        funnels.funnel,
        funnels.step_number,
        coalesce(customers.acquisition_channel, 'unknown') as channel,
        null as device_type,
        {{ business_date('customers.first_seen_at') }} as funnel_date
    from funnels
    cross join customers
    where funnels.step_number = 1 and funnels.event_kind = 'first_contact'

),

checked_steps as (

    select distinct
        funnel,
        step_number
    from expected

),

compared as (

    select
        funnel,
        step_number,
        channel,
        device_type,
        funnel_date,
        1 as expected_count,
        0 as reached_count
    from expected

    union all

    select
        funnel_steps.funnel,
        funnel_steps.step_number,
        funnel_steps.channel,
        case when funnel_steps.counted_per = 'session' then funnel_steps.device_type end
            as device_type,
        funnel_steps.funnel_date,
        0 as expected_count,
        funnel_steps.reached_count
    from funnel_steps
    inner join checked_steps
        on funnel_steps.funnel = checked_steps.funnel
        and funnel_steps.step_number = checked_steps.step_number

)

select
    funnel,
    step_number,
    channel,
    device_type,
    funnel_date,
    sum(expected_count) as expected_count,
    sum(reached_count) as reached_count
from compared
group by funnel, step_number, channel, device_type, funnel_date
having sum(expected_count) <> sum(reached_count)
