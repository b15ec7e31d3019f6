"""A mart that collapsed, lost money or holds nonsense is not published."""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.checks.declare import Gate
from pipelines.checks.judge import judge
from pipelines.checks.mart_suites import mart_suites

MARTS = """
attach ':memory:' as customer360;
use customer360;
create schema marts;
create schema intermediate;
create schema raw_operations;
create table intermediate.int_as_of as select date '2026-03-02' as as_of_date;
create table raw_operations.runs as select 'published' as status, date '2026-03-01' as as_of;
create table marts.customer_360 as
select
    'c' || i as customer_id, 'a@example.com' as email, 40 as age, 1 as order_count,
    10.00::decimal(18, 2) as net_revenue, timestamp '2026-01-01' as first_ordered_at,
    timestamp '2026-02-01' as last_ordered_at, timestamp '2026-01-01' as first_visited_at,
    date '2026-01-01' as acquisition_date, 'Direct' as acquisition_channel,
    2 as conversation_count, 1 as complaint_conversation_count, 2 as recent_conversation_count,
    1 as registered_event_count, 1 as attended_event_count
from range(10) as numbers(i);
create table marts.orders as
select 'o' || i as order_id, 10.00::decimal(18, 2) as net_revenue, true as is_counted,
    date '2026-02-01' as order_date, 'berlin' as shop, 'paid' as payment_status,
    true as has_known_state, false as is_credit_note
from range(10) as numbers(i);
create table marts.identity_changes as
select 'd' as former_customer_id, 'c1' as customer_id, 1 as record_count,
    date '2026-03-02' as changed_on;
create table marts.customer_rfm as
select i % 5 + 1 as recency_score, 5 as frequency_score, 1 as monetary_score
from range(10) as numbers(i);
create table marts.customer_rfm_months as
select 5 as recency_score, 1 as frequency_score, 3 as monetary_score, 0 as recency_days,
    date '2026-02-28' as as_of_date;
create table marts.customer_months as
select stage as lifecycle_stage, 0 as order_count, date '2026-03-02' as as_of_date
from (values ('prospect'), ('new')) as stages(stage);
create table marts.lifecycle_transitions as
select 'prospect' as from_stage, 0.5000 as transition_rate, date '2026-03-01' as month_date
from range(2);
create table marts.rfm_segments as
select 'champions' as rfm_segment_name, 0.6000 as customer_share union all select 'lost', 0.4;
create table marts.ad_days as
select 1.5 as spend, 10 as impressions, 1 as clicks, date '2026-03-02' as ad_date;
create table marts.messages as
select 4 as event_count, 'converted' as message_state, date '2026-02-01' as sent_date,
    timestamp '2026-02-01 08:00' as sent_at, timestamp '2026-02-01 09:00' as opened_at,
    timestamp '2026-02-01 09:01' as clicked_at, timestamp '2026-02-01 09:30' as converted_at;
create table marts.sessions as
select 'Email' as channel, 60 as duration_seconds, date '2026-03-02' as session_date;
attach ':memory:' as last_night;
create table last_night.customer_360 as from range(20);
create table last_night.gone as from range(20);
create table last_night.orders as from range(0);
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(MARTS)
        yield opened


def gate(connection: duckdb.DuckDBPyConnection) -> Gate:
    return judge(connection, mart_suites(connection))


def test_plausible_marts_pass_with_every_suite(connection: duckdb.DuckDBPyConnection) -> None:
    result = gate(connection)

    assert result.problems == ()
    assert {r.suite for r in result.results} == {
        "marts",
        "size_of_customer_360",
        "size_of_orders",
        "customers",
        "revenue",
        "identity_changes",
        "rfm_scores",
        "rfm_months",
        "lifecycle",
        "rfm_segments",
        "ad_days",
        "messages",
        "sessions",
        "single_orders",
    }


BREAKS = [
    ("delete from last_night.customer_360; insert into last_night.customer_360 from range(21)", ""),
    ("insert into marts.customer_360 from marts.customer_360 limit 1", "each customer is one row"),
    ("update marts.customer_360 set order_count = -1", "nobody has fewer than no orders"),
    (
        "update marts.customer_360 set last_ordered_at = '2025-01-01'",
        "nobody's last order precedes the first",
    ),
    (
        "update marts.customer_360 set complaint_conversation_count = 3",
        "no part of chats and events exceeds the whole",
    ),
    (
        "update marts.customer_360 set attended_event_count = 2",
        "no part of chats and events exceeds the whole",
    ),
    (
        "update marts.customer_360 set acquisition_date = '2026-01-03'",
        "nobody is acquired after their first visit",
    ),
    (
        "update marts.customer_360 set acquisition_channel = null",
        "whoever ordered was acquired somehow",
    ),
    ("update marts.customer_360 set email = 'ada'", "every e-mail address has an @"),
    (
        "update marts.orders set net_revenue = 10.01 where order_id = 'o1'",
        "customers earned what the orders say",
    ),
    ("update marts.orders set order_date = '2026-03-04'", "no order lies after the day"),
    ("update marts.identity_changes set record_count = 0", "each merge and split is of a record"),
    ("update marts.identity_changes set customer_id = 'd'", "nobody is merged into or split off"),
    ("update marts.identity_changes set changed_on = '2026-03-03'", "no merge or split lies after"),
    ("update marts.customer_rfm set frequency_score = 6", "scores go from 1 to 5"),
    ("update marts.customer_rfm set monetary_score = null", "every score is there"),
    (
        "update marts.customer_rfm_months set monetary_score = 0",
        "scores of past months go from 1 to 5",
    ),
    (
        "update marts.customer_rfm_months set recency_days = -1",
        "nobody's last order lies after the month",
    ),
    (
        "update marts.customer_rfm_months set as_of_date = '2026-03-31'",
        "no month ends after the day of the marts",
    ),
    (
        "update marts.lifecycle_transitions set transition_rate = 0.6",
        "rates of leaving or keeping a stage make one",
    ),
    (
        "update marts.customer_months set order_count = -1",
        "nobody ordered less than nothing in a month",
    ),
    (
        "update marts.customer_months set as_of_date = '2026-03-04'",
        "no customer has a month after the day of the marts",
    ),
    ("update marts.rfm_segments set customer_share = 0.3", "shares add up to one"),
    ("update marts.rfm_segments set rfm_segment_name = 'lost'", "each segment is one row"),
    ("update marts.ad_days set spend = -1", "no day has negative spend"),
    ("update marts.ad_days set ad_date = '2026-03-04'", "no ad day lies after the day"),
    ("update marts.messages set event_count = 0", "something happened to each message"),
    ("update marts.messages set sent_date = '2026-03-04'", "no message lies after the day"),
    (
        "update marts.messages set converted_at = '2026-02-01 09:00'",
        "no message claims an order before its first click",
    ),
    ("update marts.sessions set session_date = '2026-03-04'", "no session lies after the day"),
]


@pytest.mark.parametrize(("broken", "problem"), BREAKS)
def test_an_implausible_mart_is_red(
    connection: duckdb.DuckDBPyConnection, broken: str, problem: str
) -> None:
    connection.execute(broken)

    problems = gate(connection).problems

    assert problems
    assert any((problem or "at least 50% of last night's rows") in told for told in problems)


def test_an_order_without_an_exchange_rate_is_red(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "insert into marts.orders by name "
        "select 'o11' as order_id, true as is_counted, date '2026-02-01' as order_date"
    )

    assert "every order's day has an exchange rate (found: 1)" in gate(connection).problems[0]


def test_one_segment_for_nearly_everybody_is_a_warning(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute(
        "update marts.rfm_segments set customer_share = "
        "case rfm_segment_name when 'lost' then 0.95 else 0.05 end"
    )

    result = gate(connection)

    assert result.passed
    assert "no segment holds over 90%" in result.warnings[0]


def test_a_customer_of_a_hundred_and_twenty_years_is_a_warning(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("update marts.customer_360 set age = 120 where customer_id = 'c1'")

    result = gate(connection)

    assert result.passed
    assert "nobody is older than 115" in result.warnings[0]


def test_a_night_that_merges_many_customers_is_a_warning(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("insert into marts.identity_changes values ('e', 'c2', 1, '2026-03-02')")

    result = gate(connection)

    assert result.passed
    assert "at most 10% of the customers merge or split" in result.warnings[0]


def test_bounced_and_early_messages_are_warnings(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "update marts.messages set message_state = 'bounced', opened_at = '2026-01-31'"
    )

    result = gate(connection)

    assert result.passed
    assert "messages bounce" in result.warnings[0]
    assert "precede the send" in result.warnings[1]


def test_states_that_no_seed_knows_are_a_warning_with_their_share(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute(
        "update marts.orders set has_known_state = false, payment_status = "
        "case order_id when 'o1' then 'ada@example.com' else 'abgeholt im laden' end "
        "where order_id in ('o1', 'o2', 'o3')"
    )
    connection.execute(
        "insert into marts.orders by name select 'p' || i as order_id, 0.00 as net_revenue, "
        "'chicago' as shop, 'paid' as payment_status, true as has_known_state, "
        "false as is_credit_note, date '2026-02-01' as order_date from range(90) as numbers(i)"
    )

    result = gate(connection)

    assert result.passed
    assert result.warnings == (
        "marts.orders: the seed order_states has every state of an order; not "
        "`abgeholt im laden` of berlin, 20.0% of its orders and 20.0% of its revenue; "
        "a state that is no word of berlin, 10.0% of its orders and 10.0% of its revenue "
        "(found: 2)",
    )


def test_orders_below_zero_are_a_warning_with_their_numbers(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute(
        "insert into marts.orders by name select 'p' || i as order_id, -4.90 as net_revenue, "
        "'berlin' as shop, 'paid' as payment_status, true as has_known_state, "
        "i = 0 as is_credit_note, date '2026-02-01' as order_date from range(8) as numbers(i)"
    )

    warnings = gate(connection).warnings

    assert warnings == (
        "marts.orders: no order that is no credit note earns less than nothing; "
        "see p1; p2; p3; p4; p5 (found: 7)",
    )


def test_unknown_channels_and_endless_sessions_are_warnings(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute(
        "update marts.sessions set channel = 'Unassigned', duration_seconds = 25 * 3600"
    )

    result = gate(connection)

    assert result.passed
    assert "nobody stays over 24 hours" in result.warnings[0]
    assert "the rules know the channel" in result.warnings[1]


def test_marts_as_of_an_earlier_day_are_not_held_against_last_night(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("insert into last_night.customer_360 from range(100)")
    connection.execute("update intermediate.int_as_of set as_of_date = '2026-02-28'")
    connection.execute("update marts.ad_days set ad_date = '2026-02-28'")
    connection.execute("delete from marts.identity_changes")
    connection.execute("update marts.sessions set session_date = '2026-02-28'")
    connection.execute("update marts.customer_months set as_of_date = '2026-02-28'")

    assert gate(connection).passed


def test_a_build_without_marts_is_red(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("drop schema marts cascade")

    assert "dbt built marts" in gate(connection).problems[0]
