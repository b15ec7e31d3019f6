"""The words in which a vendor's exports are declared: exports, columns and types, as data.

An `Export` describes one kind of file a vendor writes. The reader turns any file of that kind into
the rows of one raw table, `raw_<vendor>.<name>`, and a list of rejected rows. Nothing here reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal[
    "text", "id", "integer", "decimal", "money", "percent", "boolean", "day", "timestamp", "json"
]
Shape = Literal["table", "documents"]


@dataclass(frozen=True)
class Type:
    """What a column holds.

    formats   strptime patterns tried in order, for days and times
    words     the only texts that land, in upper case; empty when any text does
    """

    kind: Kind
    formats: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


TEXT = Type("text")
ID = Type("id")  # text that a spreadsheet must not have rounded: 5.27763E+12 refuses the file
INTEGER = Type("integer")  # 1,606,880 and 64517.0 are whole numbers, 1.5 is not
DECIMAL = Type("decimal")  # decimal(18, 6)
MONEY = Type("money")  # decimal(18, 6); $1,149.00, ($33.62), -$7.00 and Rs.201.68 are read
PERCENT = Type("percent")  # a fraction: 1.66% is 0.0166; < 10% is 0.10 and > 90% is 0.90
PERCENTAGE = Type("percent", ("of_100",))  # a fraction too: 41.09 and 41.09% are both 0.4109
BOOLEAN = Type("boolean")  # true/false, yes/no, 1/0, in any case
DAY = Type("day", ("%Y-%m-%d",))
TIMESTAMP = Type("timestamp")  # ISO 8601 with or without offset, read as UTC
JSON = Type("json")  # the value as JSON text


def day(*formats: str) -> Type:
    """A day written in one of `formats` (strptime)."""
    return Type("day", formats)


def timestamp(*formats: str) -> Type:
    """A moment written in one of `formats` (strptime; `%z` reads an offset)."""
    return Type("timestamp", formats)


def one_of(*words: str) -> Type:
    """One of these words, written in any case; any other text stays in the file."""
    return Type("text", words=tuple(word.upper() for word in words))


EPOCH_SECONDS = Type("timestamp", ("epoch_s",))
EPOCH_MICROSECONDS = Type("timestamp", ("epoch_us",))


@dataclass(frozen=True)
class Constant:
    """A value that every row of the export carries though the file does not say it.

    `unless` names a field of the document that counts instead where it is filled.
    """

    value: str | None
    unless: str | None = None


@dataclass(frozen=True)
class InPath:
    """A value written in the file's place or name: the group `value` of `pattern`.

    Looked for in the path below the exports folder, with `!` before a name inside an archive;
    null where it is not found. `unless` is that of the `Constant` it becomes.
    """

    pattern: re.Pattern[str]
    unless: str | None = None


@dataclass(frozen=True)
class InHeader:
    """A value written in a column's name: the group `value` of `pattern`, as in `Spent (AUD)`."""

    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Keyed:
    """An element of an array of key-value objects, as in `[{"key": "page", "value": {…}}]`.

    `path` leads to the array, `key` names the field compared with `equals`, and `values` are the
    paths inside the element, the first one that is not null being the value.
    """

    path: str
    equals: str
    key: str = "key"
    values: tuple[str, ...] = ("value",)


@dataclass(frozen=True)
class Others:
    """The filled cells under all headers that the export does not declare, as one JSON object.

    For tables whose columns are the user's own, such as the questions of a survey.
    """


# Where a column's value stands. In a table: a header, several spellings of it, or a pattern.
# In documents: a dotted path (`customer.id`); `^` goes up to the document that holds the row
# (`^id`), `#` is the row's position in its array, counted from 1; `"campaign.id"` in double quotes
# is one key with dots in it.
Source = str | tuple[str, ...] | re.Pattern[str] | Constant | InPath | InHeader | Keyed | Others


@dataclass(frozen=True)
class Column:
    """One column of the raw table.

    `required`: a table file without it is not this export (documents may always lack a field).
    `filled`: a row without a value in it is rejected.
    """

    source: Source
    name: str
    type: Type = TEXT
    required: bool = True
    filled: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The headers or field paths under which a file may have the column."""
        sources = self.source if isinstance(self.source, tuple) else (self.source,)
        return tuple(source for source in sources if isinstance(source, str))


@dataclass(frozen=True)
class Checksum:
    """A totals row that sums the rows of the file: Σ `column` must agree within `tolerance`."""

    row: str
    column: str
    tolerance: float = 0.01


@dataclass(frozen=True)
class StatedRange:
    """The first and last day that a file reports on, as the file states them.

    pattern   has the groups `first` and `last`; looked for in each line above the header, or in
              the file's name
    formats   strptime patterns tried in order; a range that fits none is not stated
    place     where the range is written
    """

    pattern: re.Pattern[str]
    formats: tuple[str, ...]
    place: Literal["preamble", "name"]


@dataclass(frozen=True)
class Export:
    """One kind of file.

    vendor, name   the raw table is `raw_<vendor>.<name>`
    title          what the vendor calls it, for messages
    files          globs below the vendor's folder; the columns decide among exports that match
    columns        the columns to land, in the order of the raw table
    shape          "table" (CSV, TSV, XLSX, flat Parquet) or "documents" (JSON, nested Parquet)
    dated_by       the column whose least and greatest value say what time the file covers
    totals         pattern of the text cell that marks a totals row
    checksum       the totals row that must agree with the rows
    nulls          cell values that mean "no value", besides the empty cell
    zone           time zone of times written without an offset
    decimal_mark   "," for localized exports: 1.234,56
    encoding       how to read a file that has no byte-order mark and is not UTF-8
    one_day_rows   two day columns that must be equal in each row: a row that spans more is an
                   aggregate, and the file is refused
    wrappers       keys under which an API response holds its documents (`{"orders": [...]}`)
    each           arrays below a document whose elements are the rows: their names with dots, or a
                   dotted path to each when an array lies in an object
    where          documents that belong to this export: field path and the values it may have,
                   or no value when they are those without the field
    excluded_by    headers, or field paths of documents, that mark another kind: a file that has
                   one of these headers, or a document that fills one of these fields, is not this
                   export
    marked_by      headers or field paths of which this export has at least one
    stated_range   where the file states which days it covers
    """

    vendor: str
    name: str
    title: str
    files: tuple[str, ...]
    columns: tuple[Column, ...]
    shape: Shape = "table"
    dated_by: str | None = None
    totals: str | None = None
    checksum: Checksum | None = None
    nulls: tuple[str, ...] = ()
    zone: str = "UTC"
    encoding: str | None = None
    decimal_mark: Literal[".", ","] = "."
    one_day_rows: tuple[str, str] | None = None
    wrappers: tuple[str, ...] = ()
    each: str | tuple[str, ...] | None = None
    where: tuple[str, tuple[str, ...]] | None = None
    excluded_by: tuple[str, ...] = ()
    marked_by: tuple[str, ...] = ()
    stated_range: StatedRange | None = None
    description: str = field(default="", compare=False)

    @property
    def schema(self) -> str:
        """The raw schema of the vendor."""
        return f"raw_{self.vendor}"

    @property
    def table(self) -> str:
        """The raw table, with its schema."""
        return f"{self.schema}.{self.name}"

    @property
    def dated_by_kind(self) -> Kind | None:
        """Whether the column that dates the rows holds a day or a moment."""
        return next((c.type.kind for c in self.columns if c.name == self.dated_by), None)

    def required_headers(self) -> Iterable[Column]:
        """The columns without which a table file is not this export."""
        given = (Constant, InPath, Others)
        return (c for c in self.columns if c.required and not isinstance(c.source, given))

    @property
    def arrays(self) -> tuple[str, ...]:
        """The path of each array of `each`, from the outermost on."""
        if isinstance(self.each, str):
            return tuple(self.each.split("."))
        return self.each or ()

    @property
    def takes_others(self) -> bool:
        """Whether a column holds what the export does not declare."""
        return any(isinstance(c.source, Others) for c in self.columns)

    def at(self, path: str) -> Export:
        """The export of a file at `path`: what its place says has become a constant."""
        return replace(self, columns=tuple(_at(column, path) for column in self.columns))


def _at(column: Column, path: str) -> Column:
    source = column.source
    if not isinstance(source, InPath):
        return column
    found = source.pattern.search(path)
    return replace(column, source=Constant(found and found["value"], source.unless))
