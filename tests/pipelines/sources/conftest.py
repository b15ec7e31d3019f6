"""Reads look-alike files through the real reader, as each export they turn out to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.exports.declare import Export
from pipelines.exports.read import read_stored
from pipelines.exports.reading import Reading
from pipelines.exports.workspace import Workspace


@dataclass(frozen=True)
class Landed:
    """What became of one file as one export."""

    reading: Reading
    rows: list[dict[str, Any]]

    @property
    def name(self) -> str | None:
        """The export the file turned out to be."""
        return self.reading.export.name if self.reading.export else None

    def column(self, name: str) -> list[Any]:
        """One column of the landed rows, in the order of the file."""
        return [row[name] for row in self.rows]


Land = Callable[[str, str | bytes, Sequence[Export]], list[Landed]]


@pytest.fixture
def land(tmp_path: Path) -> Land:
    """Write a file under a name and read it as each of the exports that it is."""

    def write_and_read(name: str, content: str | bytes, exports: Sequence[Export]) -> list[Landed]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        workspace = Workspace(tmp_path / "workspace")
        return [_landed(reading) for reading in read_stored(path, exports, workspace)]

    return write_and_read


def _landed(reading: Reading) -> Landed:
    assert reading.refusal is not None or reading.balances
    if reading.parquet is None:
        return Landed(reading, [])
    with duckdb.connect() as connection:
        query = "select * from read_parquet(?) order by _line"
        found = connection.execute(query, [str(reading.parquet)])
        names = [column[0] for column in found.description]
        return Landed(reading, [dict(zip(names, row, strict=True)) for row in found.fetchall()])
