"""Files of one folder of which one takes the place of the other, perhaps not as it was meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import duckdb

from pipelines.deliveries import Delivery, moments_of, without_copy_number
from pipelines.exports.declare import Export
from pipelines.sql_text import identifier

# What the older file has of the days of both that the newer one lacks. Parts that a mapping
# declares as such count together.
LACKING = """
    with older as (
        from {table} where _file_id = $older {whole}
    ), newer as (
        from {table} where _file_id = $newer
    )
    select count(*) from (
        select {day}, campaign_name from older
        where {day} in (select {day} from newer)
        except select {day}, campaign_name from newer
    )
"""


def contested(
    ordered: Sequence[Delivery],
    tables: Mapping[str, str],
    exports: Iterable[Export],
    warehouse: Path,
    run_id: str,
) -> tuple[list[Delivery], list[str]]:
    """The deliveries with `contested_by`, and a sentence for each that the run brought.

    Two downloads of one name and moment, of which the number in the name decides; and ad reports
    of one folder and the same days, of which the newer lacks campaigns that the older has.
    """
    found = {older: (newer, why) for older, newer, why in _copies(ordered, run_id)}
    days = _ad_reports(exports)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for older, newer in _same_days(ordered, tables, days, run_id):
            if older not in found and _lacks(connection, older, newer, tables, days):
                found[older] = (newer, LACKS)
    sentences = [
        why.format(older=older.path, newer=newer.path) for older, (newer, why) in found.items()
    ]
    rivals = {older: newer.path for older, (newer, _) in found.items()}
    return [replace(d, contested_by=rivals.get(d, d.contested_by)) for d in ordered], sentences


PARTS = "and not coalesce(parts_together, false)"
DECIDED_BY_NAME = (
    "{older} and {newer} were written at the same time: where they differ, {newer} counts, because "
    "of its name; remove one, or state the time in the folder, as in 2026-06-30-18"
)
LACKS = (
    "{newer} replaces {older} on the days that both have, and lacks campaigns of it: if each file "
    "holds a part of the account, export it as one file, or map it with `parts: together`"
)


def _copies(ordered: Sequence[Delivery], run_id: str) -> Iterator[tuple[Delivery, Delivery, str]]:
    moments = moments_of(ordered)
    groups: dict[object, list[Delivery]] = defaultdict(list)
    for delivery in ordered:
        if delivery.run_id == run_id:
            groups[without_copy_number(delivery.path), moments[delivery]].append(delivery)
    for group in groups.values():
        for older, newer in pairwise(group):
            if older.sha256 != newer.sha256:
                yield older, newer, DECIDED_BY_NAME


def _ad_reports(exports: Iterable[Export]) -> dict[str, str]:
    """Raw tables of which a file replaces whole days of an account, and their column of the day."""
    return {
        export.table: export.dated_by
        for export in exports
        if export.dated_by
        and not export.marked_by
        and {"campaign_name", "impressions", "clicks"} <= {c.name for c in export.columns}
    }


def _same_days(
    ordered: Sequence[Delivery],
    tables: Mapping[str, str],
    days: Mapping[str, str],
    run_id: str,
) -> Iterator[tuple[Delivery, Delivery]]:
    groups: dict[object, list[Delivery]] = defaultdict(list)
    for delivery in ordered:
        for file_id in delivery.file_ids:
            table = tables.get(file_id)
            if table in days and delivery.stated_date:
                folder = delivery.path.rpartition("/")[0]
                groups[folder, delivery.account, table].append(delivery)
    for group in groups.values():
        for older, newer in combinations(group, 2):
            if run_id in (older.run_id, newer.run_id) and older.path != newer.path:
                yield older, newer


def _lacks(
    connection: duckdb.DuckDBPyConnection,
    older: Delivery,
    newer: Delivery,
    tables: Mapping[str, str],
    days: Mapping[str, str],
) -> bool:
    for one, other in ((i, j) for i in older.file_ids for j in newer.file_ids if i != j):
        table = tables.get(one, "")
        if table in days and tables.get(other) == table:
            whole = PARTS if table.startswith("raw_mapped.") else ""
            query = LACKING.format(table=table, day=identifier(days[table]), whole=whole)
            [[count]] = connection.execute(query, {"older": one, "newer": other}).fetchall()
            if count:
                return True
    return False
