"""The ledger behind law 1: which files came, what became of each of their rows.

`raw_operations.load_files` has one row for each reading of a content that landed or was refused,
`load_rejects` one per row that did not land, `deliveries` one for each time a content came
(`pipelines.deliveries`). A content is known by the hash of its bytes, the account it is of and the
declarations it is read by, never by its name or time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.deliveries import Delivery, known_deliveries
from pipelines.discover import stated_at
from pipelines.exports.reading import Reading

SCHEMA = "raw_operations"

LOAD_FILES = pa.schema(
    [
        ("file_id", pa.string()),
        ("sha256", pa.string()),
        ("stored_sha256", pa.string()),
        ("path", pa.string()),
        ("vendor", pa.string()),
        ("export_name", pa.string()),
        ("account", pa.string()),
        ("exported_at", pa.timestamp("us")),
        ("stated_date", pa.date32()),
        ("file_time", pa.timestamp("us")),
        ("reading", pa.string()),
        ("run_id", pa.string()),
        ("status", pa.string()),
        ("reason", pa.string()),
        ("file_row_count", pa.int64()),
        ("landed_row_count", pa.int64()),
        ("rejected_row_count", pa.int64()),
        ("skipped_row_count", pa.int64()),
        ("skipped", pa.string()),
        ("data_from", pa.timestamp("us")),
        ("data_until", pa.timestamp("us")),
        ("dated_by", pa.string()),
        ("stated_from", pa.date32()),
        ("stated_until", pa.date32()),
        ("ignored_columns", pa.string()),
        ("byte_count", pa.int64()),
        ("landed_at", pa.timestamp("us")),
    ]
)

LOAD_REJECTS = pa.schema(
    [
        ("file_id", pa.string()),
        ("export_name", pa.string()),
        ("line", pa.int64()),
        ("column_name", pa.string()),
        ("reason", pa.string()),
        ("text", pa.string()),
        ("run_id", pa.string()),
    ]
)


@dataclass(frozen=True)
class FileAccount:
    """One file as one export: what it held and what became of its rows.

    status      "landed", "refused" (with a reason), "known" (it had landed before) or "waiting"
                (it was still being written; a later run reads it)
    file_ids    the ids of the landed rows: of one export, or of all that a known content is
    file_time   when the file was last written, UTC
    reading     by which declarations it was read
    dated_by    "day" or "timestamp": what the column holds that dates the rows; None without one
    is_new      whether the ledger does not say so yet
    """

    path: str
    vendor: str
    export_name: str
    account: str
    exported_at: datetime
    status: str
    stored_sha256: str
    sha256: str = ""
    file_ids: tuple[str, ...] = ()
    stated_date: date | None = None
    file_time: datetime | None = None
    reading: str = ""
    reason: str | None = None
    file_row_count: int = 0
    landed_row_count: int = 0
    rejected_row_count: int = 0
    skipped_row_count: int = 0
    skipped: str = "{}"
    data_from: datetime | None = None
    data_until: datetime | None = None
    dated_by: str | None = None
    stated_from: date | None = None
    stated_until: date | None = None
    ignored_columns: str = "[]"
    byte_count: int = 0
    is_new: bool = True

    @property
    def file_id(self) -> str:
        """What the rows of the file carry; of a refused one, the start of its hash."""
        return self.file_ids[0] if self.file_ids else self.sha256[:16]


@dataclass(frozen=True, order=True)
class Member:
    """What a stored file holds: a name inside it ("" for the file itself), and how it was read."""

    name: str
    sha256: str
    reading: str
    file_ids: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What the ledger knew before the run; readings are those of `pipelines.exports.identity`.

    landed       ids of all rows that ever landed
    contents     (hash of a content, account, reading) → the ids of its rows
    members      hash of a stored file → what is in it, as far as it landed
    refused      (hash of a stored file, path, declarations) → the last reason it was refused for
    deliveries   which content came when, at which path
    tables       id → the raw table of its rows
    """

    landed: set[str] = field(default_factory=set)
    contents: dict[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)
    members: dict[str, tuple[Member, ...]] = field(default_factory=dict)
    refused: dict[tuple[str, str, str], str] = field(default_factory=dict)
    deliveries: tuple[Delivery, ...] = ()
    tables: dict[str, str] = field(default_factory=dict)


def known_files(warehouse: Path) -> Known:
    """Read what landed and what was refused before; nothing, in a new warehouse.

    A warehouse from before there were deliveries has them made of its files, of unknown readings:
    each file that is still there is read again, and its new rows replace the former ones.
    """
    if not warehouse.exists():
        return Known()
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        if not table_exists(connection, SCHEMA, "load_files"):
            return Known()
        landed = connection.execute(
            "select file_id, 'raw_' || vendor || '.' || export_name "
            "from raw_operations.load_files where status = 'landed'"
        ).fetchall()
        if not table_exists(connection, SCHEMA, "deliveries"):
            former = tuple(_former_deliveries(connection))
            return Known({file_id for file_id, *_ in landed}, deliveries=former)
        refused = connection.execute(
            "select stored_sha256, path, reading, arg_max(reason, (landed_at, reason)) "
            "from raw_operations.load_files where status = 'refused' group by all"
        ).fetchall()
        deliveries = known_deliveries(connection)
    incomplete = {stored for stored, *_ in refused}
    return Known(
        {file_id for file_id, *_ in landed},
        {d.content: d.file_ids for d in deliveries},
        _members(d for d in deliveries if d.stored_sha256 not in incomplete),
        {(stored, path, reading): reason for stored, path, reading, reason in refused},
        tuple(deliveries),
        dict(landed),
    )


def _former_deliveries(connection: duckdb.DuckDBPyConnection) -> Iterator[Delivery]:
    rows = connection.execute(
        "select path, account, sha256, stored_sha256, file_id, exported_at, min(run_id) "
        "from raw_operations.load_files where status = 'landed' group by all"
    ).fetchall()
    for path, account, sha256, stored_sha256, file_id, exported_at, run_id in rows:
        moment = exported_at.replace(tzinfo=UTC)
        former = Delivery(
            path=path,
            vendor=path.partition("/")[0],
            account=account,
            sha256=sha256,
            stored_sha256=stored_sha256,
            reading="",
            file_ids=(file_id,),
            exported_at=moment,
            stated_date=None,
            file_time=moment,
            run_id=run_id,
        )
        stated = stated_at(former.place[0])
        yield replace(former, exported_at=stated or moment, stated_date=stated and stated.date())


def _members(deliveries: Iterable[Delivery]) -> dict[str, tuple[Member, ...]]:
    """What is in each stored file, at one of the paths it lay at."""
    by_path: dict[str, dict[str, set[Member]]] = {}
    for delivery in deliveries:
        path, name = delivery.place
        member = Member(name, delivery.sha256, delivery.reading, delivery.file_ids)
        at_path = by_path.setdefault(delivery.stored_sha256, {})
        at_path.setdefault(f"{delivery.account}/{path}", set()).add(member)
    fullest = {stored: max(paths.values(), key=len) for stored, paths in by_path.items()}
    return {stored: tuple(sorted(members)) for stored, members in fullest.items()}


def table_exists(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    """Whether the warehouse has a table."""
    query = "select 1 from information_schema.tables where table_schema = ? and table_name = ?"
    return connection.execute(query, [schema, table]).fetchone() is not None


def file_rows(accounts: Sequence[FileAccount], run_id: str, landed_at: datetime) -> pa.Table:
    """The new rows of `load_files`."""
    rows = [_row(account, run_id, landed_at) for account in accounts if account.is_new]
    return pa.Table.from_pylist(rows, schema=LOAD_FILES)


def reject_rows(readings: Sequence[Reading], run_id: str) -> pa.Table:
    """The new rows of `load_rejects`."""
    rows = [
        {
            "file_id": reading.file_id,
            "export_name": reading.export.name,
            "line": reject.line,
            "column_name": reject.column,
            "reason": reject.reason,
            "text": reject.text,
            "run_id": run_id,
        }
        for reading in readings
        if reading.export
        for reject in reading.rejects
    ]
    return pa.Table.from_pylist(rows, schema=LOAD_REJECTS)


def _row(account: FileAccount, run_id: str, landed_at: datetime) -> dict[str, Any]:
    values = {name: getattr(account, name, None) for name in LOAD_FILES.names}
    moments = {"exported_at": account.exported_at.astimezone(UTC).replace(tzinfo=None)}
    landed = {"landed_at": landed_at.astimezone(UTC).replace(tzinfo=None), "run_id": run_id}
    return values | moments | landed
