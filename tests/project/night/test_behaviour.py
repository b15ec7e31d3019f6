"""What customer_360 says of customers' behaviour, measured against the truth of the demo world."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.project.night.nights import BUILT, Told, add_truth

# What happened and when is the truth's; whose record it is, our identity's. Some reports do not
# tell when an event began, then the order of the ticket stands for it.
CONTACTS = """
create temp table contacts as
with contacts as (
    select 'order_id:' || order_id as record, 'buy' as kind, ordered_at as occurred_at
    from truth.orders
    where not is_cancelled and not is_test and not is_credit_note and has_goods
    union all
    select 'respondent_id:' || response_id, 'answer', answered_at from truth.survey_responses
    union all
    select ours.source_record_id, 'attend',
        if(ours.event_started_at is null, tickets.registered_at, tickets.event_started_at)
    from truth.attendances as tickets
    inner join intermediate.int_event_attendances_unioned as ours using (attendance_id)
    where tickets.is_attended
    union all
    select ours.source_record_id, 'chat', chats.started_at
    from truth.conversations as chats
    inner join intermediate.int_conversations_unioned as ours using (conversation_id)
    where chats.started_by = 'customer' or ours.customer_message_count is distinct from 0
)
select customer_id, kind, occurred_at
from contacts inner join intermediate.int_customers_identified on identifier_key = record
union all
select customer_id, 'visit', occurred_at
from truth.visits inner join marts.sessions
    on sessions.anonymous_id = visits.anonymous_id
    and sessions.started_at = date_trunc('millisecond', visits.occurred_at)
"""

# Customers are one person's, so what they did together is what the person did
PEOPLE = """
create temp table people as
select distinct person_no, customer_id
from truth.identifiers
inner join intermediate.int_customers_identified
    on identifier_key = identifier_type || ':' || identifier
where identifier_type in ('chat_contact_id', 'attendee_id') and not is_shared
"""

CATEGORIES = """
with bought as (
    select customer_id, category, max(cast(ordered_at as date)) as last_date
    from truth.order_lines
    inner join truth.orders as sold using (order_id)
    inner join intermediate.int_customers_identified on identifier_key = 'order_id:' || order_id
    where category is not null and category <> 'Gift Cards' and quantity > 0
        and not is_cancelled and not is_test and not is_credit_note
    group by all
)
select customer_id, map(
    list(category order by category), list(last_date order by category)
)
from bought group by customer_id order by customer_id
"""


@pytest.fixture(scope="module")
def both(world: Path, published: Told) -> Iterator[duckdb.DuckDBPyConnection]:
    """The built warehouse, and the truth as a database of views beside it."""
    with duckdb.connect() as connection:
        add_truth(connection, world)
        connection.execute(f"attach '{published.root / BUILT}' as built (read_only)")
        connection.execute("use built")
        connection.execute(CONTACTS)
        connection.execute(PEOPLE)
        yield connection


def answer(both: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return both.execute(query).fetchall()


def test_customers_are_acquired_by_their_first_true_contact(
    both: duckdb.DuckDBPyConnection,
) -> None:
    firsts = answer(
        both,
        "select customer_id, arg_min(kind, (occurred_at, kind)), cast(min(occurred_at) as date) "
        "from contacts group by 1 order by 1",
    )

    found = answer(
        both,
        "select customer_id, acquisition_touch_kind, acquisition_date from marts.customer_360 "
        "where acquisition_date is not null order by 1",
    )

    right = set(found) & set(firsts)
    assert len(right) >= 0.99 * len(found)
    assert len(right) >= 0.99 * len(firsts)
    assert {kind for _, kind, _ in right} == {"visit", "buy", "attend", "chat", "answer"}


def test_each_person_chatted_and_complained_as_often_as_they_did(
    both: duckdb.DuckDBPyConnection,
) -> None:
    """A greeting of which nobody knows whether it was answered is counted too."""
    differing = answer(
        both,
        """
        with told as (
            select person_no, count(*) as chat_count,
                count(*) filter (started_by = 'customer' or customer_message_count > 0)
                    as answered_count,
                count(*) filter (is_complaint) as complaint_count
            from truth.conversations group by 1
        ),
        ours as (
            select person_no, sum(conversation_count) as chat_count,
                sum(complaint_conversation_count) as complaint_count
            from people inner join marts.customer_360 using (customer_id)
            group by 1
        )
        select * from told left join ours using (person_no)
        where ours.chat_count is null
            or ours.chat_count not between told.answered_count and told.chat_count
            or ours.complaint_count <> told.complaint_count
        """,
    )
    known = answer(both, "select count(distinct person_no) from truth.conversations")
    complaints = "select sum(complaint_conversation_count) from marts.customer_360"

    assert differing == []
    assert known[0][0] > 20
    assert answer(both, complaints)[0][0] > 0


def test_each_person_came_to_the_events_they_came_to(both: duckdb.DuckDBPyConnection) -> None:
    came = answer(
        both,
        "select person_no, count(distinct event_name) from truth.attendances "
        "where is_attended group by 1 order by 1",
    )

    found = answer(
        both,
        "select person_no, cast(sum(attended_event_count) as bigint) as event_count from people "
        "inner join marts.customer_360 using (customer_id) group by 1 having event_count > 0 "
        "order by 1",
    )

    assert len(set(found) & set(came)) >= 0.97 * max(len(found), len(came))
    assert len(came) > 10


def test_each_category_was_last_bought_when_it_truly_was(
    both: duckdb.DuckDBPyConnection,
) -> None:
    found = answer(
        both,
        "select customer_id, bought_category_dates from marts.customer_360 "
        "where bought_categories is not null order by 1",
    )

    assert found == answer(both, CATEGORIES)
    assert len(found) > 50


def test_whoever_filled_a_cart_in_this_world_bought_it(both: duckdb.DuckDBPyConnection) -> None:
    carts = "select count(last_cart_at), count(abandoned_cart_at) from marts.customer_360"

    filled, abandoned = answer(both, carts)[0]

    assert filled > 50
    assert abandoned == 0
