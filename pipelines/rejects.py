"""The rows that did not land, by file, column and reason; their text only when asked for."""

from __future__ import annotations

from pathlib import Path

import duckdb
from rich.table import Table

COUNTS = """
    select
        coalesce(any_value(files.path), rejects.file_id) as path,
        coalesce(rejects.column_name, '') as column_name,
        rejects.reason,
        count(*) as row_count
    from raw_operations.load_rejects as rejects
    left join (
        select file_id, max(path) as path from raw_operations.load_files group by file_id
    ) as files
        on rejects.file_id = files.file_id
    group by rejects.file_id, column_name, rejects.reason
    order by row_count desc, path, column_name, rejects.reason
"""

TEXTS = """
    select
        coalesce(files.path, rejects.file_id) as path,
        rejects.line,
        coalesce(rejects.column_name, '') as column_name,
        rejects.reason,
        rejects.text
    from raw_operations.load_rejects as rejects
    left join (
        select file_id, max(path) as path from raw_operations.load_files group by file_id
    ) as files
        on rejects.file_id = files.file_id
    order by path, rejects.line, column_name
"""


def rejects_table(database: Path, *, with_text: bool) -> Table:
    """All rejects of the current warehouse. `with_text` shows whole rows: personal data."""
    with duckdb.connect(str(database), read_only=True) as connection:
        result = connection.execute(TEXTS if with_text else COUNTS)
        names = [column[0] for column in result.description or ()]
        rows = result.fetchall()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(str(value) for value in row))
    table.caption = f"{len(rows):,} rows" if rows else "Every row of every file landed."
    table.caption_justify = "left"
    return table
