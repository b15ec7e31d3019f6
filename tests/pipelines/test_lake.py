"""The raw tables as Parquet."""

from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.lake import write_lake


def landed(folder: Path) -> Path:
    database = folder / "customer360.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw_till; create schema marts")
        connection.execute("create table raw_till.sales (sale_id varchar, sold_at timestamp)")
        connection.execute("insert into raw_till.sales values ('007', '2026-06-30 23:59:59.5')")
        connection.execute("create table raw_till.refunds (refund_id varchar)")
        connection.execute("create table raw_till._dlt_loads (load_id varchar)")
        connection.execute("create table marts.orders (order_id varchar)")
    return database


def test_every_landed_table_is_written_and_nothing_else(tmp_path: Path) -> None:
    number = write_lake(landed(tmp_path), tmp_path / "lake")

    files = (tmp_path / "lake").rglob("*.parquet")
    assert number == 2
    assert {str(file.relative_to(tmp_path / "lake")) for file in files} == {
        "raw_till/sales/rows.parquet",
        "raw_till/refunds/rows.parquet",
    }


def test_a_second_time_replaces_the_first(tmp_path: Path) -> None:
    database, lake = landed(tmp_path), tmp_path / "lake"

    write_lake(database, lake)
    write_lake(database, lake)

    rows = duckdb.sql(f"from read_parquet('{lake}/raw_till/sales/*.parquet')").fetchall()
    assert rows == [("007", datetime(2026, 6, 30, 23, 59, 59, 500000))]
