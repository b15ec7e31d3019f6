"""A mart of journeys or growth that holds nonsense is not published."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.checks.declare import Gate
from pipelines.checks.journeys import SUITES
from pipelines.checks.judge import judge

MARTS = """
attach ':memory:' as customer360;
use customer360;
create schema marts;
create schema intermediate;
create table intermediate.int_as_of as select date '2026-03-02' as as_of_date;
create table marts.funnel_steps as
select 'shopping' as funnel, step_number, 10 as reached_count, 1 as skipped_count,
    60.0 as median_seconds_to_next, date '2026-03-02' as funnel_date
from range(2) as steps(step_number);
create table marts.cohort_months as
select 1.0000 as active_rate, 1.0000 as retention_rate, 10.00 as acquisition_spend,
    0 as payback_age_months, date '2026-03-01' as month_date;
create table marts.touchpoint_kpis as
select 3 as interaction_count, 60 as time_spent_seconds, date '2026-03-01' as month_date;
create table marts.journey_transitions as
select '(start)' as from_station, to_station, 0.5000 as transition_rate,
    null::decimal(18, 1) as median_seconds_between
from (values ('order'), ('Email: open')) as stations(to_station);
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(MARTS)
        yield opened


def gate(connection: duckdb.DuckDBPyConnection) -> Gate:
    return judge(connection, tuple(suite.suite for suite in SUITES))


def test_plausible_journeys_pass_without_a_warning(connection: duckdb.DuckDBPyConnection) -> None:
    result = gate(connection)

    assert result.passed
    assert result.warnings == ()


BREAKS = [
    ("update marts.funnel_steps set median_seconds_to_next = -1", "before the one ahead of it"),
    ("update marts.funnel_steps set funnel_date = '2026-03-04'", "no visit or customer comes"),
    ("update marts.cohort_months set retention_rate = 1.1", "no more customers stay"),
    ("update marts.cohort_months set acquisition_spend = -1", "nobody is paid for acquiring"),
    ("update marts.cohort_months set payback_age_months = -1", "paid back before it is there"),
    ("update marts.cohort_months set month_date = '2026-04-01'", "no cohort is older"),
    ("update marts.touchpoint_kpis set time_spent_seconds = -1", "less than nothing at a"),
    ("update marts.touchpoint_kpis set month_date = '2026-04-01'", "no touchpoint has a month"),
    ("update marts.journey_transitions set transition_rate = 0.6", "leaving a station make one"),
    ("update marts.journey_transitions set median_seconds_between = -1", "before leaving"),
    ("update marts.journey_transitions set to_station = '(start)'", "comes to its start"),
]


@pytest.mark.parametrize(("broken", "problem"), BREAKS)
def test_an_implausible_journey_is_red(
    connection: duckdb.DuckDBPyConnection, broken: str, problem: str
) -> None:
    connection.execute(broken)

    (told,) = gate(connection).problems

    assert problem in told


WARNINGS = [
    ("update marts.funnel_steps set skipped_count = 4 where step_number = 1", "but 30% who pass"),
]


@pytest.mark.parametrize(("strange", "warning"), WARNINGS)
def test_a_strange_journey_is_a_warning(
    connection: duckdb.DuckDBPyConnection, strange: str, warning: str
) -> None:
    connection.execute(strange)

    result = gate(connection)

    assert result.passed
    assert warning in result.warnings[0]
