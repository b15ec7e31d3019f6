"""An exports folder and a warehouse, to land the one in the other run by run."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.landing_run import LandingRun
from pipelines.ledger import FileAccount
from pipelines.load import Landing, land
from pipelines.progress import Progress


class Night:
    """An exports folder and a warehouse, and what a run's landing does with them."""

    def __init__(self, folder: Path) -> None:
        self.exports = folder / "exports"
        self.warehouse = folder / "customer360.duckdb"
        self.workspace = folder / "landing"
        self._runs = 0

    def write(self, path: str, content: str | bytes) -> Path:
        target = self.exports / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def land(self, exports: str | None = None) -> tuple[FileAccount, ...]:
        return self.landing(exports).files

    def landing(
        self,
        exports: str | None = None,
        min_age: float = 0,
        wait: Callable[[float], None] = time.sleep,
    ) -> Landing:
        self._runs += 1
        run = LandingRun(f"run-{self._runs}", datetime.now(UTC), min_age, wait)
        address = exports or str(self.exports)
        return land(address, self.warehouse, self.workspace, run, Progress())

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def rate_days(self) -> list[tuple[Any, ...]]:
        return self.query("select day, usd from raw_exchange_rates.days order by all")
