"""A small daily ad report with every kind of column, and ways to write and read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.exports.declare import (
    BOOLEAN,
    DAY,
    DECIMAL,
    ID,
    INTEGER,
    MONEY,
    PERCENT,
    TEXT,
    TIMESTAMP,
    Checksum,
    Column,
    Export,
)
from pipelines.exports.read import read_stored
from pipelines.exports.reading import Reading
from pipelines.exports.workspace import Workspace

REPORT = Export(
    vendor="adnet",
    name="campaign_days",
    title="Adnet campaign report",
    files=("*.csv",),
    columns=(
        Column("Day", "day", DAY, filled=True),
        Column("Campaign ID", "campaign_id", ID, required=False),
        Column("Campaign", "campaign_name", TEXT),
        Column("Cost", "spend", MONEY),
        Column("Impr.", "impressions", INTEGER),
        Column("CTR", "ctr", PERCENT, required=False),
        Column("Conversions", "conversions", DECIMAL, required=False),
        Column("Live", "is_live", BOOLEAN, required=False),
        Column("Seen at", "seen_at", TIMESTAMP, required=False),
    ),
    dated_by="day",
    totals=r"^Total(:| of|$)",
    checksum=Checksum(r"^Total: Account", "spend"),
    nulls=("--", "-", "null"),
)

Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write content under a name and read it as one of the exports."""

    def write_and_read(
        content: str | bytes, name: str = "report.csv", exports: tuple[Export, ...] = (REPORT,)
    ) -> Reading:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return next(iter(read_stored(path, exports, Workspace(tmp_path / "work"))))

    return write_and_read


def rows(reading: Reading, *columns: str) -> list[tuple[Any, ...]]:
    """The landed rows in the order of their lines; refused readings have none."""
    assert reading.refusal is None, reading.refusal
    assert reading.balances
    if reading.parquet is None:
        return []
    wanted = ", ".join(columns) or "*"
    return duckdb.sql(f"select {wanted} from '{reading.parquet}' order by _line").fetchall()
