"""The DuckDB that reads: in memory, one for each file that is read at a time."""

from __future__ import annotations

import duckdb

# A single pass over a stream has nothing to reorder, and the verdict on a row is a filter: pushed
# below the projections that it reads, it would compute each of them a second time. For a small file
# with many columns, planning with all optimizers took ten times as long as the rows.
OPTIMIZERS = ("common_subexpressions", "cte_inlining", "unused_columns")


def connect(threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB whose settings suit a single pass over a stream.

    The time zone is nobody's. Rows know their line, so they may be written in any order, which
    needs less memory. `threads`: as many as there are cores when it is not given.
    """
    connection = duckdb.connect(config={"threads": threads} if threads else {})
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set preserve_insertion_order = false")
    known = (name for (name,) in connection.execute("from duckdb_optimizers()").fetchall())
    disabled = ",".join(name for name in known if name not in OPTIMIZERS)
    connection.execute(f"set disabled_optimizers = '{disabled}'")
    return connection
