"""What of a dbt message may be shown: DuckDB quotes the value it choked on, maybe a person's."""

from __future__ import annotations

import re

# These classes speak of tables, columns, files and memory, never of the values in a row.
WITHOUT_VALUES = frozenset({"Binder", "Catalog", "Parser", "Dependency", "Out of Memory", "IO"})

# "Conversion Error: Could not convert string 'x' to INT32"; the class may be several words.
DATABASE_ERROR = re.compile(r"^\s*(?P<kind>[A-Z][\w ]*?) Error: (?P<text>.*)$", re.MULTILINE)

# What dbt itself says first: "Runtime Error in model orders (models/marts/core/orders.sql)"
TALKATIVE = ("Runtime Error", "Database Error", "Compilation Error", "Parsing Error")


def clean_message(message: str | None) -> str:
    """One line that says what went wrong and quotes no value of any row."""
    if not message:
        return ""
    found = DATABASE_ERROR.search(message)
    if found is not None:
        return _database_error(found["kind"], found["text"])
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    if lines[0].startswith(TALKATIVE) and len(lines) > 1:
        return lines[1]
    return lines[0]


def _database_error(kind: str, text: str) -> str:
    if kind in WITHOUT_VALUES:
        return f"{kind} Error: {text}"
    return f"{kind} Error (dbt's log in the night's folder quotes the value)"
