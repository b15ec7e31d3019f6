"""What must be plausible of the marts before anyone reads them.

Keys and laws are dbt's data tests; here is what only a look at the whole can tell: that a table
has not collapsed since the night before, that shares and sums are those of a living business.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from pipelines.checks import journeys
from pipelines.checks.declare import Suite, at_least, rows_at_least
from pipelines.checks.marts import SUITES
from pipelines.checks.orders import order_suite
from pipelines.sql_text import identifier, literal

SCHEMA = "marts"
LEAST_REMAINING_SHARE = 0.5  # of last night's rows; marts grow, and shrink only by corrections
SIZED_BY_DEFINITION = {"segment_members", "segment_overlaps", "segments"}  # people change them


def mart_suites(connection: duckdb.DuckDBPyConnection) -> tuple[Suite, ...]:
    """Every mart's size beside last night's, and what is declared of single marts."""
    built = _built(connection)
    declared = (suite for suite in (*SUITES, *journeys.SUITES) if set(suite.marts) <= built)
    orders = (order_suite(connection),) if "orders" in built else ()
    return _presence(), *_sizes(connection), *(suite.suite for suite in declared), *orders


def _built(connection: duckdb.DuckDBPyConnection) -> set[str]:
    query = "select table_name from information_schema.tables where table_schema = ?"
    return {name for (name,) in connection.execute(query, [SCHEMA]).fetchall()}


def _presence() -> Suite:
    frame = f"select 1 from information_schema.tables where table_schema = {literal(SCHEMA)}"
    return Suite("marts", SCHEMA, frame, (rows_at_least(1, "dbt built marts"),))


def _sizes(connection: duckdb.DuckDBPyConnection) -> Iterator[Suite]:
    if _goes_back_in_time(connection):
        return
    for name in sorted(set(_in_both_nights(connection)) - SIZED_BY_DEFINITION):
        mart = f"{SCHEMA}.{identifier(name)}"
        frame = f"""
            select now.row_count / greatest(before.row_count, 1) as remaining_share
            from (select count(*) as row_count from customer360.{mart}) as now
            cross join (select count(*) as row_count from last_night.{identifier(name)}) as before
            where before.row_count > 0
            union all
            select 1 from last_night.{identifier(name)} having count(*) = 0
        """
        claim = f"at least {LEAST_REMAINING_SHARE:.0%} of last night's rows are there"
        check = at_least("remaining_share", LEAST_REMAINING_SHARE, claim)
        yield Suite(f"size_of_{name}", f"{SCHEMA}.{name}", frame, (check,))


def _in_both_nights(connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = f"""
        select now.table_name
        from information_schema.tables as now
        inner join information_schema.tables as before
            on now.table_name = before.table_name
            and before.table_catalog = 'last_night'
        where now.table_schema = {literal(SCHEMA)} and now.table_catalog = current_database()
        order by now.table_name
    """
    return [name for (name,) in connection.execute(query).fetchall()]


def _goes_back_in_time(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether tonight was asked for an earlier day than the last night, whose marts held more."""
    query = """
        select max(runs.as_of) > any_value(clock.as_of_date)
        from raw_operations.runs
        cross join intermediate.int_as_of as clock
        where runs.status = 'published'
    """
    found = connection.execute(query).fetchone()
    return bool(found and found[0])
