"""Do DuckDB and Spark build the same marts? One world, both engines, row by row.

    python benchmarks/engines.py [--warehouse FILE] [--cluster] [--folder FOLDER]

FILE is a warehouse that `dbt build` has just built, in one night; without it a demo world is made
and built. Its raw tables are written as Parquet, Spark builds seeds and models from them, on
local[2] or on a cluster of two workers, and each mart is compared: every row of the one must be a
row of the other, to the last digit. Needs `make spark` and Java 17.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import duckdb

from pipelines.demo import write_demo
from pipelines.lake import write_lake
from tests.project.night.nights import BUILT, PROJECT, c360
from tests.spark.cluster import cluster

CUSTOMERS, DAYS = 150, 45
DBT = (sys.executable, "-c", "import sys; from dbt.cli.main import cli; sys.exit(cli())")
MARTS = """
    select table_name, list(column_name || ' ' || data_type order by column_index)
    from duckdb_columns() where schema_name = 'marts' and database_name = 'duck'
    group by all order by all
"""


def main() -> int:
    """Build what is to be compared, and compare it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--warehouse", type=Path)
    parser.add_argument("--folder", type=Path, help="where Spark's tables stay")
    parser.add_argument("--cluster", action="store_true", help="a master and two workers")
    parser.add_argument("--built", action="store_true", help="only compare what is in the folder")
    arguments = parser.parse_args()
    if find_spec("pyspark") is None:
        print("not compared: pyspark is not installed; `make spark` brings it")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.folder or Path(temporary)).resolve()
        warehouse = arguments.warehouse or _made_up(folder)
        if not arguments.built:
            build(warehouse, folder, on_cluster=arguments.cluster)
        return compare(warehouse, folder)


def _made_up(folder: Path) -> Path:
    write_demo(folder / "demo", customers=CUSTOMERS, days=DAYS, seed=1)
    exports, root = folder / "demo/exports", folder / "warehouse"
    ended = c360("nightly", "--quiet", "--exports", exports, "--warehouse", root)
    assert ended.code == 0, ended.out + ended.err
    return root / BUILT


def build(warehouse: Path, folder: Path, *, on_cluster: bool) -> None:
    """Seeds and models of Spark, from the raw tables of the warehouse."""
    lake = folder / "lake"
    write_lake(warehouse, lake)
    with ExitStack() as stack:
        master = stack.enter_context(cluster()) if on_cluster else {}
        environment = {**master, "C360_SPARK_HOME": str(folder / "spark")}
        for command in (
            ("run-operation", "register_lake", "--args", json.dumps({"folder": str(lake)})),
            ("seed",),
            ("run", "--full-refresh"),
        ):
            started = time.monotonic()
            _dbt(folder, environment, *command)
            print(f"dbt {command[0]}: {time.monotonic() - started:.0f} s", flush=True)


def _dbt(folder: Path, environment: dict[str, str], *command: str) -> None:
    places = ("--target", "spark", "--target-path", f"{folder}/target", "--log-path", str(folder))
    with (folder / "spark.log").open("a") as log:
        done = subprocess.run(
            [*DBT, *command, *places],
            cwd=PROJECT,
            env={**os.environ, "DO_NOT_TRACK": "1", **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    assert done.returncode == 0, f"dbt {command[0]} failed; see {log.name}"


def compare(warehouse: Path, folder: Path) -> int:
    """Print a line a mart; 1 if one differs."""
    wrong = 0
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{warehouse}' as duck (read_only)")
        print("| mart | rows on DuckDB | rows on Spark | only DuckDB | only Spark |")
        print("|---|---:|---:|---:|---:|")
        for mart, columns in connection.execute(MARTS).fetchall():
            typed = ", ".join(_typed(*column.split(" ", 1)) for column in columns)
            one = f"select {typed} from duck.marts.{mart}"
            files = f"{folder}/spark/tables/marts.db/{mart}/*.parquet"
            other = f"select {typed} from read_parquet('{files}')"
            queries = (one, other, f"{one} except all {other}", f"{other} except all {one}")
            counts = [_count(connection, query) for query in queries]
            print(f"| {mart} | " + " | ".join(f"{count:,}" for count in counts) + " |")
            wrong += counts[2:] != [0, 0]
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
