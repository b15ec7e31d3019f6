"""Finding the header of a table by the column names an export needs, and binding its columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.exports.declare import Column, Constant, Export, InHeader, InPath, Keyed, Others
from pipelines.exports.records import BYTE_ORDER_MARK
from pipelines.exports.refusal import Refusal

HEAD_BYTES = 1 << 18
HEAD_RECORDS = 60
DELIMITERS = (",", "\t", ";", "|")
NAMED_AT_MOST = 6


@dataclass(frozen=True)
class Header:
    """Where the header stands and what it says.

    names        header cells without outer spaces, a repeated name numbered: `Ad set name__2`
    delimiter    of a text file, "" for workbooks and Parquet
    end          bytes up to the end of the header record
    line         line on which the header starts
    next_line    line after the header
    preamble     the records above the header, as text
    """

    names: tuple[str, ...]
    delimiter: str
    end: int
    line: int
    next_line: int
    preamble: tuple[str, ...] = ()


@dataclass(frozen=True)
class Binding:
    """One export's columns found in one header: header position, constant value, or neither."""

    export: Export
    header: Header
    positions: dict[str, int]
    constants: dict[str, str]

    @property
    def cells(self) -> dict[str, int]:
        """Every cell to read: the bound columns, and the others where they are wanted at all."""
        if self.export.totals is None and not self.export.takes_others:
            return self.positions
        used = set(self.positions.values())
        rest = (i for i in range(len(self.header.names)) if i not in used)
        return self.positions | {f"_other_{i}": i for i in rest}

    def has(self, column: Column) -> bool:
        """Whether the file gives the column a value, in a cell, a header or by declaration."""
        bound = column.name in self.positions or column.name in self.constants
        return bound or isinstance(column.source, Others)

    @property
    def others(self) -> dict[str, str]:
        """The cells under headers that the export does not declare, by their header."""
        names = self.header.names
        rest = (name for name in self.cells if name not in self.positions)
        named = ((names[self.cells[cell]], cell) for cell in rest)
        return {header: cell for header, cell in named if header}

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headers that the export does not declare and no column holds, in file order."""
        if self.export.takes_others:
            return ()
        used = set(self.positions.values())
        return tuple(n for i, n in enumerate(self.header.names) if i not in used and n)


def find_text_header(path: Path, exports: Sequence[Export]) -> Binding:
    """The first record of a text file that has the columns of one of `exports`, most exact first.

    Raises Refusal naming the columns that the closest export misses.
    """
    text = _head(path)
    found = [header for d in DELIMITERS for header in _headers(text, d, path)]
    return choose(found, exports)


def choose(headers: Iterable[Header], exports: Sequence[Export]) -> Binding:
    """The header with the export it belongs to; earlier exports are the more exact ones."""
    candidates = list(headers)
    for export in exports:
        for header in candidates:
            if not _excluding(export, header.names) and not _missing(export, header.names):
                return bind(export, header)
    raise Refusal(_why_unknown(candidates, exports))


def numbered(cells: Iterable[str]) -> tuple[str, ...]:
    """Header names without outer spaces, the second of a name as `name__2`."""
    seen: dict[str, int] = {}
    names = []
    for name in (" ".join(cell.split()) for cell in cells):
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}__{seen[name]}")
    return tuple(names)


def bind(export: Export, header: Header) -> Binding:
    """Each declared column's place in the header."""
    positions: dict[str, int] = {}
    constants: dict[str, str] = {}
    for column in export.columns:
        if isinstance(column.source, Constant):
            if column.source.value is not None:
                constants[column.name] = column.source.value
        elif isinstance(column.source, InHeader):
            value = _value_in(column.source.pattern, header.names)
            if value is not None:
                constants[column.name] = value
        elif (position := _position(column, header.names)) is not None:
            positions[column.name] = position
    return Binding(export, header, positions, constants)


def _head(path: Path) -> str:
    with path.open("rb") as file:
        raw = file.read(HEAD_BYTES)
    raw = raw.removeprefix(BYTE_ORDER_MARK)
    whole = raw if len(raw) < HEAD_BYTES - 3 else raw[: raw.rfind(b"\n") + 1]
    return whole.decode("utf-8", errors="replace")


def _headers(text: str, delimiter: str, path: Path) -> Iterable[Header]:
    """The first records of the text, each seen as a header might be."""
    lines = text.splitlines(keepends=True) if "\r" not in text else text.split("\n")
    if "\r" in text:
        lines = [line + "\n" for line in lines]
    with path.open("rb") as file:
        mark = len(BYTE_ORDER_MARK) if file.read(3) == BYTE_ORDER_MARK else 0
    reader = csv.reader(lines, delimiter=delimiter)
    preamble: list[str] = []
    start = 0
    try:
        for record, _ in zip(reader, range(HEAD_RECORDS), strict=False):
            end = mark + sum(len(line.encode()) for line in lines[: reader.line_num])
            if len(record) > 1 or delimiter == DELIMITERS[0]:
                yield Header(
                    numbered(record),
                    delimiter,
                    end,
                    start + 1,
                    reader.line_num + 1,
                    tuple(preamble),
                )
            start = reader.line_num
            preamble.append(delimiter.join(record))
    except csv.Error:
        return


def _missing(export: Export, names: Sequence[str]) -> list[str]:
    """The required columns, as the export spells them, that are not among `names`."""
    missing = []
    for column in export.required_headers():
        if isinstance(column.source, InHeader):
            if _value_in(column.source.pattern, names) is None:
                missing.append(column.source.pattern.pattern)
        elif _position(column, names) is None:
            missing.append(_spelling(column))
    if export.marked_by and not _shared(export.marked_by, names):
        missing.append(f"one of {', '.join(export.marked_by)}")
    return missing


def _excluding(export: Export, names: Sequence[str]) -> list[str]:
    """The headers that mark another kind of file."""
    return _shared(export.excluded_by, names)


def _shared(headers: Sequence[str], names: Sequence[str]) -> list[str]:
    folded = {name.casefold() for name in names}
    return [header for header in headers if header.casefold() in folded]


def _position(column: Column, names: Sequence[str]) -> int | None:
    source = column.source
    if isinstance(source, re.Pattern):
        return next((i for i, name in enumerate(names) if source.fullmatch(name)), None)
    if isinstance(source, (Constant, InPath, InHeader, Keyed, Others)):
        return None
    folded = [name.casefold() for name in names]
    spellings = (source,) if isinstance(source, str) else source
    return next((folded.index(s.casefold()) for s in spellings if s.casefold() in folded), None)


def _value_in(pattern: re.Pattern[str], names: Sequence[str]) -> str | None:
    matches = (pattern.fullmatch(name) for name in names)
    return next((match["value"] for match in matches if match), None)


def _spelling(column: Column) -> str:
    source = column.source
    if isinstance(source, re.Pattern):
        return source.pattern
    return source if isinstance(source, str) else str(source[0])  # type: ignore[index]


def _why_unknown(headers: Sequence[Header], exports: Sequence[Export]) -> str:
    if not headers:
        return "is empty: export it again"
    lacking = [(_missing(e, h.names), e, h) for e in exports for h in headers]
    complete = [(e, h) for missing, e, h in lacking if not missing]
    if complete:
        export, header = complete[0]
        marks = ", ".join(_excluding(export, header.names))
        return f"is no {export.title}: it has columns of another kind of export: {marks}"
    missing, export, header = min(
        lacking, key=lambda found: (_missing_share(found[0], found[1]), len(found[0]))
    )
    if _is_one_cell(headers, exports):
        return "holds each row in one quoted cell, as some spreadsheets save it: export it again"
    named = ", ".join(missing[:NAMED_AT_MOST])
    more = f" and {len(missing) - NAMED_AT_MOST} more" if len(missing) > NAMED_AT_MOST else ""
    return (
        f"has an unknown layout; closest is {export.title} ({export.vendor}.{export.name}), "
        f"seen on line {header.line}, but it misses: {named}{more}"
    )


def _missing_share(missing: Sequence[str], export: Export) -> float:
    return len(missing) / max(1, len(list(export.required_headers())))


def _is_one_cell(headers: Sequence[Header], exports: Sequence[Export]) -> bool:
    single = [h for h in headers if len(h.names) == 1 and "," in h.names[0]]
    cells = [next(csv.reader([h.names[0]])) for h in single]
    return any(not _missing(e, numbered(c)) for e in exports for c in cells)
