"""What `c360 status` says of the last good night."""

from __future__ import annotations

import json
from pathlib import Path

from pipelines.status import last_good_night


def test_the_last_good_night_tells_its_files_rejects_and_checks(tmp_path: Path) -> None:
    summary = tmp_path / "summary.json"
    files = [
        _file("shopify/orders.csv", "landed", landed=1200, rejected=2),
        _file("marketo/leads.csv", "refused", reason="leaves a quote open"),
    ]
    checks = [{"passed": True}, {"passed": False}]
    told = {"files": files, "known_file_count": 3, "checks": checks, "nodes": [{}] * 5}
    summary.write_text(json.dumps(told), encoding="utf-8")

    assert list(last_good_night(summary)) == [
        "Files: 1 landed, 1 refused, 3 known before",
        "Rows: 1,200 landed, 2 rejected (see c360 rejects)",
        "Checks: 1 of 2 passed; dbt built and tested 5 nodes",
        "Refused: marketo/leads.csv leaves a quote open",
    ]


def test_a_night_without_a_summary_says_nothing(tmp_path: Path) -> None:
    assert list(last_good_night(tmp_path / "summary.json")) == []


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
