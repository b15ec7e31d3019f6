"""Who comes to the shop, when, through which channel and ad, and which visits end in an order."""

from __future__ import annotations

from pipelines.demo.world import World

EVENTS_PER_VISIT = 3.5  # planned visits times this make about the events asked for

PLANNED = """
create table planned_visits as
with counted as (
    select
        *,
        if(
            is_known,
            cast(floor(
                activity * getvariable('events_per_customer') / $events_per_visit
                + chance('visits', person_no, 0)
            ) as integer),
            1 + dice('visits', person_no, 0, 2)
        ) as planned_count
    from people
),
numbered as (
    select * exclude (planned_count), unnest(range(planned_count)) as nth
    from counted where planned_count > 0
),
drawn as (
    select
        *,
        dice('day', person_no, nth, (select count(*) from day_slots)) as day_slot
    from numbered
)
select
    numbered.person_no * 1000 + numbered.nth as visit_id,
    numbered.person_no,
    numbered.home_no,
    numbered.is_known,
    numbered.market,
    numbered.propensity,
    numbered.is_subscribed,
    numbered.is_lead,
    dice('device', numbered.person_no, numbered.nth, numbered.device_count) as device_no,
    day_slots.day_no,
    cast(day_slots.day as timestamp) + to_seconds(
        21600 + dice('hour', numbered.person_no, numbered.nth, 36000)
        + dice('minute', numbered.person_no, numbered.nth, 28000)
    ) + to_milliseconds(dice('millisecond', numbered.person_no, numbered.nth, 1000)) as occurred_at
from drawn as numbered
inner join day_slots on day_slots.slot = numbered.day_slot
where day_slots.day_no >= numbered.first_day_no
  and day_slots.day_no < numbered.first_day_no + numbered.active_days;
"""

VISITS = """
create table visits as
with ranked as (
    select
        *,
        row_number() over (partition by person_no order by occurred_at, visit_id) as visit_rank
    from planned_visits
    where occurred_at < getvariable('world_end') - interval 1 hour
),
drawn as (
    select ranked.*, channel_slots.channel as drawn_channel
    from ranked
    inner join channel_slots
        on channel_slots.stage = if(ranked.visit_rank = 1, 'new', 'known')
        and channel_slots.slot = dice('channel', ranked.visit_id, 0, 1000)
),
settled as (
    select
        * exclude (drawn_channel),
        if(
            drawn_channel = 'email' and not (is_subscribed or is_lead), 'direct', drawn_channel
        ) as channel,
        if(
            is_subscribed and (not is_lead or happens('tool', visit_id, 0, 700)),
            'klaviyo', 'marketo'
        ) as tool,
        -- in some households two people use the first one's browser
        if(
            is_known and device_no = 0 and happens('one browser', home_no, 0, 800),
            home_no, person_no
        ) as wished_owner_no
    from drawn
),
-- they take turns: whoever finds it in use goes to a browser of their own
seated as (
    select
        *,
        if(
            least(
                occurred_at - lag(occurred_at) over same_browser,
                lead(occurred_at) over same_browser - occurred_at
            ) < interval 1 hour, person_no, wished_owner_no
        ) as owner_no
    from settled
    window same_browser as (
        partition by wished_owner_no, device_no order by occurred_at, visit_id
    )
)
select
    seated.visit_id,
    seated.person_no,
    seated.is_known,
    seated.propensity,
    seated.day_no,
    seated.occurred_at,
    seated.visit_rank,
    seated.channel,
    seated.owner_no,
    seated.device_no,
    -- some browsers forget their cookie half-way
    if(
        happens('forgets', seated.owner_no, seated.device_no, 200)
        and seated.day_no > getvariable('days') * 3 // 4, 1, 0
    ) as cookie_no,
    -- nobody is signed in at a new cookie, and the site's second tracker brings new ones too
    lag(seated.person_no) over (
        partition by seated.owner_no, seated.device_no, seated.day_no < getvariable('days') // 2,
            happens('forgets', seated.owner_no, seated.device_no, 200)
            and seated.day_no > getvariable('days') * 3 // 4
        order by seated.occurred_at, seated.visit_id
    ) is distinct from seated.person_no
    and count(distinct seated.person_no) over (
        partition by seated.owner_no, seated.device_no
    ) > 1 as is_turn,
    unit_slots.unit_no,
    if(seated.channel = 'email', mailings.mailing_no, null) as mailing_no,
    sum(channels.effect_ppm) over (
        partition by seated.person_no order by seated.occurred_at
        range between to_days(getvariable('effect_days')) preceding and current row
    ) as contact_ppm
from seated
inner join channels on channels.name = seated.channel
asof left join mailings
    on mailings.tool = seated.tool and mailings.sent_at <= seated.occurred_at
left join (select distinct channel, market, slot_count from unit_slots) as counts
    on counts.channel = seated.channel and counts.market = seated.market
left join unit_slots
    on unit_slots.channel = seated.channel
    and unit_slots.market = seated.market
    and unit_slots.slot = dice('ad', seated.visit_id, 0, coalesce(counts.slot_count, 1));

-- The one place where an order begins: the person's readiness times the base and the contacts
create table visit_outcomes as
select
    *,
    is_known and happens('order', visit_id, 0, cast(
        least(600, floor(propensity * (getvariable('base_ppm') + contact_ppm) / 1000)) as integer
    )) as has_order
from visits;

-- Each order's true causes: the contacts that raised its chance, and the base
create table order_causes as
with contacts as (
    select
        buying.visit_id as order_visit_id,
        touching.visit_id,
        touching.channel,
        channels.effect_ppm,
        buying.contact_ppm + getvariable('base_ppm') as total_ppm
    from visit_outcomes as buying
    inner join visits as touching
        on touching.person_no = buying.person_no
        and touching.occurred_at <= buying.occurred_at
        and touching.occurred_at >= buying.occurred_at - to_days(getvariable('effect_days'))
    inner join channels on channels.name = touching.channel
    where buying.has_order
)
select order_visit_id, visit_id, channel, effect_ppm / total_ppm as share
from contacts where effect_ppm > 0
union all
select visit_id, null, 'base',
    getvariable('base_ppm') / (contact_ppm + getvariable('base_ppm'))
from visit_outcomes where has_order;
"""


def make_visits(world: World) -> None:
    """Tables visits, visit_outcomes and order_causes."""
    planned = PLANNED.replace("$events_per_visit", str(EVENTS_PER_VISIT))
    world.run(planned, VISITS)
