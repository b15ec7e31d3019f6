"""What the last good night said of its files, rejects and checks, from the summary beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any


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
