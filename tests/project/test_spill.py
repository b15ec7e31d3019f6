"""A build that needs more memory than it may have goes on with rows on disk."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.landing_run import run_now
from pipelines.load import land
from pipelines.progress import Progress
from tests.project.scratch import scratch_project

SORTED = "select {number} as n, md5(cast(i as varchar)) as a, md5(cast(-i as varchar)) as b "
SORTED += "from range(1500000) as numbers (i) order by a, b"

# a hundredth of them came again in the next file
EVENTS = """
insert into raw_web.ga4_events by name
select
    md5(cast(i as varchar)) as user_pseudo_id,
    1767225600000000 + i as event_timestamp,
    'page_view' as event_name,
    timestamp '2026-01-01' as occurred_at,
    timestamp '2026-01-02' + interval (copy) day as _exported_at,
    md5(cast(copy as varchar)) as _file_id,
    i as _line,
    'night' as _run_id
from range(1000000) as numbers (i), range(if(i % 100 = 0, 2, 1)) as copies (copy)
"""


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
    assert "PASS=4" in done.stdout  # and what runs before a build


def test_web_events_are_told_from_their_copies_in_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("C360_MEMORY_LIMIT", "200MB")
    project = scratch_project(tmp_path, "models/staging/web", "models/staging/operations")
    (tmp_path / "nothing").mkdir()
    run, nothing = run_now("first"), tmp_path / "nothing"
    land(str(nothing), project.warehouse, tmp_path / "work", run, Progress())
    with duckdb.connect(str(project.warehouse)) as connection:
        connection.execute(EVENTS)

    done = project.dbt("run", "--select", "+stg_web__ga4_events")

    assert done.returncode == 0, done.stdout
    counts = "select count(*), count(distinct event_id) from staging.stg_web__ga4_events"
    assert project.rows(counts) == [(1_000_000, 1_000_000)]
