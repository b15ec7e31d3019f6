"""Do DuckDB and Spark build the same marts? One world, two nights, both engines, row by row.

    python benchmarks/engines.py [--cluster] [--customers 60] [--days 30] [--folder FOLDER]

A demo world is written and lands in two nights, the last day's exports and an earlier day's with
the second, so that the marts that remember have something to remember. After each night DuckDB and
Spark build seeds and models, each from its own state, Spark on local[2] or on a cluster of two
workers. Then each mart is compared: every row of the one must be a row of the other, money to the
cent, doubles to nine digits, all else as it is. Needs `make spark` and Java 17.

`--folder` keeps what is made; `--built` compares what an earlier run left there.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import duckdb

from pipelines.demo import write_demo
from pipelines.lake import write_lake
from tests.project.night.nights import BUILT, c360
from tests.spark.client import Client
from tests.spark.cluster import cluster
from tests.spark.installed import SMALL, what_is_missing

LATE = ("2026-06-16", "2026-06-30")  # days of exports that come with the second night
BUILD = ("build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
MARTS = """
    select table_name, list(column_name || ' ' || data_type order by column_index)
    from duckdb_columns() where schema_name = 'marts' and database_name = 'duck'
    group by all order by all
"""


def main() -> int:
    """Build what is to be compared, and compare it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=60)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--folder", type=Path, help="where all stays")
    parser.add_argument("--cluster", action="store_true", help="a master and two workers")
    parser.add_argument("--built", action="store_true", help="only compare what is in the folder")
    arguments = parser.parse_args()
    if missing := what_is_missing():
        print(f"not compared: {missing}")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.folder or Path(temporary)).resolve()
        if not arguments.built:
            write_demo(folder / "demo", customers=arguments.customers, days=arguments.days, seed=1)
            live_on_spark(folder, live_on_duckdb(folder), on_cluster=arguments.cluster)
        return compare(folder)


def live_on_duckdb(folder: Path) -> tuple[Path, ...]:
    """Land and build both nights; a lake of what had landed by each."""
    root = folder / "warehouse"
    client = Client(folder, "duckdb", {"C360_WAREHOUSE": str(root / BUILT)})
    lakes = (folder / "lake_1", folder / "lake_2")
    for exports, lake in zip(_nights(folder), lakes, strict=True):
        ended = c360("land", "--quiet", "--exports", exports, "--warehouse", root)
        assert ended.code == 0, ended.out + ended.err
        write_lake(root / BUILT, lake)
        _timed(client, *BUILD)
    return lakes


def live_on_spark(folder: Path, lakes: tuple[Path, ...], *, on_cluster: bool) -> None:
    """Build both nights from the lakes."""
    with ExitStack() as stack:
        master = stack.enter_context(cluster()).environment if on_cluster else {}
        variables = {**SMALL, **master, "C360_SPARK_HOME": str(folder / "spark")}
        client = Client(folder, "spark", variables)
        for lake in lakes:
            _timed(client, "run-operation", "register_lake", "--args", f'{{"folder": "{lake}"}}')
            _timed(client, *BUILD)


def _nights(folder: Path) -> Iterator[Path]:
    exports, early = folder / "demo/exports", folder / "early"
    shutil.rmtree(early, ignore_errors=True)
    yield shutil.copytree(exports, early, ignore=shutil.ignore_patterns(*LATE))
    yield exports


def _timed(client: Client, *command: str) -> None:
    started = time.monotonic()
    client.run(*command)
    print(f"dbt {command[0]} on {client.target}: {time.monotonic() - started:.0f} s", flush=True)


def compare(folder: Path) -> int:
    """Print a line a mart; 1 if one differs."""
    wrong = 0
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{folder / 'warehouse' / BUILT}' as duck (read_only)")
        print("| mart | rows | only on DuckDB | only on Spark |")
        print("|---|---:|---:|---:|")
        for mart, columns in connection.execute(MARTS).fetchall():
            typed = ", ".join(_typed(*column.split(" ", 1)) for column in columns)
            one = f"select {typed} from duck.marts.{mart}"
            files = f"{folder}/spark/tables/marts.db/{mart}/*.parquet"
            other = f"select {typed} from read_parquet('{files}')"
            queries = (one, f"{one} except all {other}", f"{other} except all {one}")
            counts = [_count(connection, query) for query in queries]
            print(f"| {mart} | " + " | ".join(f"{count:,}" for count in counts) + " |")
            wrong += counts[1:] != [0, 0]
    print(f"{wrong} marts differ")
    return int(wrong > 0)


def _typed(name: str, kind: str) -> str:
    """A column in DuckDB's type: Spark's files say `timestamp with time zone`, in UTC."""
    if kind == "DOUBLE":
        return f'round("{name}", 9) as "{name}"'
    return f'cast("{name}" as {kind}) as "{name}"'


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(f"select count(*) from ({query})").fetchall()[0][0])


if __name__ == "__main__":
    sys.exit(main())
