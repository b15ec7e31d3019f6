"""The rows that did not land, by file, column and reason; their text only when asked for."""

from __future__ import annotations

from pathlib import Path

import duckdb
from rich.table import Table

# A file whose place has since been taken by another content was exported again: nothing is left
# to mend in it.
OPEN = """
    with newest_files as (
        select file_id, path from raw_operations.load_files
        where status = 'landed'
        qualify rank() over (partition by path order by landed_at desc) = 1
    ),
    open_rejects as (
        select
            newest_files.path,
            rejects.line,
            coalesce(rejects.column_name, '') as column_name,
            rejects.reason,
            rejects.text
        from raw_operations.load_rejects as rejects
        inner join newest_files on rejects.file_id = newest_files.file_id
    )
"""

COUNTS = """
    select path, column_name, reason, count(*) as row_count from open_rejects
    group by all order by row_count desc, path, column_name, reason
"""

TEXTS = "select * from open_rejects order by path, line, column_name"


def rejects_table(database: Path, *, with_text: bool) -> Table:
    """The open rejects of a warehouse file. `with_text` shows whole rows: personal data."""
    with duckdb.connect(str(database), read_only=True) as connection:
        result = connection.execute(f"{OPEN} {TEXTS if with_text else COUNTS}")
        names = [column[0] for column in result.description or ()]
        rows = result.fetchall()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(str(value) for value in row))
    table.caption = f"{len(rows):,} rows" if rows else "No row of any file is waiting to be mended."
    table.caption_justify = "left"
    return table
