"""A night's own warehouse file: a new one, or a copy taken while no other program can write."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from pipelines.errors import WarehouseBusyError
from pipelines.files import copy_file
from pipelines.sql_text import literal

# The file opens with every DuckDB from this version on; with the default, landed rows take a
# quarter more.
STORAGE_VERSION = "v1.4.0"


def create_database(database: Path) -> None:
    """An empty DuckDB file of the pinned storage version, unless there is one."""
    if not database.exists():
        with duckdb.connect() as connection:
            connection.execute(
                f"attach {literal(str(database))} as created (storage_version '{STORAGE_VERSION}')"
            )


def copy_database(source: Path, target: Path) -> None:
    """Copy a DuckDB file, and the write-ahead log that an interrupted writer left beside it.

    DuckDB's own read lock is held meanwhile: readers may stay, a writer cannot come in. The lock
    ends when the first of our own handles on the file closes, which is when the copy is done, so
    the log is copied first. `WarehouseBusyError` when a writer is there already.
    """
    with _read_locked(source):
        log = _log_of(source)
        if log.exists():
            copy_file(log, _log_of(target))
        copy_file(source, target)


def assert_closed(database: Path) -> None:
    """A copied file without its log would lose rows: refuse to go on while there is a log."""
    if _log_of(database).exists():
        raise RuntimeError(f"{database} still has a write-ahead log; a connection was left open")


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")


def _read_locked(database: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(database), read_only=True)
    except duckdb.IOException as error:
        found = re.search(r"PID (\d+)", str(error))
        if found is None:
            raise
        raise WarehouseBusyError(
            f"process {found[1]} is writing to {database}; close it (a dbt build, a DuckDB shell, "
            "an editor's connection) and start again"
        ) from None
