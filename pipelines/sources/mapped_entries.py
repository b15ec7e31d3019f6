"""Checking one entry of `exports.yml`: a slip is told where it is, not found in a mart later."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from pipelines.errors import ActionableError
from pipelines.sources.mapped_kinds import KINDS, Kind

OWNER_NAME = re.compile(r"[a-z][a-z0-9_]*")
TAKEN_OWNER = re.compile(r"shopify(_.*)?")  # ids of a mapped shop must not meet a vendor's
KEYS = (
    "kind",
    "files",
    "columns",
    "constants",
    "timezone",
    "date_format",
    "decimal_comma",
    "encoding",
    "nulls",
    "totals",
    "credit_note_ids",
    "prices_include_tax",
    "parts",
)
PARTS = ("together",)


class MappingError(ActionableError):
    """An `exports.yml` that cannot be meant: the place, the value and the way out."""


@dataclass(frozen=True)
class Entry:
    """One checked mapping; `columns` holds the accepted spellings of each file column."""

    kind: str
    owner: str
    files: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]
    timezone: str = "UTC"
    date_formats: tuple[str, ...] = field(default=())
    decimal_comma: bool = False
    encoding: str | None = None
    nulls: tuple[str, ...] = ()
    totals: str | None = None
    credit_note_ids: str | None = None
    parts: str | None = None


def checked_entry(entry: Any, place: str) -> Entry:  # noqa: ANN401 - whatever the YAML holds
    """The entry as declared values. Raises MappingError."""
    if not isinstance(entry, Mapping):
        raise MappingError(f"{place}: expected keys such as `kind`, `files` and `columns`")
    kind_name = _choice(entry, "kind", KINDS, place)
    kind = KINDS[kind_name]
    place = f"{place} ({kind_name})"
    _refuse_unknown(entry, [kind.owner, *KEYS], "key", place)
    checked = Entry(
        kind=kind_name,
        owner=_owner(entry, kind, place),
        files=_files(entry, place),
        columns=_columns(entry, kind, place),
        constants={**_constants(entry, kind, place), **_prices(entry, kind, place)},
        timezone=_timezone(entry, place),
        date_formats=_date_formats(entry, place),
        decimal_comma=_switch(entry, "decimal_comma", place),
        encoding=_encoding(entry, place),
        nulls=_texts(entry, "nulls", place),
        totals=_pattern(entry, "totals", place),
        credit_note_ids=_pattern(entry, "credit_note_ids", place),
        parts=_choice(entry, "parts", PARTS, place) if "parts" in entry else None,
    )
    _refuse_incomplete(checked, kind, place)
    return checked


def _listed(choices: Iterable[str]) -> str:
    return ", ".join(choices)


def _refuse_unknown(given: Iterable[Any], known: Iterable[str], noun: str, place: str) -> None:
    choices = list(known)
    for name in given:
        if name not in choices:
            raise MappingError(f"{place}: unknown {noun} {name!r}; choose from {_listed(choices)}")


def _choice(entry: Mapping[str, Any], key: str, choices: Iterable[str], place: str) -> str:
    value, known = entry.get(key), list(choices)
    if value not in known:
        raise MappingError(f"{place}: `{key}` is {value!r}; choose from {_listed(known)}")
    return str(value)


def _owner(entry: Mapping[str, Any], kind: Kind, place: str) -> str:
    name = entry.get(kind.owner)
    if not isinstance(name, str) or not OWNER_NAME.fullmatch(name):
        raise MappingError(
            f"{place}: `{kind.owner}` is {name!r}; give it a name of a-z, 0-9 and _, such as "
            "online_retail"
        )
    if kind.owner == "shop" and TAKEN_OWNER.fullmatch(name):
        raise MappingError(f"{place}: `shop` is {name!r}, which names Shopify's own exports")
    return name


def _files(entry: Mapping[str, Any], place: str) -> tuple[str, ...]:
    globs = _texts(entry, "files", place)
    if not globs:
        raise MappingError(f"{place}: `files` is missing; give globs such as [my_shop/*.csv]")
    for glob in globs:
        path = PurePosixPath(glob)
        if path.is_absolute() or ".." in path.parts:
            raise MappingError(f"{place}: `files` has {glob!r}; name files inside exports/")
    return globs


def _columns(entry: Mapping[str, Any], kind: Kind, place: str) -> Mapping[str, tuple[str, ...]]:
    columns = entry.get("columns")
    if not isinstance(columns, Mapping) or not columns:
        raise MappingError(
            f"{place}: `columns` is {columns!r}; write <column>: <column of the file>, with "
            f"columns from {_listed(kind.columns)}"
        )
    _refuse_unknown(columns, kind.columns, "column", place)
    headers = {name: _texts(columns, name, f"{place}, columns") for name in columns}
    return {name: tuple(" ".join(h.split()) for h in spelt) for name, spelt in headers.items()}


def _constants(entry: Mapping[str, Any], kind: Kind, place: str) -> Mapping[str, str]:
    constants = entry.get("constants") or {}
    if not isinstance(constants, Mapping):
        raise MappingError(f"{place}: `constants` is {constants!r}; write <column>: <value>")
    _refuse_unknown(constants, kind.columns, "constant", place)
    for name, value in constants.items():
        if name in (entry.get("columns") or {}):
            raise MappingError(f"{place}: {name!r} is both in `columns` and in `constants`")
        if value is None or isinstance(value, (list, Mapping)):
            raise MappingError(f"{place}: constant {name!r} is {value!r}; give one value")
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in constants.items()
    }


def _prices(entry: Mapping[str, Any], kind: Kind, place: str) -> Mapping[str, str]:
    """Whether all prices of the file include tax, as a constant of its rows."""
    name = "prices_include_tax"
    if name not in entry:
        return {}
    if kind.tax is None:
        raise MappingError(f"{place}: `{name}` is for orders and order_lines only")
    if name in (entry.get("columns") or {}):
        raise MappingError(f"{place}: {name!r} is both in `columns` and a key of its own")
    return {name: str(_switch(entry, name, place)).lower()}


def _texts(entry: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    """A text or a list of texts; nothing when the key is not there."""
    if key not in entry:
        return ()
    value = entry[key]
    texts = value if isinstance(value, list) else [value]
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        raise MappingError(
            f"{place}: `{key}` is {value!r}; give a text or a list of texts, in quotes where YAML "
            'takes it for something else: "No", "1"'
        )
    return tuple(texts)


def _text(entry: Mapping[str, Any], key: str, place: str) -> str | None:
    value = entry.get(key)
    if value is not None and (not isinstance(value, str) or not value):
        raise MappingError(f"{place}: `{key}` is {value!r}; give a text")
    return value


def _switch(entry: Mapping[str, Any], key: str, place: str) -> bool:
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise MappingError(f"{place}: `{key}` is {value!r}; choose from true, false")
    return value


def _pattern(entry: Mapping[str, Any], key: str, place: str) -> str | None:
    pattern = _text(entry, key, place)
    if pattern is not None:
        _try(pattern, "regexp_matches('', $1)", "regular expression", f"{place}: `{key}`")
    return pattern


def _date_formats(entry: Mapping[str, Any], place: str) -> tuple[str, ...]:
    patterns = _texts(entry, "date_format", place)
    for pattern in patterns:
        _try(pattern, "try_strptime('', $1)", "pattern of days", f"{place}: `date_format`")
    return patterns


def _try(pattern: str, sql: str, kind: str, place: str) -> None:
    """DuckDB reads by the pattern, so DuckDB says whether it is one: its dialect is its own."""
    with duckdb.connect() as connection:
        try:
            connection.execute(f"select {sql}", [pattern]).fetchall()
        except duckdb.Error as damage:
            raise MappingError(f"{place} is {pattern!r}, no {kind}: {damage}") from damage


def _timezone(entry: Mapping[str, Any], place: str) -> str:
    zone = _text(entry, "timezone", place) or "UTC"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise MappingError(
            f"{place}: `timezone` is {zone!r}; give an IANA name such as Europe/London"
        ) from unknown
    return zone


def _encoding(entry: Mapping[str, Any], place: str) -> str | None:
    encoding = _text(entry, "encoding", place)
    try:
        return codecs.lookup(encoding).name if encoding else None
    except LookupError as unknown:
        raise MappingError(
            f"{place}: `encoding` is {encoding!r}; give one such as utf-8, cp1252 or mac_roman"
        ) from unknown


def _refuse_incomplete(entry: Entry, kind: Kind, place: str) -> None:
    given = {*entry.columns, *entry.constants}
    for group in kind.needed:
        if not given.intersection(group):
            raise MappingError(f"{place}: `columns` must say which column is {' or '.join(group)}")
    if "ordered_at" in given and "currency_code" not in given:
        raise MappingError(
            f"{place}: `currency_code` is missing; map it, or set it once: constants: "
            "{currency_code: EUR}"
        )
    if entry.constants.get("prices_include_tax") == "true" and kind.tax not in given:
        raise MappingError(
            f"{place}: `prices_include_tax` is true; map `{kind.tax}` too, so that the tax can be "
            "taken out"
        )
    if {"refunded", "refunded_total"} <= given:
        raise MappingError(
            f"{place}: choose one of `refunded`, which is given back for goods, and "
            "`refunded_total`, which has shipping and tax in it"
        )
    if entry.credit_note_ids and not kind.has_credit_notes:
        raise MappingError(f"{place}: `credit_note_ids` is for orders and order_lines only")
    if entry.parts and not kind.has_parts:
        raise MappingError(f"{place}: `parts` is for ad_days only")
