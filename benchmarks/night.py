"""How long a whole night takes, step by step, and how that grows with the number of customers.

    python benchmarks/night.py [--customers 10000 100000] [--worlds DIR] [--plot FILE.svg]

Each size is a year of a demo world, landed, checked, built, tested and published by a first night
in a process of its own. CPU seconds are those of the night and of all processes it starts; peak
memory is that of its largest one. Beside it, in the same run: what DuckDB takes to read the same
files into tables, guessing types and accounting for nothing, and what scipy takes to join the same
records by the same identifiers. Prints tables in Markdown; growth is that of CPU seconds between
two sizes, over that of the customers: 1 grows as the data do.

`--worlds` keeps the worlds, and takes those that are there already. The warehouse is written to
Python's folder for temporary files (`TMPDIR`): twenty gigabytes at 100,000 customers. A million
customers (`--customers 1000000`) take ten times as much of everything.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
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
from pipelines.nightly import nightly, real_steps
from pipelines.progress import Progress
from pipelines.underway import Wish
from pipelines.warehouse import DATABASE

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


@contextmanager
def _timed(costs: Costs, name: str) -> Iterator[None]:
    """Keep what the block takes: seconds, and CPU seconds, of processes it waited for as well."""
    before, started = sum(os.times()[:4]), time.perf_counter()
    yield
    seconds = time.perf_counter() - started
    costs[name] = {"seconds": seconds, "cpu": sum(os.times()[:4]) - before}


def _run(exports: Path, root: Path) -> dict[str, Any]:
    """A first night in this process, its floors after it."""
    costs: Costs = {}

    def timed(name: str, run: Callable[Given, Found]) -> Callable[Given, Found]:
        def step(*args: Given.args, **kwargs: Given.kwargs) -> Found:
            with _timed(costs, name):
                return run(*args, **kwargs)

        return step

    real = real_steps()
    steps = replace(
        real,
        land=timed("land", real.land),
        check_arrived=timed("check_arrived", real.check_arrived),
        build=timed("build", real.build),
        check_marts=timed("check_marts", real.check_marts),
        publish=timed("publish", real.publish),
    )
    with _timed(costs, NIGHT):
        summary = nightly(Wish(str(exports), root, PROJECT), steps, Progress())
    assert summary.is_green, summary.problems
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "peak_gib": max(usage.ru_maxrss for usage in used) / 1024**2,
        "rows": sum(file.landed_row_count for file in summary.files),
        "components": next(n.seconds for n in summary.nodes if n.name == "int_identifiers_linked"),
    }
    with _timed(costs, "read"):
        told["unread"] = read_bare(exports, root / "bare.duckdb")
    with duckdb.connect(str(root / DATABASE), read_only=True) as connection:
        connection.execute(PAIRS)
        with _timed(costs, "scipy"):
            found_by_scipy(connection)
        told["edges"] = connection.execute("select count(*) from pairs").fetchall()[0][0]
    return told | {"costs": costs}


def _measure(exports: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, __file__, "--exports", str(exports), "--root", f"{scratch}/root"]
        ran = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def report(nights: Mapping[int, dict[str, Any]]) -> None:
    """Print what each size took, step by step, and how that grew."""
    sizes = list(nights)
    _print_row("customers", *(f"{size:,} | " for size in sizes), *["growth"] * (len(sizes) - 1))
    _print_row("---", *["---: | ---:"] * len(sizes), *["---:"] * (len(sizes) - 1))
    _print_row("", *["seconds | CPU seconds"] * len(sizes), *[""] * (len(sizes) - 1))
    for name, title in (STEPS | FLOORS).items():
        costs = [night["costs"][name] for night in nights.values()]
        grown = [
            (after["cpu"] / max(before["cpu"], CLOCK)) / (larger / smaller)
            for (before, after), (smaller, larger) in zip(
                pairwise(costs), pairwise(sizes), strict=True
            )
        ]
        shown = (f"{cost['seconds']:,.1f} | {cost['cpu']:,.1f}" for cost in costs)
        _print_row(title, *shown, *(f"{factor:.2f}" for factor in grown))
    for size, night in nights.items():
        print(
            f"\n{size:,} customers: {night['rows']:,} rows landed, "
            f"{night['rows'] / night['costs']['land']['seconds']:,.0f} a second while loading, "
            f"{night['rows'] / night['costs'][NIGHT]['seconds']:,.0f} over the night; "
            f"peak {night['peak_gib']:.1f} GiB; {night['unread']} files that DuckDB cannot read by "
            f"itself; records joined by {night['edges']:,} identifiers in "
            f"{night['components']:.1f} s as one of two nodes at a time"
        )


def _print_row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |")


def main() -> None:
    """Run a night of each size, print the tables and write the plot."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, nargs="+", default=[10_000, 100_000])
    add_options(parser, days=365, events=75)
    parser.add_argument("--plot", type=Path, help="write seconds by step and size as SVG")
    parser.add_argument("--exports", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.exports:
        print(json.dumps(_run(given.exports, given.root)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder, nights = given.worlds or Path(scratch), {}
        for customers in sorted(given.customers):
            world = World(folder, customers, given.days, given.events, given.packed)
            nights[customers] = _measure(world.exports())
            print(json.dumps({customers: nights[customers]}), file=sys.stderr)
    report(nights)
    if given.plot:
        lines = {
            title: {size: night["costs"][name]["cpu"] for size, night in nights.items()}
            for name, title in STEPS.items()
        }
        write_plot(given.plot, lines, "customers", "CPU seconds")


if __name__ == "__main__":
    main()
