"""How long a whole night takes, step by step, and how that grows with the number of customers.

    python benchmarks/night.py [--customers 10000 100000] [--worlds DIR] [--results FILE]
        [--plot FILE.svg] [--packed] [--scarce]

Each size is a year of a demo world, landed, checked, built, tested and published by a first night
in a process of its own. CPU seconds are those of the night and of all processes it starts; peak
memory is that of its largest one. Beside it, in the same run: what DuckDB takes to read the same
files into tables, guessing types and accounting for nothing, and what scipy takes to join the same
records by the same identifiers. Prints tables in Markdown; growth is that of CPU seconds between
two sizes, over that of the customers: 1 grows as the data do.

`--worlds` keeps the worlds, and takes those that are there already; `--results` keeps what was
measured, and measures sizes only that are not there. The warehouse is written to Python's folder
for temporary files (`TMPDIR`): twenty gigabytes at 100,000 customers, ten times as much at a
million. Where the disk is too small for that, `--scarce` gives intermediate tables a file that does
not outlive them (`C360_INTERMEDIATE`), removes the world once it has landed, and leaves out what
stands beside the night.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import duckdb

from benchmarks.components import found_by_scipy
from benchmarks.loading import read_bare
from benchmarks.plot import write_plot
from benchmarks.worlds import PROJECT, World, add_options
from pipelines.checks.declare import Gate
from pipelines.intermediate_file import VARIABLE
from pipelines.nightly import nightly, real_steps
from pipelines.progress import Progress
from pipelines.underway import Wish
from pipelines.warehouse import DATABASE, Night

Given = ParamSpec("Given")
Found = TypeVar("Found")

NIGHT = "the whole night"
CLOCK = 0.01  # seconds; nothing shorter is told apart
STEPS = {
    "land": "load the exports",
    "check_arrived": "check what arrived",
    "build": "dbt build, with its tests",
    "check_marts": "check the marts",
    "publish": "publish",
    NIGHT: NIGHT,
}
FLOORS = {"read": "DuckDB reads the same files", "scipy": "scipy joins the same records"}

PAIRS = """
create temporary view pairs as
select source_record_id as node_a, linking_key as node_b
from intermediate.int_identifiers_judged
where linking_key is not null and not is_anonymous
"""

Costs = dict[str, dict[str, float]]
Nights = dict[int, dict[str, Any]]  # by number of customers


@contextmanager
def _timed(costs: Costs, name: str) -> Iterator[None]:
    """Keep what the block takes: seconds, and CPU seconds, of processes it waited for as well."""
    before, started = sum(os.times()[:4]), time.perf_counter()
    yield
    seconds = time.perf_counter() - started
    costs[name] = {"seconds": seconds, "cpu": sum(os.times()[:4]) - before}
    print(f"{name}: {seconds:,.1f} s", file=sys.stderr)


def _run(exports: Path, root: Path, *, is_scarce: bool) -> dict[str, Any]:
    """A first night in this process, and after it, unless the disk is scarce, its floors."""
    costs: Costs = {}

    def timed(name: str, run: Callable[Given, Found]) -> Callable[Given, Found]:
        def step(*args: Given.args, **kwargs: Given.kwargs) -> Found:
            with _timed(costs, name):
                return run(*args, **kwargs)

        return step

    def check_arrived(night: Night) -> Gate:
        if is_scarce:
            shutil.rmtree(exports.parent)
        return timed("check_arrived", real.check_arrived)(night)

    real = real_steps()
    steps = replace(
        real,
        land=timed("land", real.land),
        check_arrived=check_arrived,
        build=timed("build", real.build),
        check_marts=timed("check_marts", real.check_marts),
        publish=timed("publish", real.publish),
    )
    with _timed(costs, NIGHT):
        summary = nightly(Wish(str(exports), root, PROJECT), steps, Progress())
    assert summary.is_green, summary.problems
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "costs": costs,
        "peak_gib": max(usage.ru_maxrss for usage in used) / 1024**2,
        "rows": sum(file.landed_row_count for file in summary.files),
        "components": next(n.seconds for n in summary.nodes if n.name == "int_identifiers_linked"),
    }
    if is_scarce:
        return told
    with _timed(costs, "read"):
        told["unread"] = read_bare(exports, root / "bare.duckdb")
    with duckdb.connect(str(root / DATABASE), read_only=True) as connection:
        connection.execute(PAIRS)
        with _timed(costs, "scipy"):
            found_by_scipy(connection)
        told["edges"] = connection.execute("select count(*) from pairs").fetchall()[0][0]
    return told


def _measure(exports: Path, *, is_scarce: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, __file__, "--exports", str(exports), "--root", f"{scratch}/root"]
        given = dict(os.environ)
        if is_scarce:
            command.append("--scarce")
            given[VARIABLE] = f"{scratch}/intermediate.duckdb"
        ran = subprocess.run(
            command, cwd=PROJECT, env=given, check=True, stdout=subprocess.PIPE, text=True
        )
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def _nights(given: argparse.Namespace) -> Nights:
    """What each size took, by what was kept or by a night of it; a new one is kept at once."""
    kept: Path | None = given.results
    lines = kept.read_text().splitlines() if kept and kept.exists() else []
    known: Nights = dict(map(json.loads, lines))
    with tempfile.TemporaryDirectory() as scratch:
        for size in sorted(set(given.customers) - set(known)):
            folder = given.worlds or Path(scratch)
            world = World(folder, size, given.days, given.events, given.packed)
            known[size] = _measure(world.exports(), is_scarce=given.scarce)
            if kept:
                with kept.open("a") as results:
                    print(json.dumps([size, known[size]]), file=results)
    return {size: known[size] for size in sorted(given.customers)}


def report(nights: Nights) -> None:
    """Print what each size took, step by step, and how that grew."""
    sizes = list(nights)
    _print_row("customers", *(f"{size:,} | " for size in sizes), *["growth"] * (len(sizes) - 1))
    _print_row("---", *["---: | ---:"] * len(sizes), *["---:"] * (len(sizes) - 1))
    _print_row("", *["seconds | CPU seconds"] * len(sizes), *[""] * (len(sizes) - 1))
    for name, title in (STEPS | FLOORS).items():
        costs = [night["costs"].get(name) for night in nights.values()]
        grown = [
            (after["cpu"] / max(before["cpu"], CLOCK)) / (larger / smaller)
            if before and after
            else None
            for (before, after), (smaller, larger) in zip(
                pairwise(costs), pairwise(sizes), strict=True
            )
        ]
        shown = (
            f"{cost['seconds']:,.1f} | {cost['cpu']:,.1f}" if cost else " | " for cost in costs
        )
        _print_row(title, *shown, *(f"{factor:.2f}" if factor else "" for factor in grown))
    for size, night in nights.items():
        print(
            f"\n{size:,} customers: {night['rows']:,} rows landed, "
            f"{night['rows'] / night['costs']['land']['seconds']:,.0f} a second while loading, "
            f"{night['rows'] / night['costs'][NIGHT]['seconds']:,.0f} over the night; "
            f"peak {night['peak_gib']:.1f} GiB; records joined by their identifiers in "
            f"{night['components']:.1f} s as one of two nodes at a time"
        )
        if "edges" in night:
            print(f"{night['edges']:,} identifiers; {night['unread']} files DuckDB cannot read")


def _print_row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |")


def main() -> None:
    """Run a night of each size, print the tables and write the plot."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, nargs="+", default=[10_000, 100_000])
    add_options(parser, days=365, events=75)
    parser.add_argument("--results", type=Path, help="keep here what was measured")
    parser.add_argument("--scarce", action="store_true", help="spare the disk, measure the night")
    parser.add_argument("--plot", type=Path, help="write seconds by step and size as SVG")
    parser.add_argument("--exports", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.exports:
        print(json.dumps(_run(given.exports, given.root, is_scarce=given.scarce)))
        return
    nights = _nights(given)
    report(nights)
    if given.plot:
        lines = {
            title: {size: night["costs"][name]["cpu"] for size, night in nights.items()}
            for name, title in STEPS.items()
        }
        write_plot(given.plot, lines, "customers", "CPU seconds")


if __name__ == "__main__":
    main()
