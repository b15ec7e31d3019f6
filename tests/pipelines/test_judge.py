"""Each kind of check turns red on broken data, and nothing passes because it was not judged."""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.checks import declare
from pipelines.checks.declare import Check, Gate, Suite
from pipelines.checks.judge import EXPECTATIONS, judge

CASES = [
    (declare.rows_at_least(1, "has rows"), "select 1 as v", "select 1 as v where false"),
    (declare.filled("v", "is filled"), "select 1 as v", "select null::integer as v"),
    (
        declare.unique(("v", "w"), "is unique"),
        "select 1 as v, 1 as w union all select 1, 2",
        "select 1 as v, 1 as w union all select 1, 1",
    ),
    (declare.only("v", (1, 2), "is 1 or 2"), "select 2 as v", "select 3 as v"),
    (declare.equal("v", "w", "agrees"), "select 1 as v, 1 as w", "select 1 as v, 2 as w"),
    (declare.at_most("v", 0, "is not positive"), "select 0 as v", "select 1 as v"),
    (declare.at_least("v", 0, "is not negative"), "select 0 as v", "select -1 as v"),
    (
        declare.adds_up_to("v", 0.99, 1.01, "adds up to one"),
        "select unnest([0.4, 0.6]) as v",
        "select unnest([0.4, 0.4]) as v",
    ),
]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def judged(connection: duckdb.DuckDBPyConnection, check: Check, frame: str) -> Gate:
    return judge(connection, [Suite("suite", "marts.t", frame, (check,))])


@pytest.mark.parametrize(("check", "good", "bad"), CASES)
def test_a_check_is_green_on_good_data_and_red_on_broken_data(
    connection: duckdb.DuckDBPyConnection, check: Check, good: str, bad: str
) -> None:
    assert judged(connection, check, good).passed
    red = judged(connection, check, bad)
    assert not red.passed
    assert red.problems[0].startswith(f"marts.t: {check.claim} (found: ")


def test_every_kind_of_check_has_its_case() -> None:
    assert {check.kind for check, _, _ in CASES} == set(EXPECTATIONS)


@pytest.mark.parametrize("check", [declare.at_most("v", 9, "c"), declare.at_least("v", 0, "c")])
@pytest.mark.parametrize("frame", ["select 1 as v where false", "select null::integer as v"])
def test_a_limit_without_a_value_is_red(
    connection: duckdb.DuckDBPyConnection, check: Check, frame: str
) -> None:
    assert not judged(connection, check, frame).passed


def test_a_misspelled_column_is_red(connection: duckdb.DuckDBPyConnection) -> None:
    gate = judged(connection, declare.filled("emial", "is filled"), "select 1 as email")

    assert gate.problems == (
        "marts.t: is filled (found: not judged, the expectation raised an error)",
    )


def test_a_frame_that_cannot_be_measured_is_red(connection: duckdb.DuckDBPyConnection) -> None:
    gate = judged(connection, declare.filled("v", "is filled"), "select v from nowhere")

    assert gate.problems == ("marts.t: is filled (found: not measured, CatalogException)",)


def test_a_suite_without_checks_and_a_gate_without_suites_are_red(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert not judge(connection, [Suite("empty", "marts.t", "select 1 as v", ())]).passed
    assert not judge(connection, []).passed


def test_a_check_without_a_result_is_red(connection: duckdb.DuckDBPyConnection) -> None:
    gate = judged(connection, declare.filled("v", "is filled"), "select 1 as v")

    assert Gate(2, gate.results).problems == ("2 checks are declared, 1 were judged",)


def test_a_failed_warning_lets_the_night_go_on(connection: duckdb.DuckDBPyConnection) -> None:
    gate = judged(connection, declare.at_most("v", 0, "is zero", "warning"), "select 1 as v")

    assert gate.passed
    assert gate.warnings == ("marts.t: is zero (found: 1)",)


@pytest.mark.parametrize(
    "check",
    [
        declare.only("v", ("x",), "is x"),
        declare.filled("w", "is filled"),
        declare.unique(("v", "x"), "is unique"),
        declare.equal("v", "w", "agrees"),
    ],
)
def test_no_result_quotes_a_value(connection: duckdb.DuckDBPyConnection, check: Check) -> None:
    row = "select 'ada@example.com' as v, {} as w, 1 as x"
    quoted = "'bob'"
    frame = f"{row.format('null')} union all {row.format(quoted)}"

    assert "ada" not in str(judged(connection, check, frame))
