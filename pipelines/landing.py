"""dlt appends finished Parquet files to the raw tables and keeps their schemas.

dlt is handed files, not rows: it creates the tables from the declared columns and has DuckDB read
each file whole. Its working folder lives inside the night's; what it must remember from night to
night (schema versions, loads) it restores from the warehouse itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import telemetry
from pipelines.exports.declare import Export, Kind
from pipelines.exports.engine import connect
from pipelines.exports.read import write_empty
from pipelines.exports.reading import Reading
from pipelines.exports.types_sql import DUCKDB_TYPES
from pipelines.ledger import SCHEMA, table_exists
from pipelines.memory import limit_memory
from pipelines.private_copy import create_database
from pipelines.sql_text import identifier, literal

telemetry.switch_off()
# its log quotes the values that a load choked on; the error it raises has them for --debug
os.environ.setdefault("RUNTIME__LOG_LEVEL", "CRITICAL")

import dlt  # noqa: E402 - after its telemetry and its log are off
from dlt.common.schema.typing import TColumnSchema  # noqa: E402
from dlt.extract import DltResource  # noqa: E402

DECIMAL: TColumnSchema = {"data_type": "decimal", "precision": 18, "scale": 6}
TIMESTAMP: TColumnSchema = {"data_type": "timestamp", "timezone": False, "precision": 6}
DLT_TYPES: dict[Kind, TColumnSchema] = {
    "text": {"data_type": "text"},
    "id": {"data_type": "text"},
    "json": {"data_type": "text"},
    "integer": {"data_type": "bigint"},
    "decimal": DECIMAL,
    "money": DECIMAL,
    "percent": DECIMAL,
    "boolean": {"data_type": "bool"},
    "day": {"data_type": "date"},
    "timestamp": TIMESTAMP,
}
STAMP_TYPES: dict[str, TColumnSchema] = {
    "_file_id": {"data_type": "text"},
    "_line": {"data_type": "bigint"},
    "_account": {"data_type": "text"},
    "_exported_at": TIMESTAMP,
    "_run_id": {"data_type": "text"},
}
ARROW_TYPES: dict[pa.DataType, TColumnSchema] = {
    pa.string(): {"data_type": "text"},
    pa.int64(): {"data_type": "bigint"},
    pa.date32(): {"data_type": "date"},
    pa.timestamp("us"): TIMESTAMP,
    pa.date32(): {"data_type": "date"},
    pa.bool_(): {"data_type": "bool"},
}

SQL_TYPES: dict[pa.DataType, str] = {
    pa.string(): "varchar",
    pa.int64(): "bigint",
    pa.timestamp("us"): "timestamp",
    pa.date32(): "date",
    pa.bool_(): "boolean",
}

FEW_ROWS = 5_000

Columns = dict[str, TColumnSchema]
Files = list[tuple[Path, int]]  # a Parquet file and its number of rows


def land_rows(
    readings: Sequence[Reading], declared: Sequence[Export], warehouse: Path, workspace: Path
) -> Iterator[int]:
    """Append what was read, vendor by vendor; yields the number of rows of each vendor.

    Every declared table exists afterwards with all its columns, empty when nothing ever came.
    """
    create_database(warehouse)
    by_table: dict[str, Files] = {}
    for reading in readings:
        if reading.parquet and reading.export:
            files = by_table.setdefault(reading.export.table, [])
            files.append((reading.parquet, reading.landed))
    exports = sorted({e.table: e for e in declared}.values(), key=lambda e: e.table)
    absent = _absent(exports, warehouse)
    declared_columns = {
        export.table: {c.name: DUCKDB_TYPES[c.type.kind] for c in export.columns}
        for export in exports
        if export not in absent
    }
    _add_columns(declared_columns, warehouse)
    empty: dict[str, Files] = {
        table: [(path, 0)] for table, path in write_empty(absent, workspace).items()
    }
    for schema, of_schema in groupby(exports, key=lambda e: e.schema):
        resources = []
        for export in of_schema:
            files = by_table.get(export.table, empty.get(export.table, []))
            files = _with_few_rows_joined(files, workspace / f"joined-{export.table}.parquet")
            if files:
                resources.append(_resource(export.name, columns_of(export), files))
        if resources:
            _append(schema, resources, warehouse, workspace)
            yield sum(
                n
                for table, files in by_table.items()
                for _, n in files
                if table.startswith(f"{schema}.")
            )


def land_ledger(files: pa.Table, rejects: pa.Table, warehouse: Path, workspace: Path) -> None:
    """Append the night's rows of `load_files` and `load_rejects`."""
    resources = []
    with duckdb.connect(str(warehouse)) as connection:
        is_new = not table_exists(connection, SCHEMA, "load_files")
    if not is_new:
        columns = {field.name: SQL_TYPES[field.type] for field in files.schema}
        _add_columns({f"{SCHEMA}.load_files": columns}, warehouse)
    for name, table in (("load_files", files), ("load_rejects", rejects)):
        path = workspace / f"{name}.parquet"
        pq.write_table(table, path)
        resources.append(_resource(name, _columns(table.schema), [(path, table.num_rows)]))
    _append(SCHEMA, resources, warehouse, workspace)


def columns_of(export: Export) -> Columns:
    """The raw table's columns in dlt's words: the declared ones, then the stamp."""
    types = {c.name: DLT_TYPES[c.type.kind] for c in export.columns} | STAMP_TYPES
    return {name: hints.copy() for name, hints in types.items()}  # dlt writes into its hints


def _columns(schema: pa.Schema) -> Columns:
    return {field.name: ARROW_TYPES[field.type].copy() for field in schema}


def _absent(exports: Iterable[Export], warehouse: Path) -> list[Export]:
    with duckdb.connect(str(warehouse)) as connection:
        return [e for e in exports if not table_exists(connection, e.schema, e.name)]


def _add_columns(tables: Mapping[str, Mapping[str, str]], warehouse: Path) -> None:
    """Add the columns (name to type) that tables lack: dlt adds none to a table without rows."""
    query = "select schema_name || '.' || table_name, column_name from duckdb_columns()"
    with duckdb.connect(str(warehouse)) as connection:
        present = set(connection.execute(query).fetchall())
        for table, columns in tables.items():
            for name, kind in columns.items():
                if (table, name) not in present:
                    added = f"{identifier(name)} {kind}"
                    connection.execute(f"alter table {table} add column {added}")


def _with_few_rows_joined(files: Files, target: Path) -> Files:
    """Files of so few rows that copying them into one costs less than appending each."""
    few = [(path, row_count) for path, row_count in files if row_count < FEW_ROWS]
    if len(few) < 2:  # noqa: PLR2004
        return files
    paths = ", ".join(literal(str(path)) for path, _ in few)
    with connect() as connection:
        rows = f"from read_parquet([{paths}], union_by_name = true)"
        connection.execute(f"copy ({rows}) to {literal(str(target))} (compression lz4_raw)")
    return [*(file for file in files if file not in few), (target, sum(n for _, n in few))]


def _resource(name: str, columns: Columns, files: Files) -> DltResource:
    def imported() -> Iterator[Any]:
        for path, row_count in files:
            yield dlt.mark.with_file_import(str(path), "parquet", row_count)

    return dlt.resource(
        imported, name=name, columns=columns, write_disposition="append", file_format="parquet"
    )


def _append(
    schema: str, resources: Sequence[DltResource], warehouse: Path, workspace: Path
) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        limit_memory(connection)
        # Rows know their line, so their order on disk is free: it halves the cost of an append.
        connection.execute("set global preserve_insertion_order = false")
        pipeline = dlt.pipeline(
            pipeline_name=schema,
            dataset_name=schema,
            destination=dlt.destinations.duckdb(connection),
            pipelines_dir=str(workspace / "dlt"),
        )
        info = pipeline.run(list(resources), loader_file_format="parquet")
        info.raise_on_failed_jobs()
