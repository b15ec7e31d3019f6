"""A user's own files of any layout, mapped by a few lines of YAML.

`exports.yml` at the root of the exports folder names files, says what their rows are and which of
their columns is what. Each entry of its list `mapped` becomes an `Export` like a vendor's; its
`files` are globs below the root. `docs/mapped_exports.md` shows it by example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from pipelines.exports.declare import BOOLEAN, Column, Constant, Export, Source, Type
from pipelines.sources.mapped_entries import Entry, MappingError, checked_entry
from pipelines.sources.mapped_kinds import KINDS, Kind

CONFIGURATION = "exports.yml"
ABSENT: Source = ()  # no spelling: a column that no file has

__all__ = ["CONFIGURATION", "EXPORTS", "MappingError", "mapped_exports"]


def mapped_exports(configuration: Path | Mapping[str, Any]) -> tuple[Export, ...]:
    """One export per entry of `mapped`; none when the file does not exist.

    Raises MappingError naming the file, the entry, the key, its value and the choices.
    """
    if isinstance(configuration, Path):
        place = str(configuration)
        content = _read(configuration) if configuration.exists() else {}
    else:
        place, content = CONFIGURATION, configuration
    return tuple(_export(entry) for entry in _entries(content, place))


def _read(path: Path) -> Any:  # noqa: ANN401 - whatever the YAML holds
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.MarkedYAMLError as damage:
        line = damage.problem_mark.line + 1 if damage.problem_mark else 1
        raise MappingError(f"{path}: line {line} is not valid YAML: {damage.problem}") from damage
    except yaml.reader.ReaderError as damage:
        raise MappingError(f"{path} is not valid YAML: {damage.reason}") from damage
    except UnicodeDecodeError as damage:
        raise MappingError(f"{path} is not UTF-8: save it as UTF-8") from damage


def _entries(content: Any, place: str) -> Iterator[Entry]:  # noqa: ANN401
    if not isinstance(content, Mapping) or (set(content) - {"mapped"}):
        raise MappingError(f"{place}: expected one key at the top, `mapped`, with a list below it")
    entries = content.get("mapped") or []
    if not isinstance(entries, list):
        raise MappingError(f"{place}: `mapped` must be a list of mappings")
    for number, entry in enumerate(entries, start=1):
        yield checked_entry(entry, f"{place}: mapped, entry {number}")


def _export(entry: Entry) -> Export:
    kind = KINDS[entry.kind]
    return Export(
        vendor="mapped",
        name=entry.kind,
        title=f"{entry.owner} {entry.kind.replace('_', ' ')} as mapped in {CONFIGURATION}",
        files=entry.files,
        columns=tuple(_columns(entry, kind)),
        dated_by=kind.dated_by,
        totals=entry.totals,
        nulls=entry.nulls,
        zone=entry.timezone,
        encoding=entry.encoding,
        decimal_mark="," if entry.decimal_comma else ".",
    )


def _columns(entry: Entry, kind: Kind) -> Iterator[Column]:
    """The columns of the kind in their fixed order, those that are not mapped being absent."""
    yield Column(Constant(entry.owner), kind.owner)
    for name, type_ in kind.columns.items():
        yield _column(name, _dated(type_, entry.date_formats), entry, kind)
    if kind.has_credit_notes:
        pattern = Constant(entry.credit_note_ids) if entry.credit_note_ids else ABSENT
        yield Column(pattern, "credit_note_pattern", required=False)
    if kind.has_parts:
        together = "true" if entry.parts == "together" else "false"
        yield Column(Constant(together), "parts_together", BOOLEAN)


def _column(name: str, type_: Type, entry: Entry, kind: Kind) -> Column:
    if name in entry.columns:
        return Column(entry.columns[name], name, type_, filled=name in kind.filled)
    if name in entry.constants:
        return Column(Constant(entry.constants[name]), name, type_)
    return Column(ABSENT, name, type_, required=False)


def _dated(type_: Type, formats: tuple[str, ...]) -> Type:
    return Type(type_.kind, formats) if formats and type_.kind in ("day", "timestamp") else type_


def _unmapped(name: str) -> Export:
    """The raw table of a kind, for nights on which nothing is mapped to it."""
    nothing = Entry(kind=name, owner="", files=(), columns={}, constants={})
    return _export(nothing)


EXPORTS: tuple[Export, ...] = tuple(_unmapped(name) for name in KINDS)
