"""What dbt itself costs: a `dbt build` beside the SQL that it ran, run by hand.

    python benchmarks/by_hand.py [--customers 2000] [--days 120] [--events 6] [--worlds DIR]
    python benchmarks/by_hand.py --landed FILE

dbt builds a copy of a landed warehouse in a process of its own, with a night's options and the
project read before; unit tests, which know nothing of the data, are left out. Each statement it
sends is kept. Another process then runs them on a fresh copy, node by node, in one DuckDB
connection with the same settings. By hand nothing is asked that only dbt needs to know: which
tables, constraints and columns there are, and DuckDB's version.
`--customers` and `--worlds` are those of `build.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import yaml

from benchmarks.worlds import PROJECT, World, add_options
from pipelines.dbt_build import OPTIONS

if TYPE_CHECKING:
    from dbt_common.events.base_types import EventMsg

STATEMENTS = "statements.json"

# dbt's events that end a part of a build, each named after what it ends; the last may repeat
PARTS = {
    "MainReportVersion": "starting Python and dbt",
    "FoundStats": "reading the project, as kept",
    "NodeStart": "schemas and the list of tables",
    "NodeFinished": "nodes",
    "CommandCompleted": "artifacts and the end",
}

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ASKS = re.compile(r"describe |select version\(\)|.*\b(duckdb_\w+\(\)|information_schema\.)", re.I)


def main() -> None:
    """Build once with dbt and once by hand, and print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=2000)
    add_options(parser, days=120, events=6)
    parser.add_argument("--landed", type=Path, help="a landed warehouse, instead of a world")
    parser.add_argument("--as", dest="method", choices=METHODS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.method:
        print(json.dumps(METHODS[given.method](Path.cwd()) | _cost()))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        world = World(
            given.worlds or folder, given.customers, given.days, given.events, given.packed
        )
        landed = given.landed or world.landed()
        _measure("reading", folder, landed)
        report(_measure("dbt", folder, landed), _measure("hand", folder, landed))


def _measure(method: str, folder: Path, landed: Path) -> dict[str, Any]:
    """One method on a fresh copy of the landed warehouse, with the seconds of its process."""
    database = folder / landed.name
    shutil.copyfile(landed, database)
    started = time.perf_counter()
    output = subprocess.run(
        [sys.executable, __file__, "--as", method],
        cwd=folder,
        env=os.environ
        | {"C360_WAREHOUSE": str(database), "DO_NOT_TRACK": "1", "PYTHONPATH": str(PROJECT)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    told: dict[str, Any] = json.loads(output.splitlines()[-1])
    return told | {"seconds": time.perf_counter() - started}


def reading(folder: Path) -> dict[str, Any]:
    """Have dbt read the project, for the build to find it read."""
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - only a child needs it

    assert dbtRunner().invoke(["--quiet", "parse", *_folders(folder)]).success
    return {}


def dbt(folder: Path) -> dict[str, Any]:
    """Build with dbt; keeps the statements, tells CPU seconds at the end of each of its parts."""
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    ends: dict[str, float] = {}
    statements: list[tuple[str, str]] = []

    def watch(event: EventMsg) -> None:
        name = event.info.name
        if name in PARTS and (name == "NodeFinished" or name not in ends):
            ends[name] = time.process_time()
        if name == "SQLQuery":
            statements.append((event.data.node_info.unique_id, event.data.sql))

    options = ["--no-write-json", "--exclude-resource-type", "unit_test"]
    command = ["build", *options, *OPTIONS, *_folders(folder)]
    built = dbtRunner(callbacks=[watch]).invoke(command)
    assert built.success, f"dbt build is red; its log is in {folder}"
    (folder / STATEMENTS).write_text(json.dumps(statements))
    return {"ends": ends, "nodes": len({node for node, _ in statements if node})}


def hand(folder: Path) -> dict[str, Any]:
    """Run the kept statements, each node's together in the order in which nodes began."""
    by_node: dict[str, list[str]] = {}
    for node, sql in json.loads((folder / STATEMENTS).read_text()):
        by_node.setdefault(node, []).append(COMMENT.sub("", sql).strip().removesuffix("..."))
    profile = yaml.safe_load((PROJECT / "profiles.yml").read_text())["customer360"]["outputs"]
    settings = profile["duckdb"]["settings"] | {
        "memory_limit": os.environ.get("C360_MEMORY_LIMIT", "4GB")
    }
    count = 0
    with duckdb.connect(os.environ["C360_WAREHOUSE"]) as connection:
        for name, value in settings.items():
            connection.execute(f"set {name} = '{value}'")
        for node, statements in by_node.items():
            needed = [sql for sql in statements if not ASKS.match(sql)]
            for sql in _transaction(needed) if node else _autocommitted(needed):
                connection.execute(sql).fetchall()
                count += 1
    return {"statements": count}


def _autocommitted(statements: Iterable[str]) -> Iterator[str]:
    """Statements outside of nodes, which make schemas: transactions of several connections."""
    return (sql for sql in statements if sql not in ("BEGIN", "COMMIT"))


def _transaction(statements: Iterable[str]) -> Iterator[str]:
    """A node's statements; what it leaves open, as tests do, is rolled back."""
    is_open = False
    for sql in statements:
        is_open = sql == "BEGIN" or (is_open and sql != "COMMIT")
        yield sql
    if is_open:
        yield "ROLLBACK"


METHODS = {"reading": reading, "dbt": dbt, "hand": hand}


def _folders(folder: Path) -> list[str]:
    return [
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
    ]


def _cost() -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"cpu": time.process_time(), "peak_gib": peak / 1024**2}


def report(dbts: dict[str, Any], hands: dict[str, Any]) -> None:
    """Print both, their ratios, and where dbt's CPU seconds went."""
    for name, found in {"dbt build": dbts, "by hand": hands}.items():
        print(
            f"{name:<10} {found['seconds']:>8.1f} s {found['cpu']:>8.1f} CPU s "
            f"{found['peak_gib']:>5.1f} GiB"
        )
    print(
        f"{'ratio':<10} {dbts['seconds'] / hands['seconds']:>8.2f} "
        f"{dbts['cpu'] / hands['cpu']:>10.2f}"
    )
    ends = {"": 0.0} | dbts["ends"]
    for before, name in pairwise(ends):
        print(f"  {ends[name] - ends[before]:>6.1f} CPU s {PARTS[name]}")
    nodes = ends["NodeFinished"] - ends["NodeStart"]
    print(
        f"  {(nodes - hands['cpu']) / dbts['nodes'] * 1000:.0f} CPU ms more a node than by hand; "
        f"{dbts['nodes']:,} nodes, {hands['statements']:,} statements by hand"
    )


if __name__ == "__main__":
    main()
