"""Deliveries: which content came when, in which order, and which of its rows count.

A content lands once for an account, however often it is delivered. `raw_operations.deliveries`
keeps each delivery of it, so that a state that returns is the newest state again, and says which
rows another reading of the same content has replaced. The table is written as a whole by each run.

Of two deliveries the later one is, by the first of these that differs:
1. what the folder states (a day, or a day with its time), or else the file's own time;
2. the file's own time as first seen, where files less than `COPIED_WITHIN` apart are of one moment;
3. the run that saw it first;
4. a download before an answer of the vendor's API, which holds more;
5. the natural order of names: x.csv, x (1).csv, x (2).csv, x (10).csv;
6. the content's hash.
A file that replaces another under the same path is never older than that. One that was moved, as
its own time shows, is the delivery that it was, at its new place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.discover import CLOCK_SLACK, EXTENSIONS

TABLE = "raw_operations.deliveries"
PATHS_SHOWN = 5
MICROSECOND = timedelta(microseconds=1)
COPIED_WITHIN = timedelta(seconds=2)  # a folder that was copied, or an archive that was unpacked
MEMBER = re.compile(r"(?P<stored>.*)!(?P<name>[^/].*)", re.DOTALL)
COPY_NUMBER = re.compile(r" ?\(([0-9]+)\)(?=(\.[^/.]*)*$)")

DELIVERIES = pa.schema(
    [
        ("file_id", pa.string()),
        ("path", pa.string()),
        ("vendor", pa.string()),
        ("account", pa.string()),
        ("sha256", pa.string()),
        ("stored_sha256", pa.string()),
        ("reading", pa.string()),
        ("exported_at", pa.timestamp("us")),
        ("stated_date", pa.date32()),
        ("file_time", pa.timestamp("us")),
        ("run_id", pa.string()),
        ("contested_by", pa.string()),
        ("missed", pa.string()),
        ("is_superseded", pa.bool_()),
    ]
)


@dataclass(frozen=True)
class Delivery:
    """One content at one path, from the run on that saw it there first. Times are UTC.

    path           below the exports folder, with `!` before a name inside an archive
    reading        by which declarations the content was read
    file_ids       the landed rows, one id for each export that the content is
    exported_at    what the folder states, or else the file's own time; orders deliveries
    stated_date    the day that the folder states
    file_time      the file's own time as first seen
    contested_by   a file of the same folder that counts instead, see `pipelines.rivals`
    missed         how it would be read now, once it was reported that its file is gone
    """

    path: str
    vendor: str
    account: str
    sha256: str
    stored_sha256: str
    reading: str
    file_ids: tuple[str, ...]
    exported_at: datetime
    stated_date: date | None
    file_time: datetime
    run_id: str
    contested_by: str | None = None
    missed: str | None = None

    @property
    def content(self) -> tuple[str, str, str]:
        """What was read, for whom, and how."""
        return self.sha256, self.account, self.reading

    @property
    def place(self) -> tuple[str, str]:
        """The stored file's path, and the name inside it, "" for the file itself."""
        member = None if self.sha256 == self.stored_sha256 else MEMBER.fullmatch(self.path)
        return (member["stored"], member["name"]) if member else (self.path, "")


def delivered(
    past: Sequence[Delivery], found: Sequence[Delivery], unread: Set[str] = frozenset()
) -> list[Delivery]:
    """The deliveries of the past and those found tonight that are new.

    `unread`: paths of files that are there, but were refused or wait for the next run.

    What lies where it lay is no new delivery, and what was moved is one at its new place. Where a
    file is read otherwise than before, that reading replaces the former one, also for deliveries of
    the same content whose files are gone.
    """
    newest = {d.path: d for d in sorted(past, key=lambda d: d.run_id)}
    times = {d.place[0]: d.file_time for d in sorted(past, key=lambda d: d.file_time)}
    at_path: dict[tuple[str, str], Delivery] = {}
    of_content: dict[tuple[str, str, str], Delivery] = {}
    new = []
    for delivery in found:
        before = newest.get(delivery.path)
        if before is None or (before.sha256, before.account) != (delivery.sha256, delivery.account):
            new.append(delivery)
        else:
            at_path[before.path, before.sha256] = delivery
            of_content[before.content] = delivery
    present = present_paths(past, found, unread)
    moved = {(d.sha256, d.account, d.file_time) for d in new}
    kept = []
    for delivery in past:
        if again := at_path.get((delivery.path, delivery.sha256)):
            kept.append(replace(_reread(delivery, again), stored_sha256=again.stored_sha256))
        elif again := of_content.get(delivery.content):
            kept.append(_reread(delivery, again))
        elif (
            delivery.path in present
            or (delivery.sha256, delivery.account, delivery.file_time) not in moved
        ):
            kept.append(delivery)
    return [*kept, *(_not_before(times.get(d.place[0], d.file_time), d) for d in new)]


def present_paths(
    past: Iterable[Delivery], found: Iterable[Delivery], unread: Set[str]
) -> set[str]:
    """Paths of deliveries whose files are still there."""
    return {d.path for d in found} | {d.path for d in past if d.place[0] in unread}


def numbered(
    deliveries: Iterable[Delivery], now: datetime, tables: Mapping[str, str]
) -> list[Delivery]:
    """The deliveries from the oldest to the newest; those of a day to come are none.

    Each gets an `exported_at` of its own, some microseconds after what its folder states.
    `tables`: the raw table of each landed id.
    """
    latest = (now + CLOCK_SLACK).date()
    of_the_past = [d for d in deliveries if not d.stated_date or d.stated_date <= latest]
    moments = moments_of(of_the_past)
    from_api = {file_id for file_id, table in tables.items() if ".api_" in table}
    ordered = sorted(
        of_the_past,
        key=lambda d: (
            *moments[d],
            d.run_id,
            not from_api.isdisjoint(d.file_ids),
            natural_order(d.path),
            d.sha256,
        ),
    )
    last, spread = datetime.min.replace(tzinfo=UTC), []
    for delivery in ordered:
        last = max(moments[delivery][0], last + MICROSECOND)
        spread.append(replace(delivery, exported_at=last))
    return spread


def moments_of(deliveries: Iterable[Delivery]) -> dict[Delivery, tuple[datetime, datetime]]:
    """What orders each delivery by time: the stated moment, then its own; or its own alone.

    Times of one folder that follow each other within `COPIED_WITHIN` are one: that of the first.
    """
    ordered = sorted(deliveries, key=lambda d: (*_folder(d), d.file_time))
    moments = {}
    for _, of_folder in groupby(ordered, key=_folder):
        last = first = datetime.min.replace(tzinfo=UTC)
        for delivery in of_folder:
            if delivery.file_time - last > COPIED_WITHIN:
                first = delivery.file_time
            last = delivery.file_time
            stated = delivery.exported_at.replace(microsecond=0)
            moments[delivery] = (stated if delivery.stated_date else first, first)
    return moments


def natural_order(path: str) -> tuple[tuple[str | int, ...], int, str]:
    """Orders names as people number them: x.csv before x (1).csv before x (2).csv, 9 before 10."""
    copy = COPY_NUMBER.search(path)
    parts = re.split(r"([0-9]+)", EXTENSIONS.sub("", path))
    counted = tuple(int(part) if n % 2 else part for n, part in enumerate(parts))
    return counted, int(copy[1]) if copy else 0, path


def without_copy_number(path: str) -> str:
    """`x (1).csv` as `x.csv`, which it is another download of."""
    return COPY_NUMBER.sub("", path)


def known_deliveries(connection: duckdb.DuckDBPyConnection) -> list[Delivery]:
    """The deliveries that the table holds."""
    rows = connection.execute(
        "select path, vendor, account, sha256, stored_sha256, reading, "
        "list(file_id order by file_id) as file_ids, exported_at, stated_date, file_time, run_id, "
        f"contested_by, missed from {TABLE} where not is_superseded group by all order by all"
    ).to_arrow_table()
    return [_from_row(row) for row in rows.to_pylist()]


def write_deliveries(ordered: Sequence[Delivery], landed: Iterable[str], warehouse: Path) -> None:
    """Write the table: a row for each landed content of a delivery, and one for each replaced.

    `ordered`: from the oldest to the newest. `landed`: the ids of all that ever landed.
    """
    found = list(_rows(ordered, set(landed)))
    rows = pa.Table.from_pylist(found, schema=DELIVERIES)  # noqa: F841 - DuckDB reads it by name
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema if not exists raw_operations")
        connection.execute(f"create or replace table {TABLE} as from rows")


def warnings(
    past: Sequence[Delivery],
    found: Sequence[Delivery],
    present: Set[str],
    ordered: Sequence[Delivery],
    run_id: str,
) -> Iterator[str]:
    """What a person should know of tonight's deliveries, a sentence each."""
    yield from _reread_files(past, found)
    yield from _missed_files(past, ordered)
    elsewhere = {d.sha256: d for d in past if d.path not in present}
    for delivery in ordered:
        before = elsewhere.get(delivery.sha256)
        if delivery.run_id == run_id and before and before.account != delivery.account:
            yield (
                f"{delivery.path} holds what landed from {before.path}, which is gone: its rows "
                "now count for both accounts; if the file was only moved, load the exports into a "
                "new --warehouse"
            )


def _reread_files(past: Sequence[Delivery], found: Sequence[Delivery]) -> Iterator[str]:
    ids = {(delivery.path, delivery.sha256): delivery.file_ids for delivery in past}
    again = [d.path for d in found if ids.get((d.path, d.sha256), d.file_ids) != d.file_ids]
    if again:
        yield (
            f"read again, as exports.yml or the declared export has changed: {_listed(again)}; "
            "what the files hold now counts instead of what was read before"
        )


def _missed_files(past: Sequence[Delivery], ordered: Sequence[Delivery]) -> Iterator[str]:
    reported = {(d.path, d.sha256, d.missed) for d in past}
    missed = [d.path for d in ordered if d.missed and (d.path, d.sha256, d.missed) not in reported]
    if missed:
        yield (
            "exports.yml or the declared export has changed, but the files are gone, so that their "
            f"rows stay as they were read: {_listed(missed)}; put them back to have them read again"
        )


def with_missed(
    deliveries: Iterable[Delivery], present: Set[str], reading_now: Callable[[Delivery], str]
) -> list[Delivery]:
    """The deliveries; those whose file is gone and would be read otherwise now say how."""
    return [
        d if d.path in present or (now := reading_now(d)) == d.reading else replace(d, missed=now)
        for d in deliveries
    ]


def _listed(paths: Sequence[str]) -> str:
    further = f" and {len(paths) - PATHS_SHOWN:,} more" if len(paths) > PATHS_SHOWN else ""
    return ", ".join(paths[:PATHS_SHOWN]) + further


def _not_before(replaced: datetime, delivery: Delivery) -> Delivery:
    """A file that replaces another under its path is not older than that."""
    file_time = max(replaced, delivery.file_time)
    exported_at = delivery.exported_at if delivery.stated_date else file_time
    return replace(delivery, file_time=file_time, exported_at=exported_at)


def _reread(delivery: Delivery, reading: Delivery) -> Delivery:
    return replace(delivery, reading=reading.reading, file_ids=reading.file_ids)


def _folder(delivery: Delivery) -> tuple[str, str, str]:
    moment = delivery.exported_at.replace(microsecond=0)
    stated = moment.isoformat() if delivery.stated_date else ""
    return delivery.vendor, delivery.account, stated


def _rows(ordered: Sequence[Delivery], landed: set[str]) -> Iterator[dict[str, object]]:
    for delivery in ordered:
        for file_id in delivery.file_ids:
            landed.discard(file_id)
            yield {
                **{name: getattr(delivery, name, None) for name in DELIVERIES.names},
                "file_id": file_id,
                "exported_at": delivery.exported_at.replace(tzinfo=None),
                "file_time": delivery.file_time.replace(tzinfo=None),
                "is_superseded": False,
            }
    for file_id in sorted(landed):
        yield {"file_id": file_id, "is_superseded": True}


def _from_row(row: dict[str, Any]) -> Delivery:
    moments = {name: row[name].replace(tzinfo=UTC) for name in ("exported_at", "file_time")}
    return Delivery(**{**row, **moments, "file_ids": tuple(row["file_ids"])})
