"""A build that needs more memory than it may have goes on with rows on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.scratch import scratch_project

SORTED = "select {number} as n, md5(cast(i as varchar)) as a, md5(cast(-i as varchar)) as b "
SORTED += "from range(1500000) as numbers (i) order by a, b"


def test_models_after_one_that_spilled_are_built_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("C360_MEMORY_LIMIT", "100MB")
    project = scratch_project(tmp_path)
    names = ("first", "second", "third")
    for number, name in enumerate(names):
        project.write(f"models/marts/{name}.sql", SORTED.format(number=number))
    project.write("models/groups.yml", {"groups": [{"name": "analytics", "owner": {"name": "a"}}]})
    columns = [
        {"name": "n", "data_type": "integer"},
        {"name": "a", "data_type": "varchar"},
        {"name": "b", "data_type": "varchar"},
    ]
    project.write(
        "models/marts/marts.yml", {"models": [{"name": name, "columns": columns} for name in names]}
    )

    done = project.dbt("run", "--threads", "1")

    assert done.returncode == 0, done.stdout
    assert "PASS=3" in done.stdout
