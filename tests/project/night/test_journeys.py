"""The marts of journeys and growth say what plain Python says of the same night, and the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.project.night.nights import BUILT, Told, rows, truth

SHOPPING = ("session", "view_item", "add_to_cart", "begin_checkout", "order")
Moments = dict[str, datetime]
Cohort = tuple[str, int]  # channel, month
Purchase = tuple[int, Decimal, Decimal | None, bool]  # month, net revenue, margin, given back
Row = tuple[Any, ...]
Contact = tuple[str, datetime]  # station, moment


def built(told: Told, query: str) -> list[tuple[Any, ...]]:
    return rows(told.root / BUILT, query)


# Funnels


def first_moments(told: Told) -> dict[str, Moments]:
    """By visit, when each kind of event first happened in it."""
    found: dict[str, Moments] = defaultdict(dict)
    events = built(
        told,
        "select session_id, 'session', started_at from marts.sessions union all "
        "select session_id, event_kind, occurred_at from intermediate.int_web_events_sessionized "
        "where session_id in (select session_id from marts.sessions) union all "
        "select session_id, 'order', told_at from intermediate.int_session_orders_matched "
        "inner join marts.orders using (order_id) where is_counted",
    )
    for session_id, kind, moment in events:
        found[session_id][kind] = min(moment, found[session_id].get(kind, moment))
    return found


def passed(moments: Moments) -> list[datetime]:
    """When a visit passed each step as far as it came: no later than a step after it."""
    taken = [n for n, kind in enumerate(SHOPPING) if kind in moments]
    return [
        min(moments[kind] for kind in SHOPPING[step:] if kind in moments)
        for step in range(max(taken) + 1)
    ]


def test_the_shopping_funnel_is_what_each_visit_did(published: Told) -> None:
    reached: Counter[int] = Counter()
    skipped: Counter[int] = Counter()
    for moments in first_moments(published).values():
        for step, moment in enumerate(passed(moments)):
            reached[step + 1] += 1
            skipped[step + 1] += moments.get(SHOPPING[step]) != moment

    found = built(
        published,
        "select step_number, cast(sum(reached_count) as bigint), "
        "cast(sum(skipped_count) as bigint) from marts.funnel_steps "
        "where funnel = 'shopping' group by 1 order by 1",
    )

    assert found == [(step, reached[step], skipped[step]) for step in sorted(reached)]
    assert len(found) == len(SHOPPING)


def test_the_time_from_visit_to_view_is_the_median_of_the_visits(published: Told) -> None:
    moments = first_moments(published)
    visits = built(
        published, "select session_id, channel, device_type, session_date from marts.sessions"
    )
    seconds: dict[tuple[Any, ...], list[float]] = defaultdict(list)
    for session_id, *group in visits:
        times = passed(moments[session_id])
        if len(times) > 1 and times[0] == moments[session_id]["session"]:
            whole = [time.replace(microsecond=0) for time in times]
            seconds[tuple(group)].append((whole[1] - whole[0]).total_seconds())

    found = built(
        published,
        "select channel, device_type, funnel_date, cast(median_seconds_to_next as double) "
        "from marts.funnel_steps where funnel = 'shopping' and step_number = 1 "
        "and median_seconds_to_next is not null",
    )

    assert {tuple(group): value for *group, value in found} == {
        group: median(values) for group, values in seconds.items()
    }


def test_as_many_visits_come_through_the_funnel_as_truly_ordered(
    world: Path, published: Told
) -> None:
    ordering = truth(
        world,
        "select count(distinct visit_id) from orders "
        "where not is_cancelled and not is_test and has_goods",
    )

    found = built(
        published,
        "select cast(sum(reached_count) as bigint) from marts.funnel_steps "
        "where funnel = 'shopping' and step_name = 'order'",
    )

    assert found == ordering


def test_customers_go_on_as_often_as_they_ordered(published: Told) -> None:
    orders = built(
        published,
        "select order_count from marts.customer_360 where is_known and first_seen_at is not null",
    )

    found = built(
        published,
        "select cast(sum(reached_count) as bigint) from marts.funnel_steps "
        "where funnel = 'buying' group by step_number order by step_number",
    )

    expected = [sum(count >= least for (count,) in orders) for least in range(3)]
    assert [count for (count,) in found] == expected


# Cohorts

CAMPAIGN_SPEND = """
    select channel, ad_date, spend
    from marts.ad_days inner join intermediate.int_campaigns_listed as campaigns
        on campaigns.platform = ad_days.platform and campaigns.account_id = ad_days.account_id
        and campaigns.campaign_id is not distinct from
            coalesce(ad_days.campaign_id, ad_days.campaign_name)
"""
LAST_MONTH = 2026 * 12 + 6  # of the night's as_of


def month(day: date) -> int:
    return day.year * 12 + day.month


def spend_by_cohort(told: Told) -> dict[Cohort, Decimal]:
    spent: dict[Cohort, Decimal] = defaultdict(Decimal)
    for channel, day, spend in built(told, CAMPAIGN_SPEND):
        spent[channel, month(day)] += spend
    return spent


def members_by_cohort(told: Told) -> dict[Cohort, list[list[Purchase]]]:
    """By channel and month of the first order, what each customer bought and gave back, when."""
    purchases: dict[tuple[str, str], list[Purchase]] = defaultdict(list)
    bought = built(
        told,
        "select coalesce(acquisition_channel, 'unknown'), customer_id, order_date, "
        "orders.net_revenue, margin, is_credit_note "
        "from marts.orders inner join marts.customer_360 using (customer_id) "
        "inner join intermediate.int_order_margins using (order_id) where is_counted",
    )
    for channel, customer_id, day, *earned in bought:
        purchases[channel, customer_id].append((month(day), *earned))
    members = defaultdict(list)
    for (channel, _), made in purchases.items():
        months = [when for when, _, _, is_credit_note in made if not is_credit_note]
        if months:
            members[channel, min(months)].append(made)
    return members


def lived(customers: list[list[Purchase]], cohort_month: int, spend: Decimal) -> list[Row]:
    """What the mart must say of a cohort at each age, but for its channel and month."""
    everything = [purchase for made in customers for purchase in made]
    known = [margin for *_, margin, is_note in everything if margin is not None and not is_note]
    found: list[Row] = []
    for age in range(LAST_MONTH - cohort_month + 1):
        now = cohort_month + age
        until = [p for p in everything if max(p[0], cohort_month) <= now]
        orders = [[p[0] for p in made if not p[3]] for made in customers]
        revenue = sum((p[1] for p in until), Decimal(0))
        margin = sum((p[2] for p in until if p[2] is not None), Decimal(0)) if known else None
        active = sum(now in months for months in orders)
        retained = sum(max(months) >= now for months in orders)
        found.append((age, len(customers), active, retained, revenue, margin))
    worth = [margin if known else revenue for *_, revenue, margin in found]
    paid = [age for age, value in enumerate(worth) if spend and value >= spend]
    return [(*row, min(paid, default=None)) for row in found]


def test_cohorts_are_what_their_customers_did(published: Told) -> None:
    spent = spend_by_cohort(published)
    expected = [
        (channel, cohort_month, *row)
        for (channel, cohort_month), customers in members_by_cohort(published).items()
        for row in lived(customers, cohort_month, spent[channel, cohort_month])
    ]

    found = built(
        published,
        "select channel, year(cohort_month_date) * 12 + month(cohort_month_date), age_months, "
        "customer_count, active_customer_count, retained_customer_count, "
        "cumulative_net_revenue, cumulative_margin, payback_age_months "
        "from marts.cohort_months where customer_count > 0",
    )

    assert sorted(found, key=str) == sorted(expected, key=str)
    assert any(row[-1] is not None for row in found)


def test_cohorts_cost_what_their_channels_cost(published: Told) -> None:
    found = built(
        published,
        "select channel, year(cohort_month_date) * 12 + month(cohort_month_date), "
        "acquisition_spend from marts.cohort_months where acquisition_spend > 0",
    )

    assert {tuple(key): spend for *key, spend in found} == spend_by_cohort(published)


# Touchpoints

TRUE_RESULTS = {
    "website": "select date_trunc('month', occurred_at), count(*) from visits group by 1",
    "live chat": "select date_trunc('month', started_at), count(*) from conversations "
    "where reply_count > 0 and (started_by = 'customer' or customer_message_count > 0) group by 1",
    "surveys": "select date_trunc('month', answered_at), count(*) from survey_responses group by 1",
}
SPLIT_VISITS = 2  # a month; one that two people share at a browser may be two sessions


@pytest.mark.parametrize("touchpoint", TRUE_RESULTS)
def test_a_touchpoint_achieved_what_it_truly_did(
    world: Path, published: Told, touchpoint: str
) -> None:
    true = {
        when.date() if isinstance(when, datetime) else when: count
        for when, count in truth(world, TRUE_RESULTS[touchpoint])
    }

    found = rows(
        published.root / BUILT,
        "select month_date, cast(kpi_value as bigint), target_value, attainment_rate "
        "from marts.touchpoint_kpis where touchpoint = $touchpoint",
        touchpoint=touchpoint,
    )

    assert {when for when, *_ in found} == set(true)
    for when, value, target, attainment in found:
        assert value == pytest.approx(true[when], abs=SPLIT_VISITS)
        assert float(attainment) == pytest.approx(value / float(target), abs=0.0001)


def test_paid_search_achieved_the_orders_it_is_credited_with(published: Told) -> None:
    credited: Counter[int] = Counter()
    for day, count in built(
        published,
        "select attribution_date, conversion_count from marts.attribution_channels where "
        "attribution_model = 'last_non_direct' and conversion_kind = 'order' "
        "and channel = 'Paid Search'",
    ):
        credited[day.month] += count

    found = built(
        published,
        "select month(month_date), kpi_value from marts.touchpoint_kpis "
        "where touchpoint = 'paid search'",
    )

    assert dict(found) == credited


# The journey map

NOT_BY_CUSTOMERS = ("send", "delivery", "bounce")
WINDOW = timedelta(days=30)


def journeys(told: Told) -> list[list[Contact]]:
    """By customer, what they did in turn."""
    found: dict[str, list[Contact]] = defaultdict(list)
    for customer_id, channel, kind, moment in built(
        told,
        "select customer_id, channel, touch_kind, date_trunc('second', occurred_at) "
        "from marts.touchpoints where not is_machine order by occurred_at, touchpoint_id",
    ):
        if kind not in NOT_BY_CUSTOMERS:
            found[customer_id].append(("order" if kind == "buy" else f"{channel}: {kind}", moment))
    return list(found.values())


def test_the_journey_map_is_the_sum_of_all_journeys(published: Told) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    conversions: Counter[tuple[str, str]] = Counter()
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for journey in journeys(published):
        orders = [moment for station, moment in journey if station == "order"]
        stations = ["(start)", *(station for station, _ in journey), "(end)"]
        counts.update(pairwise(stations))
        for before, (station, moment) in zip(stations, journey, strict=False):
            conversions[before, station] += any(
                timedelta(0) <= ordered - moment <= WINDOW for ordered in orders
            )
        for (before, left), (station, arrived) in pairwise(journey):
            times[before, station].append((arrived - left).total_seconds())

    found = built(
        published,
        "select from_station, to_station, transition_count, converted_count, "
        "cast(median_seconds_between as double) from marts.journey_transitions",
    )

    assert {(before, after): tuple(told) for before, after, *told in found} == {
        way: (count, conversions[way], median(times[way]) if way in times else None)
        for way, count in counts.items()
    }
