"""The marts of journeys and growth say what plain Python says of the same night, and the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from tests.project.night.nights import BUILT, Told, rows, truth

SHOPPING = ("session", "view_item", "add_to_cart", "begin_checkout", "order")
Moments = dict[str, datetime]


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
        "select count(distinct visit_id) from orders where not is_cancelled and not is_test",
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
