"""The marts that dbt built on Spark, taken into a night: checked and published as DuckDB's own are.

tables/<schema>.db/<table>/*.parquet   as Spark's warehouse folder keeps them
"""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.dbt_build import Build, NodeResult, manifest_path
from pipelines.errors import ActionableError
from pipelines.marts import is_mart
from pipelines.memory import limit_memory
from pipelines.progress import Advance, Progress
from pipelines.sql_text import identifier, literal
from pipelines.variables import Variables
from pipelines.warehouse import Night

CLOCK = "model.customer360.int_as_of"  # the checks ask it which day the marts describe

UNREAD_FILES = """
    select count(*) from raw_operations.load_files
    anti join marts.load_files using (file_id, run_id)
"""


@dataclass(frozen=True)
class SparkMarts:
    """A step in the place of `dbt build`: the tables of Spark, and what dbt knows of them."""

    tables: Path
    manifest: Path

    def take(self, night: Night, project: Path, variables: Variables, progress: Progress) -> Build:
        """Copy each mart in the types of its contract, which is enforced, nulls included."""
        del project, variables  # they were Spark's
        due = self._due()
        with (
            progress.step("Take the marts of Spark", len(due)) as advance,
            duckdb.connect(str(night.database)) as connection,
        ):
            limit_memory(connection)
            connection.execute("set TimeZone = 'UTC'")
            nodes = tuple(self._taken(connection, node, advance) for node in due.values())
            error = _staleness(connection) if all(node.passed for node in nodes) else None
        manifest_path(night).parent.mkdir(parents=True)
        shutil.copyfile(self.manifest, manifest_path(night))
        return Build(nodes, frozenset(due), error)

    def _taken(
        self, connection: duckdb.DuckDBPyConnection, node: dict[str, Any], advance: Advance
    ) -> NodeResult:
        started, status, message = time.perf_counter(), "success", ""
        try:
            _copy(connection, node, self.tables)
        except duckdb.Error as error:
            status, message = "error", _told(error)
        advance()
        seconds = time.perf_counter() - started
        return NodeResult(node["unique_id"], "model", node["alias"], status, seconds, message)

    def _due(self) -> dict[str, dict[str, Any]]:
        if not self.manifest.exists():
            raise ActionableError(
                f"there is no {self.manifest}; `dbt build --target spark` makes it"
            )
        nodes = json.loads(self.manifest.read_text(encoding="utf-8"))["nodes"]
        return {key: node for key, node in nodes.items() if key == CLOCK or is_mart(node)}


def _copy(connection: duckdb.DuckDBPyConnection, node: dict[str, Any], tables: Path) -> None:
    """Make the table anew as its contract says it is, from Spark's files."""
    columns = [column for column in node["columns"].values() if column["data_type"]]
    schema, table = node["schema"], node["alias"]
    name = f"{identifier(schema)}.{identifier(table)}"
    files = literal(str(tables / f"{schema}.db" / table / "*.parquet"))
    casts = (f"cast({identifier(c['name'])} as {c['data_type']})" for c in columns)
    connection.execute(f"create schema if not exists {identifier(schema)}")
    connection.execute(f"create or replace table {name} ({', '.join(map(_declared, columns))})")
    connection.execute(f"insert into {name} select {', '.join(casts)} from read_parquet({files})")


def _declared(column: dict[str, Any]) -> str:
    kinds = {constraint["type"] for constraint in column["constraints"]}
    return f"{identifier(column['name'])} {column['data_type']}" + (
        " not null" if "not_null" in kinds else ""
    )


def _told(error: duckdb.Error) -> str:
    """What may be said of an error: a conversion's text holds a value of somebody's."""
    if isinstance(error, duckdb.ConstraintException | duckdb.IOException | duckdb.BinderException):
        return str(error)
    return type(error).__name__


def _staleness(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Files that have landed since the lake was written would be missing in what is published."""
    unread = connection.execute(UNREAD_FILES).fetchall()[0][0]
    if not unread:
        return None
    return f"{unread} landed files are not in Spark's marts; c360 lake, and build on Spark again"
