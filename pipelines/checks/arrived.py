"""What must be plausible of the rows that a night landed, before dbt reads them.

Each table with news tonight is one suite, made of what the ledger says of its files and of rules
that hold for any vendor's column of a name and type. Only tonight's rows are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from pipelines.checks.currencies import CURRENCIES
from pipelines.checks.declare import Check, Suite, at_least, at_most, equal
from pipelines.sql_text import identifier, literal

EARLIEST_YEAR = 1990  # older days are a spreadsheet's zero, not a business
DAYS_AHEAD = 1  # an export may speak of the day it was written on in a zone ahead of UTC
REJECTED_SHARE = 0.10
REJECTS_FORGIVEN = 3  # a few odd rows in a tiny file are no reason to stop
MALFORMED_EMAIL_SHARE = 0.20

EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"
CODES = ", ".join(literal(code) for code in sorted(CURRENCIES))


@dataclass(frozen=True)
class ColumnRule:
    """A rule for every column whose name and type fit: a measure in SQL and its upper limit."""

    names: re.Pattern[str]
    types: re.Pattern[str]
    measure: str
    limit: float
    claim: str


RULES = (
    ColumnRule(
        names=re.compile(r"spend|cost|amount_spent|impressions|clicks|link_clicks|reach"),
        types=re.compile(r"DECIMAL.*|BIGINT"),
        measure="count(*) filter (where {column} < 0)",
        limit=0,
        claim="{column} is never negative",
    ),
    ColumnRule(
        names=re.compile(r"(nps_)?score|rating"),
        types=re.compile(r"BIGINT"),
        measure="count(*) filter (where {column} not between 0 and 10)",
        limit=0,
        claim="{column} lies between 0 and 10",
    ),
    ColumnRule(
        names=re.compile(r"(.*_)?currency(_code)?"),
        types=re.compile(r"VARCHAR"),
        measure=f"count(*) filter (where upper({{column}}) not in ({CODES}))",
        limit=0,
        claim="{column} is an ISO 4217 code",
    ),
    ColumnRule(
        names=re.compile(r"(.*_)?email(_address)?"),
        types=re.compile(r"VARCHAR"),
        measure=(
            f"coalesce(avg(cast(not regexp_matches(trim({{column}}), '{EMAIL}') as integer)) "
            "filter (where trim({column}) <> ''), 0)"
        ),
        limit=MALFORMED_EMAIL_SHARE,
        claim=f"{{column}} holds e-mail addresses (at most {MALFORMED_EMAIL_SHARE:.0%} others)",
    ),
)

LEDGER_FRAME = """
    select
        count(distinct file_id) filter (where status = 'landed') as landed_file_count,
        count(*) filter (where status = 'refused' and run_id = {run}) as refused_file_count
    from raw_operations.load_files
"""

LEDGER_CHECKS = (
    at_least("landed_file_count", 1, "at least one file has ever landed"),
    at_most("refused_file_count", 0, "no file was refused tonight", "warning"),
)

FILES_MEASURES = f"""
    cast(sum(landed_row_count) as bigint) as landed_row_count,
    cast(sum(file_row_count) as bigint) as file_row_count,
    cast(sum(landed_row_count + rejected_row_count + skipped_row_count) as bigint)
        as accounted_row_count,
    max(
        case
            when rejected_row_count > {REJECTS_FORGIVEN}
                then rejected_row_count / greatest(file_row_count, 1)
            else 0
        end
    ) as rejected_share,
    coalesce(max(date_diff('day', exported_at, data_until)), 0) as days_ahead,
    coalesce(min(year(data_from)), {EARLIEST_YEAR}) as earliest_year
"""

FILES_CHECKS = (
    equal("file_row_count", "accounted_row_count", "every row of its files is accounted for"),
    equal("landed_row_count", "row_count", "as many rows landed as the ledger says"),
    at_most("rejected_share", REJECTED_SHARE, f"no file has over {REJECTED_SHARE:.0%} rejects"),
    at_most("days_ahead", DAYS_AHEAD, "no file speaks of days after its export"),
    at_least("earliest_year", EARLIEST_YEAR, f"no day lies before {EARLIEST_YEAR}"),
    at_least("any_row_count", 1, "its files have rows", "warning"),
)


def arrived_suites(connection: duckdb.DuckDBPyConnection, run_id: str) -> tuple[Suite, ...]:
    """The ledger's suite and one per raw table that something landed in tonight."""
    run = literal(run_id)
    ledger = Suite(
        "ledger", "raw_operations.load_files", LEDGER_FRAME.format(run=run), LEDGER_CHECKS
    )
    return ledger, *(_table_suite(connection, *name, run) for name in _news(connection, run_id))


def _news(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[tuple[str, str]]:
    query = """
        select distinct vendor, export_name from raw_operations.load_files
        where status = 'landed' and run_id = ? order by all
    """
    return connection.execute(query, [run_id]).fetchall()


def _table_suite(
    connection: duckdb.DuckDBPyConnection, vendor: str, export_name: str, run: str
) -> Suite:
    schema = f"raw_{vendor}"
    rules = list(_column_rules(connection, schema, export_name))
    measures = ["count(*) as row_count", *(measure for measure, _ in rules)]
    frame = f"""
        select * from (
            select {FILES_MEASURES} from raw_operations.load_files
            where status = 'landed' and run_id = {run} and vendor = {literal(vendor)}
                and export_name = {literal(export_name)}
        ) cross join (
            -- documents may have rows for one table and none for another: orders without refunds
            select cast(coalesce(sum(landed_row_count), 0) as bigint) as any_row_count
            from raw_operations.load_files
            where status = 'landed' and run_id = {run} and sha256 in (
                select sha256 from raw_operations.load_files
                where status = 'landed' and run_id = {run} and vendor = {literal(vendor)}
                    and export_name = {literal(export_name)}
            )
        ) cross join (
            select {", ".join(measures)} from {identifier(schema)}.{identifier(export_name)}
            where _run_id = {run}
        )
    """
    table = f"{schema}.{export_name}"
    return Suite(table, table, frame, (*FILES_CHECKS, *(check for _, check in rules)))


def _column_rules(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str
) -> Iterator[tuple[str, Check]]:
    """The measure and the check of each rule for each column it fits."""
    columns = connection.execute(
        "select column_name, data_type from information_schema.columns "
        "where table_schema = ? and table_name = ? order by ordinal_position",
        [schema, table],
    ).fetchall()
    for column, data_type in columns:
        for rule in RULES:
            if rule.names.fullmatch(column) and rule.types.fullmatch(data_type):
                measure = rule.measure.format(column=identifier(column))
                claim = rule.claim.format(column=column)
                yield f"{measure} as {identifier(column)}", at_most(column, rule.limit, claim)
