"""What a row of each vendor's exports costs to land, beside DuckDB's bare read of the same files.

    python benchmarks/loading_by_vendor.py [--customers 10000]

Each vendor of a demo world is landed by itself, in a process of its own and into a warehouse whose
tables exist; then DuckDB reads each of its files into a table by guessing, where it can.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.loading import first_night, read_bare
from benchmarks.worlds import World, add_options
from pipelines.landing_run import run_now
from pipelines.load import land
from pipelines.progress import Progress

HEADER = """\
| vendor | files | rows | MB | CPU seconds | µs a row | DuckDB reads: CPU seconds | ratio |
|---|---:|---:|---:|---:|---:|---:|---:|"""


def _run(exports: Path, vendor: str, landed_nothing: Path) -> None:
    """Land one vendor in this process; prints what it took as JSON."""
    with tempfile.TemporaryDirectory(dir=landed_nothing.parent) as scratch:
        root = Path(scratch)
        warehouse = Path(shutil.copy(landed_nothing, root))
        shutil.copytree(exports / vendor, root / "exports" / vendor)
        started = _cpu()
        run = run_now("bench")
        landing = land(str(root / "exports"), warehouse, root / "work", run, Progress())
        landed = _cpu()
        read_bare(exports / vendor, root / "bare.duckdb")
        told = {
            "files": sum(file.status == "landed" for file in landing.files),
            "rows": sum(file.landed_row_count for file in landing.files),
            "bytes": sum(path.stat().st_size for path in (exports / vendor).rglob("*")),
            "ours": landed - started,
            "bare": _cpu() - landed,
        }
    print(json.dumps(told))


def _cpu() -> float:
    times = os.times()
    return times.user + times.system


def _measure(exports: Path, vendor: str, landed_nothing: Path) -> dict[str, float]:
    options = {"exports": exports, "vendor": vendor, "landed-nothing": landed_nothing}
    command = [sys.executable, __file__, *(f"--{name}={at}" for name, at in options.items())]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return told


def _print_row(name: str, told: dict[str, float]) -> None:
    ours, bare, rows = told["ours"], told["bare"], told["rows"]
    print(
        f"| {name} | {told['files']:,} | {rows:,} | {told['bytes'] / 1e6:,.1f} | {ours:.1f} "
        f"| {ours / rows * 1e6:.0f} | {bare:.1f} | {ours / bare:.1f} |",
        flush=True,
    )


def report(exports: Path, folder: Path) -> None:
    """Measure each vendor of an exports folder and print the dearest first."""
    first_night(warehouse := folder / "warehouse.duckdb")
    vendors = [path.name for path in exports.iterdir() if path.is_dir()]
    measured = {vendor: _measure(exports, vendor, warehouse) for vendor in vendors}
    print(HEADER)
    for vendor, told in sorted(measured.items(), key=lambda item: -item[1]["ours"]):
        _print_row(vendor, told)
    keys = ("files", "rows", "bytes", "ours", "bare")
    _print_row("all", {key: sum(told[key] for told in measured.values()) for key in keys})


def main() -> None:
    """Measure each vendor of a demo world."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=10_000)
    add_options(parser, days=365, events=75)
    parser.add_argument("--exports", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--vendor", help=argparse.SUPPRESS)
    parser.add_argument("--landed-nothing", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.vendor:
        _run(given.exports, given.vendor, given.landed_nothing)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.worlds or Path(scratch)
        world = World(folder, given.customers, given.days, given.events, given.packed)
        report(world.exports().resolve(), Path(scratch))


if __name__ == "__main__":
    main()
