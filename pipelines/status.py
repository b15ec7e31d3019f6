"""What readers see, how the last runs ended, and what the last good night said of itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines import runs, warehouse

RUNS_SHOWN = 10


def seen_by_readers(root: Path) -> str:
    """The night whose marts readers open; one that only landed shares those of a night before."""
    night = warehouse.current(root)
    if night is None or not night.published.exists():
        return "nothing yet"
    published = {run.run_id for run in runs.recorded(root) if run.status == "published"}
    kept = (night.run_id for night in warehouse.lineage(root))
    return next((name for name in kept if name in published), "a night that is no longer kept")


def last_runs(root: Path, process: int | None) -> Iterator[tuple[str, str, str, str]]:
    """Name, end, day and exports of the last runs; `process` is that of the run under way."""
    for run in runs.recorded(root)[-RUNS_SHOWN:]:
        was_killed = run.status == "running" and process is None
        status = "killed" if was_killed else run.status
        yield run.run_id, status, str(run.as_of or ""), run.exports


def last_good_night(summary: Path) -> Iterator[str]:
    """Lines for `c360 status`; none for a night without a summary."""
    if summary.exists():
        told = json.loads(summary.read_text(encoding="utf-8"))
        yield _files(told)
        yield _rows(told["files"])
        yield _checks(told)
        for file in told["files"]:
            if file["status"] == "refused":
                yield f"Refused: {file['path']} {file['reason']}"
            elif file["status"] == "waiting":
                yield f"Waits: {file['path']} {file['reason']}"


def _files(told: dict[str, Any]) -> str:
    statuses = Counter(file["status"] for file in told["files"])
    return (
        f"Files: {statuses['landed']:,} landed, {statuses['refused']:,} refused, "
        f"{told['known_file_count']:,} known before"
    )


def _rows(files: list[dict[str, Any]]) -> str:
    landed = sum(file["landed_row_count"] for file in files)
    rejected = sum(file["rejected_row_count"] for file in files)
    how = " (see c360 rejects)" if rejected else ""
    return f"Rows: {landed:,} landed, {rejected:,} rejected{how}"


def _checks(told: dict[str, Any]) -> str:
    passed = sum(check["passed"] for check in told["checks"])
    return (
        f"Checks: {passed:,} of {len(told['checks']):,} passed; "
        f"dbt built and tested {len(told['nodes']):,} nodes"
    )
