"""The ledger of runs: one small file per run beside the warehouse, one table inside it.

A red night's private copy is thrown away, and its own row with it, so the files are the record
and `raw_operations.runs` is written anew from them by each night.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import duckdb

from pipelines.files import write_text
from pipelines.private_copy import create_database

Status = Literal["running", "landed", "published", "red", "failed", "killed", "rolled back"]

TOOLS = ("customer360", "duckdb", "dlt", "dbt-core", "dbt-duckdb", "great-expectations")

COLUMNS = """
    run_id varchar,
    status varchar,
    exports varchar,
    versions varchar,
    as_of date,
    started_at timestamp,
    finished_at timestamp
"""


@dataclass(frozen=True)
class Run:
    """One run: what it read, of which day, when (UTC), and how it ended."""

    run_id: str
    status: Status
    exports: str
    started_at: datetime
    finished_at: datetime | None = None
    as_of: date | None = None
    versions: dict[str, str] = field(default_factory=dict)


def installed_versions() -> dict[str, str]:
    """The versions of the tools that a night's numbers depend on."""
    found = {}
    for tool in TOOLS:
        try:
            found[tool] = version(tool)
        except PackageNotFoundError:
            found[tool] = "not installed"
    return found


def record(root: Path, run: Run) -> None:
    """Write a run's file, replacing what it said before."""
    write_text(root / "runs" / f"{run.run_id}.json", json.dumps(asdict(run), default=str, indent=2))


def recorded(root: Path) -> list[Run]:
    """All runs of this warehouse, oldest first."""
    return [_read(path) for path in sorted((root / "runs").glob("*.json"))]


def mark_killed(root: Path) -> None:
    """A run that never ended was killed: only the holder of the lock may say so.

    One that was killed after its night became current says in that night how it ended.
    """
    for run in recorded(root):
        if run.status == "running":
            record(root, replace(run, status=status_when_kept(root, run.run_id) or "killed"))


def status_when_kept(root: Path, run_id: str) -> Status | None:
    """How a kept night ended, as its own summary says; none without one."""
    summary = root / "nights" / run_id / "summary.json"
    if not summary.exists():
        return None
    status: Status = json.loads(summary.read_text(encoding="utf-8"))["status"]
    return status


def mark(root: Path, run_id: str, status: Status) -> None:
    """Change how one recorded run ended."""
    for run in recorded(root):
        if run.run_id == run_id:
            record(root, replace(run, status=status))


def land_runs(database: Path, runs: Iterable[Run]) -> None:
    """Write the ledger into the warehouse file as `raw_operations.runs`."""
    create_database(database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema if not exists raw_operations")
        connection.execute(f"create or replace table raw_operations.runs ({COLUMNS})")
        connection.executemany(
            "insert into raw_operations.runs values (?, ?, ?, ?, ?, ?, ?)",
            [_row(run) for run in runs],
        )


def _row(run: Run) -> tuple[object, ...]:
    versions = json.dumps(run.versions, sort_keys=True)
    finished_at = None if run.finished_at is None else _naive(run.finished_at)
    started_at = _naive(run.started_at)
    return (run.run_id, run.status, run.exports, versions, run.as_of, started_at, finished_at)


def _naive(moment: datetime) -> datetime:
    """Timestamps land without an offset, in UTC."""
    return moment.replace(tzinfo=None)


def _read(path: Path) -> Run:
    fields = json.loads(path.read_text(encoding="utf-8"))
    for name in ("started_at", "finished_at"):
        fields[name] = fields[name] and datetime.fromisoformat(fields[name])
    fields["as_of"] = fields["as_of"] and date.fromisoformat(fields["as_of"])
    return Run(**fields)
