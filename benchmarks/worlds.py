"""Demo worlds to measure on: written once, landed once, kept where the user wants them kept."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from pipelines.demo import write_demo
from pipelines.warehouse import DATABASE

PROJECT = Path(__file__).parents[1]


@dataclass(frozen=True)
class World:
    """A demo world of a size, in a folder; what an earlier call finished is taken as it is."""

    folder: Path
    customers: int
    days: int
    events: int
    is_packed: bool = False

    @property
    def root(self) -> Path:
        """Where the world lies, and what is made of it."""
        name = f"{self.customers}_customers_{self.days}_days_{self.events}_events"
        return self.folder / (f"{name}_packed" if self.is_packed else name)

    def exports(self) -> Path:
        """The vendors' files."""
        if not self.root.exists():
            unfinished = self.root.with_suffix(".unfinished")
            told = write_demo(
                unfinished,
                self.customers,
                self.days,
                events_per_customer=self.events,
                is_packed=self.is_packed,
            )
            unfinished.rename(self.root)
            print(f"wrote {told.bytes / 1024**3:.1f} GiB of exports in {told.seconds:,.0f} s")
        return self.root / "exports"

    def landed(self) -> Path:
        """The warehouse in which they have landed."""
        exports, warehouse = self.exports(), self.root / "warehouse"
        if not (warehouse / "current").exists():
            started = time.perf_counter()
            main = "from pipelines.cli import main; main()"
            paths = ["--exports", str(exports), "--warehouse", str(warehouse)]
            subprocess.run(
                [sys.executable, "-c", main, "land", "--quiet", *paths], check=True, cwd=PROJECT
            )
            print(f"landed them in {time.perf_counter() - started:,.0f} s")
        return warehouse / DATABASE


def add_options(parser: argparse.ArgumentParser, days: int, events: int) -> None:
    """What is common to worlds of all sizes: how long, how busy, and where they are kept."""
    parser.add_argument("--days", type=int, default=days)
    parser.add_argument("--events", type=int, default=events, help="web events planned a customer")
    parser.add_argument("--packed", action="store_true", help="JSON as gzip: a fifth of the disk")
    parser.add_argument("--worlds", type=Path, help="keep worlds here, and take those that are")
