"""What the ads showed, cost and claim, per smallest unit (ad, or ad and keyword) and day.

Each figure exists twice: as it stood at the export hour of its own day, and when the day was over.
Claims are what a platform reports: orders it saw a click (or only a view) before, whoever caused
them. Google books a claim on the day of the click, so a day's conversions grow for weeks; Meta
books it on the day of the order.
"""

from __future__ import annotations

from pipelines.demo.world import World

UNIT_DAYS = """
create table unit_days as
with visited as (
    select
        unit_no,
        cast(occurred_at as date) as day,
        count(*) as visit_count,
        count(*) filter (where extract('hour' from occurred_at) < 16) as early_visit_count
    from visits where unit_no is not null
    group by unit_no, cast(occurred_at as date)
),
chances as (
    select
        ad_units.unit_no,
        ad_units.ctr_ppm,
        ad_units.cpc_cents,
        days.day,
        days.day_no,
        coalesce(visited.visit_count, 0) as visit_count,
        coalesce(visited.early_visit_count, 0) as early_visit_count,
        -- people the platform saw click whom the shop never saw: gone early, or no consent
        coalesce(visited.visit_count, 0) * 2
        + dice('lost clicks', ad_units.unit_no, days.day_no, 3) as lost_count,
        cast(
            greatest(0.25, getvariable('customers') / 2000.0) * ad_units.idle
            * (70 + dice('idle', ad_units.unit_no, days.day_no, 60))
            / (100 * count(*) over (partition by ad_units.group_no, days.day_no))
            as bigint
        ) as idle_impressions,
        ad_units.weight = 0 as is_without_visits
    from ad_units
    cross join days
    left join visited on visited.unit_no = ad_units.unit_no and visited.day = days.day
),
clicked as (
    select
        *,
        if(is_without_visits, idle_impressions * ctr_ppm // 1000000, 0) as idle_clicks
    from chances
),
counted as (
    select
        *,
        visit_count + lost_count + idle_clicks as clicks,
        early_visit_count + lost_count // 2 + idle_clicks * 62 // 100 as early_clicks,
        cpc_cents * (80 + dice('cpc', unit_no, day_no, 41)) as cpc_hundredths
    from clicked
),
shown as (
    select
        *,
        idle_impressions + if(is_without_visits, 0, clicks * 1000000 // ctr_ppm) as impressions,
        idle_impressions * 62 // 100
        + if(is_without_visits, 0, early_clicks * 1000000 // ctr_ppm) as early_impressions
    from counted
)
select
    unit_no,
    day,
    day_no,
    early_impressions,
    early_clicks,
    early_clicks * cpc_hundredths // 100 as early_spend_cents,
    -- the last day is over when the world ends
    if(day = getvariable('until'), early_impressions, impressions) as impressions,
    if(day = getvariable('until'), early_clicks, clicks) as clicks,
    if(day = getvariable('until'), early_clicks, clicks) * cpc_hundredths // 100 as spend_cents
from shown;
"""

CLAIMS = """
create table claims as
with converted as (
    select
        orders.order_no,
        orders.person_no,
        orders.ordered_at,
        orders.subtotal_cents,
        orders.currency,
        people.market
    from orders
    inner join people on people.person_no = orders.person_no
    where orders.kind = 'web' and not orders.is_test
),
clicks as (
    select
        converted.order_no,
        converted.ordered_at,
        converted.subtotal_cents,
        converted.currency,
        visits.unit_no,
        visits.visit_id,
        visits.occurred_at,
        ad_units.platform,
        ad_units.currency as account_currency
    from converted
    inner join visits
        on visits.person_no = converted.person_no
        and visits.occurred_at <= converted.ordered_at
        and visits.occurred_at > converted.ordered_at - to_days(getvariable('claim_days'))
    inner join ad_units on ad_units.unit_no = visits.unit_no
),
-- Google spreads an order over its clicks, in hundredths
google as (
    select
        unit_no, cast(occurred_at as date) as day, ordered_at as known_at,
        100 // count(*) over (partition by order_no) as hundredths,
        subtotal_cents, currency, account_currency
    from clicks where platform = 'google'
),
-- Meta takes the whole order for its last click
meta_clicks as (
    select *
    from clicks
    where platform = 'meta'
        and occurred_at > ordered_at - to_days(getvariable('claim_days_meta'))
    qualify row_number() over (partition by order_no order by occurred_at desc, visit_id desc) = 1
),
-- or for a view, of which the shop knows nothing
meta_views as (
    select
        unit_slots.unit_no, cast(converted.ordered_at as date), converted.ordered_at, 100,
        converted.subtotal_cents, converted.currency, ad_units.currency
    from converted
    inner join unit_slots
        on unit_slots.channel = 'meta_prospecting'
        and unit_slots.market = converted.market
        and unit_slots.slot = dice('view', converted.order_no, 0, unit_slots.slot_count)
    inner join ad_units on ad_units.unit_no = unit_slots.unit_no
    where happens('view', converted.order_no, 1, 80)
        and converted.order_no not in (select order_no from meta_clicks)
),
claimed as (
    select * from google
    union all
    select
        unit_no, cast(ordered_at as date), ordered_at, 100, subtotal_cents, currency,
        account_currency
    from meta_clicks
    union all
    select * from meta_views
),
euro_rates as (
    select currency, rate from rates
    union all
    select 'EUR', 10000
)
select
    claimed.unit_no,
    claimed.day,
    claimed.known_at,
    claimed.hundredths,
    claimed.subtotal_cents * claimed.hundredths * into_rate.rate // (100 * from_rate.rate)
        as value_cents
from claimed
inner join euro_rates as from_rate on from_rate.currency = claimed.currency
inner join euro_rates as into_rate on into_rate.currency = claimed.account_currency;
"""

# What the platforms show tonight; a few days' cost is credited later for invalid clicks
TONIGHT = """
create view ads_tonight as
with claimed as (
    select unit_no, day, sum(hundredths) as hundredths, sum(value_cents) as value_cents
    from claims
    where known_at <= getvariable('night')
    group by unit_no, day
)
select
    ad_units.*,
    unit_days.day,
    if(unit_days.day < cast(getvariable('night') as date), impressions, early_impressions)
        as impressions,
    if(unit_days.day < cast(getvariable('night') as date), clicks, early_clicks) as clicks,
    if(unit_days.day < cast(getvariable('night') as date), spend_cents, early_spend_cents)
    + if(
        happens('credit', unit_days.unit_no, unit_days.day_no, 100)
        and unit_days.day > cast(getvariable('night') as date) - 4
        and getvariable('night') < getvariable('world_end'),
        spend_cents // 50, 0
    ) as spend_cents,
    coalesce(claimed.hundredths, 0) as hundredths,
    coalesce(claimed.value_cents, 0) as value_cents
from unit_days
inner join ad_units on ad_units.unit_no = unit_days.unit_no
left join claimed on claimed.unit_no = unit_days.unit_no and claimed.day = unit_days.day
where unit_days.day >= getvariable('window_start')
  and unit_days.day <= cast(getvariable('night') as date);
"""


def make_ads(world: World) -> None:
    """Tables unit_days and claims, view ads_tonight."""
    world.run(UNIT_DAYS, CLAIMS, TONIGHT)
