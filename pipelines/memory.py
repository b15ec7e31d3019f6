"""How much memory DuckDB may take: what profiles.yml gives to dbt. What does not fit is spilled."""

from __future__ import annotations

import os

import duckdb

from pipelines.sql_text import literal

VARIABLE = "C360_MEMORY_LIMIT"
LIMIT = "4GB"


def limit_memory(connection: duckdb.DuckDBPyConnection) -> None:
    """Hold the connection's DuckDB to the limit of a build."""
    connection.execute(f"set memory_limit = {literal(os.environ.get(VARIABLE, LIMIT))}")
