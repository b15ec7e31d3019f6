"""What a `dbt build` costs, model by model, and how that grows with the number of customers.

    python benchmarks/build.py [--customers 10000 100000] [--worlds DIR] [--least-seconds 1]

Writes a demo world of each size, lands it, and builds a copy of what landed with one `dbt build` in
a process of its own, under the memory limit of `profiles.yml`. Unit tests, which know nothing of
the data, are left out. One node is built at a time, on all cores, so that the CPU seconds of the
process between a node's start and its end are the node's: they stay what they are beside other
work, unlike seconds. The table names the dearest models and tests first, each with what it cost in
the smallest world. Marked are those whose cost grew by more than `SUPER_LINEAR` times as much as
the number of customers. DuckDB writes its checkpoint when some later node commits, so a cheap node
may be told to cost seconds: run that one alone before believing it.

`--worlds` keeps worlds and warehouses, and takes those that are there already: the larger one takes
minutes to write, to land and to build, and twenty gigabytes of disk.
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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from benchmarks.worlds import PROJECT, World, add_options

if TYPE_CHECKING:
    from dbt_common.events.base_types import EventMsg

SUPER_LINEAR = 1.2  # growth beyond that of the customers which is more than noise

# What happened to somebody at a moment, each counted where it is one row
EVENTS = {
    "web events": "intermediate.int_web_events_unioned",
    "message events": "intermediate.int_message_events_judged",
    "ad clicks": "staging.stg_google_ads__clicks",
    "orders": "marts.orders",
    "conversations": "intermediate.int_conversations_unioned",
    "survey responses": "intermediate.int_survey_responses_unioned",
    "attendances": "intermediate.int_event_attendances_unioned",
}


@dataclass(frozen=True)
class Node:
    """A model, seed or data test of a build: CPU seconds, and rows where it is a table."""

    kind: str
    name: str
    cpu: float
    rows: int | None


@dataclass(frozen=True)
class Build:
    """What one `dbt build` took, as a process and by nodes, and the events in its warehouse."""

    seconds: float
    cpu: float
    peak_gib: float
    nodes: Mapping[str, Node]
    events: Mapping[str, int]

    def of_kind(self, kind: str) -> list[Node]:
        """Its models, seeds or tests, the dearest first."""
        nodes = [node for node in self.nodes.values() if node.kind == kind]
        return sorted(nodes, key=lambda node: -node.cpu)


def build(landed: Path, folder: Path) -> Build:
    """Run dbt on a copy of a landed warehouse, in a process of its own; a red node is an error."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    database = Path(shutil.copy(landed, folder))
    output = subprocess.run(
        [sys.executable, __file__, "--build", str(folder)],
        cwd=PROJECT,
        env=os.environ | {"C360_WAREHOUSE": str(database), "DO_NOT_TRACK": "1"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    told = json.loads(output.splitlines()[-1])
    with duckdb.connect(str(database), read_only=True) as connection:
        return Build(
            seconds=told["seconds"],
            cpu=told["cpu"],
            peak_gib=told["peak_gib"],
            nodes={key: _node(key, cpu, connection) for key, cpu in told["nodes"].items()},
            events={kind: _count(connection, table) for kind, table in EVENTS.items()},
        )


def _build(folder: Path) -> None:
    """Build in this process; prints what it took as JSON, the CPU seconds of each node with it."""
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - only the child needs it

    nodes: dict[str, float] = {}

    def watch(event: EventMsg) -> None:
        if event.info.name in ("NodeStart", "NodeFinished"):
            is_end = event.info.name == "NodeFinished"
            node = event.data.node_info.unique_id
            nodes[node] = nodes.get(node, 0) + time.process_time() * (1 if is_end else -1)

    started = time.perf_counter()
    folders = ["--target-path", str(folder), "--log-path", str(folder)]
    options = ["--threads", "1", "--exclude-resource-type", "unit_test"]
    built = dbtRunner(callbacks=[watch]).invoke(["--quiet", "build", *options, *folders])
    assert built.success, f"dbt build is red; its log is in {folder}"
    told = {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time(),
        "peak_gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
        "nodes": nodes,
    }
    print(json.dumps(told))


def _node(unique_id: str, cpu: float, connection: duckdb.DuckDBPyConnection) -> Node:
    kind, _, name = unique_id.split(".")[:3]
    found = connection.execute(
        "select estimated_size from duckdb_tables() where table_name = $1 and $2 = 'model'",
        [name, kind],
    ).fetchone()
    return Node(kind, name, cpu, int(found[0]) if found else None)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])


def report(builds: Mapping[int, Build], least_seconds: float) -> None:
    """Print each build, then the dear models and tests beside what they cost in the smallest."""
    for customers, built in builds.items():
        _print_build(customers, built)
    least, most = min(builds), max(builds)
    for kind in ("model", "test"):
        title = f"{kind}s of {least_seconds:g} CPU seconds and more"
        print(f"\n{title:<60} {least:>8,} {most:>9,} {'growth':>7} {'rows':>12}")
        for node in builds[most].of_kind(kind):
            if node.cpu >= least_seconds:
                before = next(n for n in builds[least].of_kind(kind) if n.name == node.name)
                print(_line(before, node, most / least))


def _print_build(customers: int, built: Build) -> None:
    print(
        f"\n{customers:,} customers, {sum(built.events.values()):,} events: "
        f"{built.seconds:,.0f} s, {built.cpu:,.0f} CPU s, peak {built.peak_gib:.1f} GiB"
    )
    print("  " + ", ".join(f"{count:,} {kind}" for kind, count in built.events.items()))
    for kind in ("model", "test", "seed"):
        nodes = built.of_kind(kind)
        print(f"  {len(nodes):>5} {kind}s {sum(node.cpu for node in nodes):>8,.1f} CPU s")


def _line(before: Node, after: Node, factor: float) -> str:
    growth = after.cpu / before.cpu
    mark = "  super-linear" if growth > factor * SUPER_LINEAR else ""
    rows = "" if after.rows is None else f"{after.rows:,}"
    return (
        f"{after.name:<60.60} {before.cpu:>8.1f} {after.cpu:>9.1f} {growth:>7.1f} {rows:>12}{mark}"
    )


def _measure(folder: Path, sizes: Iterable[int], given: argparse.Namespace) -> dict[int, Build]:
    builds = {}
    for customers in sizes:
        world = World(folder, customers, given.days, given.events, given.packed)
        builds[customers] = build(world.landed(), world.root / "built")
    return builds


def main() -> None:
    """Build each world and compare the largest with the smallest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, nargs="+", default=[10_000, 100_000])
    add_options(parser, days=365, events=75)
    parser.add_argument("--least-seconds", type=float, default=1)
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.build:
        _build(given.build)
        return
    with tempfile.TemporaryDirectory() as scratch:
        builds = _measure(given.worlds or Path(scratch), given.customers, given)
    report(builds, given.least_seconds)


if __name__ == "__main__":
    main()
