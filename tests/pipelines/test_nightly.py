"""A night is published whole or not at all, wherever it ends.

Run as a program, this file is a night that dies at a given step: `test_nightly.py ROOT STEP`.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines import runs, warehouse
from pipelines.address import without_credentials
from pipelines.checks.declare import CheckResult, Gate
from pipelines.dbt_build import Build, NodeResult, manifest_path
from pipelines.errors import AlreadyRunningError, NoNightError
from pipelines.landing_run import LandingRun
from pipelines.ledger import FileAccount
from pipelines.lock import night_lock
from pipelines.marts import Mart
from pipelines.nightly import land_only, nightly
from pipelines.private_copy import STORAGE_VERSION
from pipelines.progress import Progress
from pipelines.publish import PublishedMart, publish
from pipelines.rollback import go_back
from pipelines.summary import Landing
from pipelines.underway import Steps, Wish
from pipelines.variables import Variables
from pipelines.warehouse import Night

STEPS = ("land", "check_arrived", "build", "check_marts", "publish", "after_publish")

MANIFEST = {
    "nodes": {
        "model.c.people": {
            "resource_type": "model",
            "fqn": ["c", "marts", "core", "people"],
            "schema": "marts",
            "alias": "people",
            "description": "One row per person.",
            "columns": {},
        }
    }
}


def nothing(step: str) -> None:
    """Where nothing happens between two steps."""


@dataclass(frozen=True)
class Landed:
    files: tuple[FileAccount, ...]
    warnings: tuple[str, ...] = ()


@dataclass
class Fakes:
    """Small real work in the place of dlt, dbt and Great Expectations; `before` is told steps."""

    before: Callable[[str], None] = nothing
    arrived: Gate = field(default_factory=lambda: gate(passed=True))
    marts: Gate = field(default_factory=lambda: gate(passed=True))
    node_status: str = "success"

    def steps(self) -> Steps:
        return Steps(
            self.land,
            self.check_arrived,
            self.build,
            self.check_marts,
            self.publish,
            lambda: datetime.now(UTC),
        )

    def land(
        self, exports: str, database: Path, workspace: Path, run: LandingRun, progress: Progress
    ) -> Landing:
        self.before("land")
        assert not workspace.exists()
        with progress.step("Land rows"), duckdb.connect(str(database)) as connection:
            connection.execute("create table if not exists people (run_id varchar)")
            connection.execute("insert into people values (?)", [run.run_id])
        return Landed((account(exports, "landed"), account(exports, "known")))

    def check_arrived(self, night: Night) -> Gate:
        self.before("check_arrived")
        assert night.database.exists()
        return self.arrived

    def build(self, night: Night, project: Path, variables: Variables, progress: Progress) -> Build:
        self.before("build")
        assert project.name == "project"
        manifest_path(night).parent.mkdir()
        manifest_path(night).write_text(json.dumps(MANIFEST))
        day = f"date '{variables.as_of or '2026-03-02'}'"
        with progress.step("Build"), duckdb.connect(str(night.database)) as connection:
            connection.execute("create schema if not exists marts")
            connection.execute("create schema if not exists intermediate")
            connection.execute("create or replace table marts.people as from people")
            connection.execute(
                f"create or replace table intermediate.int_as_of as select {day} as as_of_date"
            )
        node = NodeResult("model.c.people", "model", "people", self.node_status, 0.1, "")
        return Build((node,), frozenset({"model.c.people"}))

    def check_marts(self, night: Night) -> Gate:
        self.before("check_marts")
        assert night.database.exists()
        return self.marts

    def publish(
        self, night: Night, marts: tuple[Mart, ...], progress: Progress
    ) -> tuple[PublishedMart, ...]:
        self.before("publish")
        published = publish(night, marts, progress)
        self.before("after_publish")
        return published


def gate(*, passed: bool) -> Gate:
    result = CheckResult("s", "t", "e", "c", "is plausible", "critical", passed, "0")
    return Gate(1, (result,))


def account(path: str, status: str) -> FileAccount:
    return FileAccount(
        path=path,
        vendor="shop",
        export_name="people",
        account="default",
        exported_at=datetime(2026, 3, 2, tzinfo=UTC),
        status=status,
        stored_sha256="",
    )


def wish(tmp_path: Path) -> Wish:
    return Wish("exports", tmp_path / "warehouse", tmp_path / "project")


def published_rows(tmp_path: Path) -> int:
    database = tmp_path / "warehouse" / "published" / "marts.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute("select count(*) from people").fetchone()
    assert found is not None
    return int(found[0])


def test_a_green_night_publishes_and_says_so(tmp_path: Path) -> None:
    summary = nightly(wish(tmp_path), Fakes().steps(), Progress())

    assert summary.status == "published"
    assert summary.marts == [PublishedMart("people", 1)]
    assert summary.as_of == date(2026, 3, 2)
    assert [file.status for file in summary.files] == ["landed"]
    assert summary.known_file_count == 1
    kept = warehouse.current(tmp_path / "warehouse")
    assert kept is not None
    written = json.loads(kept.summary.read_text())
    assert (written["status"], written["as_of"]) == ("published", "2026-03-02")
    assert written["steps"][0]["title"] == "Take a private copy"


def test_each_night_adds_to_the_night_before(tmp_path: Path) -> None:
    for _ in range(2):
        nightly(wish(tmp_path), Fakes().steps(), Progress())

    assert published_rows(tmp_path) == 2


RED = [
    Fakes(arrived=gate(passed=False)),
    Fakes(arrived=Gate(0, ())),
    Fakes(node_status="error"),
    Fakes(marts=gate(passed=False)),
]


@pytest.mark.parametrize("red", RED)
def test_a_red_night_tells_why_and_publishes_nothing(tmp_path: Path, red: Fakes) -> None:
    nightly(wish(tmp_path), Fakes().steps(), Progress())

    summary = nightly(wish(tmp_path), red.steps(), Progress())

    assert summary.status == "red"
    assert len(summary.problems) == 1
    assert published_rows(tmp_path) == 1
    nightly(wish(tmp_path), Fakes().steps(), Progress())
    assert published_rows(tmp_path) == 2


def test_an_error_is_recorded_and_passed_on(tmp_path: Path) -> None:
    def fail(step: str) -> None:
        if step == "publish":
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        nightly(wish(tmp_path), Fakes(before=fail).steps(), Progress())

    assert [run.status for run in runs.recorded(tmp_path / "warehouse")] == ["failed"]
    assert warehouse.current(tmp_path / "warehouse") is None


@pytest.mark.parametrize("step", STEPS)
def test_a_night_killed_at_any_step_changes_nothing_and_the_next_one_works(
    tmp_path: Path, step: str
) -> None:
    nightly(wish(tmp_path), Fakes().steps(), Progress())

    killed = subprocess.run([sys.executable, __file__, str(tmp_path), step], check=False)

    assert killed.returncode == -signal.SIGKILL
    assert published_rows(tmp_path) == 1
    assert nightly(wish(tmp_path), Fakes().steps(), Progress()).status == "published"
    assert published_rows(tmp_path) == 2
    recorded = runs.recorded(tmp_path / "warehouse")
    assert [run.status for run in recorded] == ["published", "killed", "published"]


def test_a_run_killed_right_after_the_flip_counts_as_published(tmp_path: Path) -> None:
    nightly(wish(tmp_path), Fakes().steps(), Progress())
    root = tmp_path / "warehouse"
    runs.mark(root, runs.recorded(root)[0].run_id, "running")

    runs.mark_killed(root)

    assert [run.status for run in runs.recorded(root)] == ["published"]


def test_a_second_night_leaves_at_once(tmp_path: Path) -> None:
    with night_lock(tmp_path / "warehouse"), pytest.raises(AlreadyRunningError):
        nightly(wish(tmp_path), Fakes().steps(), Progress())

    assert runs.recorded(tmp_path / "warehouse") == []


def test_the_ledger_of_runs_holds_red_nights_too_and_this_one_as_it_ends(tmp_path: Path) -> None:
    nightly(wish(tmp_path), Fakes(marts=gate(passed=False)).steps(), Progress())
    asked = replace(
        wish(tmp_path),
        variables=Variables(date(2026, 1, 31)),
        exports="s3://key:word@shop/exports",
    )
    nightly(asked, Fakes().steps(), Progress())

    database = tmp_path / "warehouse" / "build" / "customer360.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "select status, as_of, exports, finished_at >= started_at "
            "from raw_operations.runs order by run_id"
        ).fetchall()
    assert rows == [
        ("red", date(2026, 3, 2), "exports", True),
        ("published", date(2026, 1, 31), "s3://shop/exports", True),
    ]


def test_landing_only_leaves_the_published_marts_as_they_were(tmp_path: Path) -> None:
    nightly(wish(tmp_path), Fakes().steps(), Progress())

    summary = land_only(wish(tmp_path), Fakes().steps(), Progress())

    assert summary.status == "landed"
    assert published_rows(tmp_path) == 1
    with duckdb.connect(str(tmp_path / "warehouse/build/customer360.duckdb")) as connection:
        assert connection.execute("select count(*) from people").fetchall() == [(2,)]


def test_landing_only_works_in_a_fresh_warehouse(tmp_path: Path) -> None:
    assert land_only(wish(tmp_path), Fakes().steps(), Progress()).is_green
    assert not (tmp_path / "warehouse" / "published" / "marts.duckdb").exists()


def test_a_warehouse_is_of_the_pinned_storage_version(tmp_path: Path) -> None:
    land_only(wish(tmp_path), Fakes().steps(), Progress())

    with duckdb.connect(str(tmp_path / "warehouse/build/customer360.duckdb")) as connection:
        tags = connection.execute("select tags from duckdb_databases() where not internal")
        assert tags.fetchall() == [({"storage_version": f"{STORAGE_VERSION}+"},)]


def test_going_back_to_a_night_that_only_landed_does_not_call_it_published(tmp_path: Path) -> None:
    root = tmp_path / "warehouse"
    landed = land_only(wish(tmp_path), Fakes().steps(), Progress()).run_id
    left = nightly(wish(tmp_path), Fakes().steps(), Progress()).run_id

    now, target = go_back(root)

    assert (now.run_id, target.run_id) == (left, landed)
    assert [run.status for run in runs.recorded(root)] == ["landed", "rolled back"]


def test_going_back_in_a_folder_that_is_no_warehouse_makes_none(tmp_path: Path) -> None:
    with pytest.raises(NoNightError, match="nothing is published"):
        go_back(tmp_path / "warehuose")

    assert not (tmp_path / "warehuose").exists()


def test_an_address_is_kept_without_its_credentials() -> None:
    assert without_credentials("s3://key:secret@bucket/a@b") == "s3://bucket/a@b"
    assert without_credentials("exports/ann@home") == "exports/ann@home"


if __name__ == "__main__":

    def die_before(step: str) -> None:
        if step == sys.argv[2]:
            os.kill(os.getpid(), signal.SIGKILL)

    nightly(wish(Path(sys.argv[1])), Fakes(before=die_before).steps(), Progress())
