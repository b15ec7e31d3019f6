"""Where a reader puts what it makes on the way, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines.exports.engine import connect
from pipelines.exports.refusal import Limits


@dataclass(frozen=True)
class Workspace:
    """A folder of the night's own: typed rows to land, and scratch to forget after each file.

    `connection` serves one file after the other: opening one costs as much as a small file.
    """

    folder: Path
    limits: Limits = field(default_factory=Limits)
    connection: duckdb.DuckDBPyConnection = field(default_factory=connect)

    @property
    def rows(self) -> Path:
        """Where typed Parquet files go."""
        return _made(self.folder / "rows")

    @property
    def scratch(self) -> Path:
        """Where unpacked and transcoded copies go."""
        return _made(self.folder / "scratch")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
