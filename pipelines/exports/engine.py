"""The DuckDB that reads: in memory, one for all files of a run."""

from __future__ import annotations

import duckdb


def connect() -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB whose settings suit a single pass over a stream.

    The time zone is nobody's. Rows know their line, so they may be written in any order, which
    needs less memory. The verdict on a row is a filter: pushed below the projections that it reads,
    it would compute each of them a second time.
    """
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set preserve_insertion_order = false")
    connection.execute("set disabled_optimizers = 'filter_pushdown'")
    return connection
