-- at each station as many arrive as leave, once for each contact that a customer made there; each
-- customer with a contact starts once and ends once
with

touch_kinds as (

    select * from {{ ref('touch_kinds') }}
    where is_by_customer

),

touchpoints as (

    select touchpoints.*
    from {{ ref('touchpoints') }} as touchpoints
    inner join touch_kinds on touchpoints.touch_kind = touch_kinds.touch_kind
    where not touchpoints.is_machine

),

transitions as (

    select * from {{ ref('journey_transitions') }}

),

customers as (

    select count(distinct customer_id) as customer_count
    from touchpoints

),

flows as (

    select
        from_station as station,
        transition_count as departure_count,
        0 as arrival_count,
        0 as contact_count
    from transitions

    union all

    select
        to_station as station,
        0 as departure_count,
        transition_count as arrival_count,
        0 as contact_count
    from transitions

    union all

    select
        case touch_kind when 'buy' then 'order' else channel || ': ' || touch_kind end as station,
        0 as departure_count,
        0 as arrival_count,
        1 as contact_count
    from touchpoints

    union all

    select
        '(start)' as station,
        0 as departure_count,
        customer_count as arrival_count,
        customer_count as contact_count
    from customers

    union all

    select
        '(end)' as station,
        customer_count as departure_count,
        0 as arrival_count,
        customer_count as contact_count
    from customers

)

select
    station,
    sum(departure_count) as departure_count,
    sum(arrival_count) as arrival_count,
    sum(contact_count) as contact_count
from flows
group by station
having
    sum(departure_count) <> sum(contact_count)
    or sum(arrival_count) <> sum(contact_count)
