"""What arrived is plausible, or the night stops before dbt reads it."""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.checks.arrived import arrived_suites
from pipelines.checks.declare import Gate
from pipelines.checks.judge import judge

LEDGER = """
create schema raw_operations;
create table raw_operations.load_files (
    file_id varchar, vendor varchar, export_name varchar, exported_at timestamp, run_id varchar,
    status varchar, file_row_count bigint, landed_row_count bigint, rejected_row_count bigint,
    skipped_row_count bigint, data_from timestamp, data_until timestamp, sha256 varchar
);
insert into raw_operations.load_files values
    ('f1', 'ads', 'days', '2026-03-02', 'tonight', 'landed', 12, 10, 1, 1,
        '2026-02-01', '2026-03-02 23:00:00', 'content 1'),
    ('f0', 'ads', 'days', '2026-03-01', 'before', 'landed', 5, 5, 0, 0, '1970-01-01', '2030-01-01',
        'content 0');
create schema raw_ads;
create table raw_ads.days as
select
    cast(1.5 as decimal(18, 6)) as spend,
    i as impressions,
    case when i % 2 = 0 then 'EUR' else 'usd' end as currency_code,
    case when i < 9 then 'ada' || i || '@example.com' end as email,
    i as score,
    'tonight' as _run_id
from range(10) as numbers(i)
union all
select -5, -5, 'gold', 'nobody', -5, 'before' from range(5);
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(LEDGER)
        yield opened


def gate(connection: duckdb.DuckDBPyConnection, run_id: str = "tonight") -> Gate:
    return judge(connection, arrived_suites(connection, run_id))


def test_plausible_rows_pass_and_only_tonights_are_looked_at(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    result = gate(connection)

    assert result.problems == ()
    assert result.warnings == ()
    assert {r.table for r in result.results} == {"raw_operations.load_files", "raw_ads.days"}


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ("update raw_ads.days set spend = -1", "spend is never negative (found: 10)"),
        ("update raw_ads.days set impressions = -1", "impressions is never negative (found: 10)"),
        ("update raw_ads.days set currency_code = 'XX'", "currency_code is an ISO 4217 code"),
        ("update raw_ads.days set email = 'ada' where impressions < 3", "email holds e-mail"),
        ("update raw_ads.days set score = 11 where impressions < 3", "score lies between 0 and 10"),
        ("delete from raw_ads.days where impressions = 1", "as many rows landed as the ledger"),
        ("update raw_operations.load_files set file_row_count = 13", "is accounted for"),
        (
            "update raw_operations.load_files set file_row_count = 15, rejected_row_count = 4",
            "no file has over 10% rejects",
        ),
        (
            "update raw_operations.load_files set data_until = '2026-03-04'",
            "no file speaks of days after its export (found: 2)",
        ),
        (
            "update raw_operations.load_files set data_from = '1970-01-01'",
            "no day lies before 1990 (found: 1970)",
        ),
    ],
)
def test_an_implausible_row_stops_the_night(
    connection: duckdb.DuckDBPyConnection, broken: str, problem: str
) -> None:
    connection.execute(broken)

    problems = gate(connection).problems

    assert len(problems) == 1
    assert problems[0].startswith("raw_ads.days: ")
    assert problem in problems[0]


def test_a_landed_table_that_is_not_there_is_red(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("drop table raw_ads.days")

    assert "not measured" in gate(connection).problems[0]


def test_a_night_without_news_looks_at_the_ledger_alone(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    result = gate(connection, "later")

    assert result.passed
    assert {r.suite for r in result.results} == {"ledger"}


def test_a_warehouse_in_which_nothing_ever_landed_is_red(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("delete from raw_operations.load_files")

    assert "at least one file has ever landed" in gate(connection).problems[0]


def test_a_refused_file_is_a_warning(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "insert into raw_operations.load_files (file_id, run_id, status) "
        "values ('f2', 'tonight', 'refused')"
    )

    result = gate(connection)

    assert result.passed
    assert "no file was refused tonight (found: 1)" in result.warnings[0]


EMPTY = """
    create table raw_ads.refunds as select 'tonight' as _run_id limit 0;
    insert into raw_operations.load_files values
        ('f3', 'ads', 'refunds', '2026-03-02', 'tonight', 'landed', 0, 0, 0, 0, null, null,
            '{content}');
"""


@pytest.mark.parametrize(
    ("content", "warnings"),
    [("content 1", ()), ("content 3", ("raw_ads.refunds: its files have rows (found: 0)",))],
)
def test_a_file_without_rows_is_a_warning_unless_another_table_has_some_of_it(
    connection: duckdb.DuckDBPyConnection, content: str, warnings: tuple[str, ...]
) -> None:
    connection.execute(EMPTY.format(content=content))

    assert gate(connection).warnings == warnings
