"""Write the raw tables as Parquet files, where engines beside DuckDB can read them.

folder/raw_<vendor>/<table>/rows.parquet   personal data, as in the warehouse itself
"""

from __future__ import annotations

from pathlib import Path

from pipelines.memory import connect_read_only
from pipelines.sql_text import identifier, literal

RAW_TABLES = r"""
    select schema_name, table_name from duckdb_tables()
    where schema_name like 'raw\_%' escape '\' and table_name not like '\_dlt%' escape '\'
    order by all
"""


def write_lake(database: Path, folder: Path) -> int:
    """Write every landed table, over what an earlier night wrote; give their number."""
    with connect_read_only(database) as connection:
        tables = connection.execute(RAW_TABLES).fetchall()
        for schema, table in tables:
            file = folder / schema / table / "rows.parquet"
            file.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(
                f"copy {identifier(schema)}.{identifier(table)}"
                f" to {literal(str(file))} (format parquet, compression zstd)"
            )
    return len(tables)
