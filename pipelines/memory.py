"""How much memory DuckDB may take: what profiles.yml gives to dbt. What does not fit is spilled."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from pipelines.sql_text import literal

VARIABLE = "C360_MEMORY_LIMIT"
LIMIT = "4GB"


def limit_memory(connection: duckdb.DuckDBPyConnection) -> None:
    """Hold the connection's DuckDB to the limit of a build."""
    connection.execute(f"set memory_limit = {literal(os.environ.get(VARIABLE, LIMIT))}")


def connect_read_only(database: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection in UTC, within the limit."""
    connection = duckdb.connect(str(database), read_only=True)
    limit_memory(connection)
    connection.execute("set TimeZone = 'UTC'")
    return connection
