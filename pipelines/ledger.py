"""The ledger behind law 1: which files came, what became of each of their rows.

`raw_operations.load_files` has one row per file content and export, `load_rejects` one per row that
did not land. A file is known by the hash of its bytes, never by its name or time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

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

    status   "landed", "refused" (with a reason), or "known" (its content had landed before)
    is_new   whether the ledger does not say so yet
    """

    path: str
    vendor: str
    export_name: str
    account: str
    exported_at: datetime
    status: str
    stored_sha256: str
    sha256: str = ""
    reason: str | None = None
    file_row_count: int = 0
    landed_row_count: int = 0
    rejected_row_count: int = 0
    skipped_row_count: int = 0
    skipped: str = "{}"
    data_from: datetime | None = None
    data_until: datetime | None = None
    stated_from: date | None = None
    stated_until: date | None = None
    ignored_columns: str = "[]"
    byte_count: int = 0
    is_new: bool = True

    @property
    def file_id(self) -> str:
        """What the rows of the file carry."""
        return self.sha256[:16]


@dataclass(frozen=True)
class Known:
    """What the ledger knew before the night.

    stored    hashes of stored files of which everything landed
    content   hashes of unpacked contents that landed
    refused   hash of a stored file and path → the last reason it was refused for
    """

    stored: set[str]
    content: set[str]
    refused: dict[tuple[str, str], str]


def known_files(warehouse: Path) -> Known:
    """Read what landed and what was refused before; nothing, in a new warehouse."""
    if not warehouse.exists():
        return Known(set(), set(), {})
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        if not table_exists(connection, SCHEMA, "load_files"):
            return Known(set(), set(), {})
        landed = connection.execute(
            "select distinct stored_sha256, sha256 from raw_operations.load_files "
            "where status = 'landed'"
        ).fetchall()
        refused = connection.execute(
            "select stored_sha256, path, arg_max(reason, (landed_at, reason)) "
            "from raw_operations.load_files where status = 'refused' group by all"
        ).fetchall()
    incomplete = {stored for stored, _, _ in refused}
    return Known(
        {stored for stored, _ in landed} - incomplete,
        {content for _, content in landed},
        {(stored, path): reason for stored, path, reason in refused},
    )


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
            "file_id": reading.file.file_id,
            "export_name": reading.export.name,
            "line": reject.line,
            "column_name": reject.column,
            "reason": reject.reason,
            "text": reject.text,
            "run_id": run_id,
        }
        for reading in readings
        if reading.file and reading.export
        for reject in reading.rejects
    ]
    return pa.Table.from_pylist(rows, schema=LOAD_REJECTS)


def _row(account: FileAccount, run_id: str, landed_at: datetime) -> dict[str, Any]:
    values = {name: getattr(account, name, None) for name in LOAD_FILES.names}
    moments = {"exported_at": account.exported_at.astimezone(UTC).replace(tzinfo=None)}
    landed = {"landed_at": landed_at.astimezone(UTC).replace(tzinfo=None), "run_id": run_id}
    return values | moments | landed
