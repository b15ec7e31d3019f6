"""Whole nights, run by the command line as an operator runs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

PROJECT = Path(__file__).parents[2]
SAMPLES = Path(os.environ.get("C360_SAMPLES", PROJECT / "../shared/samples"))
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
