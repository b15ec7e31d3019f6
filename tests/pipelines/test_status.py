"""What `c360 status` says of the last good night."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines import runs, warehouse
from pipelines.runs import Run, Status
from pipelines.status import last_good_night, last_runs, seen_by_readers


def test_the_last_good_night_tells_its_files_rejects_and_checks(tmp_path: Path) -> None:
    summary = tmp_path / "summary.json"
    files = [
        _file("shopify/orders.csv", "landed", landed=1200, rejected=2),
        _file("marketo/leads.csv", "refused", reason="leaves a quote open"),
        _file("shopify/growing.csv", "waiting", reason="is still being written"),
    ]
    checks = [{"passed": True}, {"passed": False}]
    told = {"files": files, "known_file_count": 3, "checks": checks, "nodes": [{}] * 5}
    summary.write_text(json.dumps(told), encoding="utf-8")

    assert list(last_good_night(summary)) == [
        "Files: 1 landed, 1 refused, 3 known before",
        "Rows: 1,200 landed, 2 rejected (see c360 rejects)",
        "Checks: 1 of 2 passed; dbt built and tested 5 nodes",
        "Refused: marketo/leads.csv leaves a quote open",
        "Waits: shopify/growing.csv is still being written",
    ]


def test_a_night_without_a_summary_says_nothing(tmp_path: Path) -> None:
    assert list(last_good_night(tmp_path / "summary.json")) == []


def test_readers_see_the_last_night_that_was_published_not_one_that_landed(tmp_path: Path) -> None:
    assert seen_by_readers(tmp_path) == "nothing yet"
    keep(tmp_path, "night-1", "landed", has_marts=False)
    assert seen_by_readers(tmp_path) == "nothing yet"
    keep(tmp_path, "night-2", "published")
    keep(tmp_path, "night-3", "landed")
    assert seen_by_readers(tmp_path) == "night-2"
    for run_id in ("night-4", "night-5"):
        keep(tmp_path, run_id, "landed")
    assert seen_by_readers(tmp_path) == "a night that is no longer kept"


def test_a_run_that_no_process_runs_any_more_was_killed(tmp_path: Path) -> None:
    runs.record(tmp_path, Run("night-1", "running", "exports", datetime.now(UTC)))

    assert [row[1] for row in last_runs(tmp_path, process=7)] == ["running"]
    assert [row[1] for row in last_runs(tmp_path, process=None)] == ["killed"]


def keep(root: Path, run_id: str, status: Status, *, has_marts: bool = True) -> None:
    night = warehouse.begin(root, run_id)
    duckdb.connect(str(night.database)).close()
    night.published.parent.mkdir()
    if has_marts:
        night.published.touch()
    warehouse.keep(night)
    runs.record(root, Run(run_id, status, "exports", datetime.now(UTC)))


def _file(
    path: str, status: str, landed: int = 0, rejected: int = 0, reason: str | None = None
) -> dict[str, object]:
    return {
        "path": path,
        "status": status,
        "reason": reason,
        "landed_row_count": landed,
        "rejected_row_count": rejected,
    }
