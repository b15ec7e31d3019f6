"""The SQL by which a mart's columns leave the building: personal ones hashed, addresses masked."""

from __future__ import annotations

from pipelines.marts import Treatment
from pipelines.sql_text import identifier

# An e-mail address anywhere in a text, also as it stands in a URL.
ADDRESS = r"[^\s@/?&=:;,<>()\[\]\"]+(@|%40)[^\s@/?&=:;,<>()\[\]\"]+\.[a-z]{2,}"

# `hashed` keeps persons apart and joinable across marts; the salt keeps a hash from being looked
# up in a list of known addresses. `masked` catches what a vendor's free text or an id let slip: the
# address gives way to a hash of the whole text, so equal texts stay equal and others differ.
MACROS = f"""
create or replace temp macro hashed(value) as
    sha256(getvariable('salt') || cast(value as varchar));
create or replace temp macro masked(value) as
    case
        when contains(value, '@') or contains(value, '%40')
            then regexp_replace(value, '{ADDRESS}', left(hashed(value), 16), 'gi')
        else value
    end;
"""


def published_column(name: str, data_type: str, treatment: Treatment) -> str | None:
    """The select-list item of one column, or none for a column that is not published."""
    column = identifier(name)
    if treatment == "dropped":
        return None
    value = _hashed(column, data_type) if treatment == "hashed" else _masked(column, data_type)
    return column if value == column else f"{value} as {column}"


def is_nested(data_type: str) -> bool:
    """Whether values of this type are lists or maps."""
    return data_type.endswith("[]") or data_type.startswith("MAP(")


def filler(data_type: str) -> str:
    """A value with an element at every depth of its lists and maps; null where it is neither."""
    if data_type.endswith("[]"):
        return f"[{filler(data_type.removesuffix('[]'))}]"
    if data_type.startswith("MAP(VARCHAR, "):
        return f"map([''], [{filler(data_type[len('MAP(VARCHAR, ') : -1])}])"
    return f"cast(null as {data_type})"


def _hashed(column: str, data_type: str) -> str:
    if data_type == "VARCHAR[]":  # each by itself, so that it joins with other marts' ids
        return f"list_transform({column}, lambda item: hashed(item))"
    return f"hashed({column})"


def _masked(column: str, data_type: str) -> str:
    if data_type == "VARCHAR":
        return f"masked({column})"
    if data_type == "VARCHAR[]":
        return f"list_transform({column}, lambda item: masked(item))"
    if data_type.startswith("MAP(VARCHAR, "):
        keys = f"list_transform(map_keys({column}), lambda item: masked(item))"
        return f"map({keys}, map_values({column}))"
    return column
