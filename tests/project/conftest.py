"""What tests of the whole project share: nights as an operator runs them, and what dbt reads."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.project.night.nights import copy_project

PROJECT = Path(__file__).parents[2]
SAMPLES = Path(os.environ.get("C360_SAMPLES", PROJECT / "../shared/samples"))
WAREHOUSE = Path("target/customer360.duckdb")  # below a project, for dbt parses anew if it changes
MAPPING = re.compile(r"^```yaml\n(mapped:\n.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Night:
    """What a run left behind: its exit code, its summary and its warehouse."""

    code: int
    summary: dict[str, Any]
    root: Path

    def published(self, sql: str) -> list[tuple[Any, ...]]:
        """What readers see."""
        return _answer(self.root / "published" / "marts.duckdb", sql)

    def landed(self, sql: str) -> list[tuple[Any, ...]]:
        """What the run landed, also when it was red."""
        kept = self.root / "build" / "customer360.duckdb"
        working = self.root / "working" / self.summary["run_id"] / "build" / "customer360.duckdb"
        return _answer(kept if kept.exists() else working, sql)


def _answer(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def run_night(folder: Path, *options: str) -> Night:
    """Run `c360 nightly` on folder/exports into folder/warehouse."""
    command = [str(Path(sys.executable).with_name("c360")), "nightly", "--json"]
    places = ["--exports", str(folder / "exports"), "--warehouse", str(folder / "warehouse")]
    done = subprocess.run(
        [*command, *places, *options],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        check=False,
    )
    return Night(done.returncode, json.loads(done.stdout), folder / "warehouse")


def documented_mapping(owner: str) -> str:
    """The example of docs/mapped_exports.md that maps the files of a shop or platform."""
    documentation = (PROJECT / "docs" / "mapped_exports.md").read_text()
    examples: list[str] = MAPPING.findall(documentation)
    return next(example for example in examples if re.search(rf": {owner}\b", example))


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of licensed real files, which are not part of the repository."""
    if not SAMPLES.is_dir():
        pytest.skip("the real sample files are not here; C360_SAMPLES names their folder")
    return SAMPLES


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of a test run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@contextmanager
def one_worker_at_a_time(folder: Path) -> Iterator[None]:
    """Let the first worker make what the others find."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def compiled(common: Path) -> Path:
    """A copy of the dbt project whose target/ has the manifests and all compiled SQL."""
    place = common / "dbt"  # with a lock of its own: a night takes longer
    project = place / "project"
    place.mkdir(exist_ok=True)
    with one_worker_at_a_time(place):
        if not project.exists():
            (copy_project(project) / "target").mkdir()
            said = compile_nodes(project, "analysis", "model")
            assert "WARNING" not in said, said
    return project


def compile_nodes(project: Path, *kinds: str) -> str:
    """Compile the models or analyses of a project for target/customer360.duckdb, built or not."""
    selected = [f"resource_type:{kind}" for kind in kinds]
    done = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "compile", "--select", *selected],
        cwd=project,
        env={**os.environ, "C360_WAREHOUSE": str(WAREHOUSE), "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
