"""Marts that Spark built are published as a night's own, or not at all."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import warehouse
from pipelines.checks.declare import CheckResult, Gate
from pipelines.errors import ActionableError
from pipelines.ledger import LOAD_FILES
from pipelines.nightly import publish_built, real_steps
from pipelines.progress import Progress
from pipelines.spark_marts import CLOCK, SparkMarts
from pipelines.summary import Summary
from pipelines.underway import Wish
from pipelines.warehouse import Night

ORDERS = "select '007' as order_id, timestamptz '2026-06-30 23:59:59.5+00' as ordered_at"
FILES = "select 'f' as file_id, 'r' as run_id"


def node(key: str, area: str, name: str, columns: dict[str, str]) -> dict[str, Any]:
    required = [{"type": "not_null"}]
    return {
        "unique_id": key,
        "resource_type": "model",
        "fqn": ["customer360", *area.split("/"), name],
        "schema": area.partition("/")[0],
        "alias": name,
        "description": f"One row per row of {name}.",
        "columns": {
            column: {
                "name": column,
                "description": "What it is.",
                "data_type": data_type,
                "constraints": required if column == "order_id" else [],
            }
            for column, data_type in columns.items()
        },
    }


NODES = (
    node(CLOCK, "intermediate/operations", "int_as_of", {"as_of_date": "date"}),
    node("orders", "marts/core", "orders", {"order_id": "varchar", "ordered_at": "timestamp"}),
    node("files", "marts/operations", "load_files", {"file_id": "varchar", "run_id": "varchar"}),
)


@pytest.fixture
def built(tmp_path: Path) -> SparkMarts:
    """Tables as Spark writes them: a timestamp is an instant in the file."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"nodes": {n["unique_id"]: n for n in NODES}}))
    marts = SparkMarts(tmp_path / "tables", manifest)
    write(marts, "intermediate", "int_as_of", "select date '2026-06-30' as as_of_date")
    write(marts, "marts", "orders", ORDERS)
    write(marts, "marts", "load_files", FILES)
    return marts


def write(marts: SparkMarts, schema: str, table: str, rows: str) -> None:
    folder = marts.tables / f"{schema}.db" / table
    folder.mkdir(parents=True, exist_ok=True)
    duckdb.sql(rows).write_parquet(str(folder / "part-0.snappy.parquet"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A warehouse in which one file has landed."""
    night = warehouse.begin(tmp_path / "warehouse", "night-1")
    landed(night, "f")
    return warehouse.keep(night).root


def landed(night: Night, file_id: str) -> None:
    with duckdb.connect(str(night.database)) as connection:
        nothing = LOAD_FILES.empty_table()  # noqa: F841 - DuckDB reads it by name
        connection.execute("create schema if not exists raw_operations")
        connection.execute("create table if not exists raw_operations.load_files as from nothing")
        insert = "insert into raw_operations.load_files (file_id, run_id) values (?, 'r')"
        connection.execute(insert, [file_id])


def publish(root: Path, built: SparkMarts) -> Summary:
    """The real thing but for the plausibility checks, which know the real marts."""
    plausible = CheckResult("s", "t", "e", "c", "is plausible", "critical", True, "0")
    gate = Gate(1, (plausible,))
    steps = replace(real_steps(), build=built.take, check_marts=lambda _: gate)
    return publish_built(Wish("spark", root, built.tables), steps, Progress())


def test_readers_see_them_in_the_types_of_the_contract(root: Path, built: SparkMarts) -> None:
    summary = publish(root, built)

    assert summary.problems == []
    assert (summary.status, summary.as_of) == ("published", date(2026, 6, 30))
    with duckdb.connect(str(root / "published/marts.duckdb"), read_only=True) as connection:
        rows = connection.execute("select * from orders").fetchall()
    assert rows == [("007", datetime(2026, 6, 30, 23, 59, 59, 500000))]
    assert (root / "published/parquet/orders.parquet").exists()


def test_a_null_that_parquet_let_through_is_red(root: Path, built: SparkMarts) -> None:
    write(built, "marts", "orders", ORDERS.replace("'007'", "null"))

    summary = publish(root, built)

    assert summary.status == "red"
    assert "NOT NULL constraint failed: orders.order_id" in " ".join(summary.problems)


def test_a_value_of_another_kind_is_red_and_not_told(root: Path, built: SparkMarts) -> None:
    write(built, "marts", "orders", "select 'x' as order_id, 'Ada' as ordered_at")

    problems = " ".join(publish(root, built).problems)

    assert "orders: error. ConversionException" in problems
    assert "Ada" not in problems


def test_a_mart_that_spark_has_not_built_is_red(root: Path, built: SparkMarts) -> None:
    (built.tables / "marts.db/orders/part-0.snappy.parquet").unlink()

    assert "orders: error. IO Error: No files found" in " ".join(publish(root, built).problems)


def test_marts_of_an_older_landing_are_red(root: Path, built: SparkMarts) -> None:
    night = warehouse.begin(root, "night-2")
    landed(night, "g")
    warehouse.keep(night)

    assert "1 landed files are not in Spark's marts" in " ".join(publish(root, built).problems)


def test_without_a_manifest_the_way_out_is_told(root: Path, built: SparkMarts) -> None:
    built.manifest.unlink()

    with pytest.raises(ActionableError, match="dbt build --target spark"):
        publish(root, built)
