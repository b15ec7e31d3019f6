"""Columns on their way from files to marts: none is lost by mistake or taken for another."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from pipelines.sources import declared_exports
from tests.project.lineage import (
    Columns,
    Query,
    columns_read_for_marts,
    compiled_queries,
    lists_its_columns,
    read_query,
    unions,
)

UNREAD = Path(__file__).with_name("unread_columns.yml")
RAW: Columns = {"raw.orders": ("id", "amount", "is_test", "note", "_line")}


@pytest.fixture(scope="module")
def queries(compiled: Path) -> list[Query]:
    return compiled_queries(compiled)


def test_every_landed_column_that_no_mart_depends_on_has_a_reason(queries: list[Query]) -> None:
    read = columns_read_for_marts(queries)
    landed: dict[str, set[str]] = defaultdict(set)
    for export in declared_exports():
        landed[export.table].update(column.name for column in export.columns)
    unread = {
        (table, column) for table, columns in landed.items() for column in columns - read[table]
    }

    explained = [
        (f"raw_{table}", column)
        for entry in yaml.safe_load(UNREAD.read_text())
        for table, columns in entry["columns"].items()
        for column in (landed[f"raw_{table}"] if columns == "all" else columns)
        if entry["reason"]
    ]

    without_reason, stale = sorted(unread - set(explained)), sorted(set(explained) - unread)

    assert not without_reason, "model them, or say in unread_columns.yml why not"
    assert not stale, "they are read by now, or gone: drop them from unread_columns.yml"
    assert len(explained) == len(set(explained))


def test_a_mart_depends_on_what_it_shows_filters_and_ranks_by() -> None:
    staging = """
        with source as (select * from db.raw.orders),
        ranked as (select *, row_number() over (partition by id order by _line) as n from source)
        select id, amount, note from ranked where n = 1 and not is_test
    """
    staged = read_query("staging.orders", staging, RAW)
    mart = read_query(
        "marts.orders",
        "select id, sum(amount) as amount from staging.orders group by all",
        {"staging.orders": staged.columns},
        is_mart=True,
    )

    read = columns_read_for_marts([staged, mart])

    assert read["raw.orders"] == {"id", "amount", "is_test", "_line"}


def test_the_arms_of_a_union_have_the_same_columns_in_the_same_order(queries: list[Query]) -> None:
    different = [
        (query.relation, arm.named_selects)
        for query in queries
        for first, *others in unions(query.resolved)
        for arm in others
        if arm.named_selects != first.named_selects
    ]
    assert not different


def test_a_union_lists_the_columns_that_it_takes_of_other_models(queries: list[Query]) -> None:
    """Columns go by position: one that moves in a staging model would land in another's place."""
    stars = [
        (query.relation, arm.sql())
        for query in queries
        for arms in unions(query.written)
        for arm in arms
        if not lists_its_columns(arm, query.written)
    ]
    assert not stars
