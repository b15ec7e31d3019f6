"""A small dbt project in a folder of its own: the project's macros and some of its files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

PROJECT = Path(__file__).parents[2]
DATABASE = "scratch.duckdb"
SETTINGS = ("dbt_project.yml", "profiles.yml", "macros")

Row = tuple[object, ...]


@dataclass(frozen=True)
class ScratchProject:
    """What dbt needs to run some models by themselves, over tables that a test fills.

    folder  where it is
    """

    folder: Path

    @property
    def warehouse(self) -> Path:
        return self.folder / DATABASE

    @property
    def environment(self) -> dict[str, str]:
        """Environment of a process that runs dbt here."""
        return os.environ | {"C360_WAREHOUSE": str(self.warehouse), "DO_NOT_TRACK": "1"}

    def copy(self, *paths: str) -> None:
        """Take files and folders of the project, named from its root."""
        for path in paths:
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            copied = shutil.copytree if (PROJECT / path).is_dir() else shutil.copy
            copied(PROJECT / path, target)

    def write(self, path: str, content: object) -> None:
        """Write a text, or anything else as YAML."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content if isinstance(content, str) else yaml.safe_dump(content))

    def dbt(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "dbt.cli.main", *command],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def rows(self, query: str) -> list[Row]:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(query).fetchall()


def scratch_project(folder: Path, *paths: str) -> ScratchProject:
    """A project with the macros, the settings and these of its files."""
    project = ScratchProject(folder)
    project.copy(*SETTINGS, *paths)
    return project
