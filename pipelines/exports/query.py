"""The two queries every file goes through: the rows that land, and all the others with a verdict.

Both share one chain: cells (text) → cleaned (trimmed, null words gone) → values (typed) → judged.
The first is run over every file and streams into Parquet; the second only when rows are missing
from the first, because rejects are rare.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pyarrow as pa

from pipelines.exports.declare import TEXT, Column, Constant, Export, InHeader, Others
from pipelines.exports.header import Binding
from pipelines.exports.identity import landing_id
from pipelines.exports.types_sql import (
    DAMAGED_ID,
    DUCKDB_TYPES,
    REASONS,
    cleaned,
    typed,
)
from pipelines.exports.unpack import PlainFile
from pipelines.sql_text import identifier, literal

SKIPPED = "skipped:"
DAMAGED = "damaged:"
AGGREGATED = "aggregated:"
HEADER_CELLS_COMPARED = 3
TEXTS = ("text", "id")


@dataclass(frozen=True)
class Stamp:
    """What every landed row says of its file; `path` is where the file lies, for the columns."""

    file_id: str = ""
    account: str = "default"
    exported_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    run_id: str = ""
    path: str = ""

    def at(self, plain: PlainFile) -> Stamp:
        """The stamp of one plain file of the same delivery."""
        return replace(self, path=f"{self.path}!{plain.name}") if plain.name else self

    def of(self, plain: PlainFile, export: Export) -> Stamp:
        """The stamp of the rows of one plain file, read as one export."""
        return replace(self, file_id=landing_id(plain.sha256, self.account, export))

    def columns(self) -> str:
        """The stamp as columns, behind the declared ones."""
        moment = self.exported_at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
        return (
            f"{literal(self.file_id)} as _file_id, _line, {literal(self.account)} as _account, "
            f"timestamp {literal(moment)} as _exported_at, {literal(self.run_id)} as _run_id"
        )


@dataclass(frozen=True)
class Cells:
    """The text cells of a file, from which both queries are built.

    sql      one text column per present column, `_line`, `_belongs` and `_totals_cell`
    absent   declared columns that the file does not have
    header   text of the header cell of each bound column; empty for documents
    """

    export: Export
    sql: str
    absent: frozenset[str] = frozenset()
    header: dict[str, str] = field(default_factory=dict)

    @property
    def present(self) -> list[Column]:
        """The columns that have a cell, in declared order."""
        return [c for c in self.export.columns if c.name not in self.absent]

    def landing(self, stamp: Stamp) -> str:
        """The rows that land: typed columns, then the stamp."""
        columns = ", ".join(self._landed(column) for column in self.export.columns)
        return (
            f"with {self._judged()}\n"
            f"select {columns}, {stamp.columns()} from judged where _verdict is null"
        )

    def others(self) -> str:
        """The rows that do not land: line, verdict, text as JSON, checked total, totals cell."""
        texts = ", ".join(f"{literal(c.name)}: {_c(c)}" for c in self.present)
        check = self.export.checksum
        total = identifier(f"v_{check.column}") if check else "null"
        return (
            f"with {self._judged()}\n"
            f"select _line, _verdict, cast(to_json({{{texts}}}) as varchar), "
            f"cast({total} as varchar), _totals_cell "
            "from judged where _verdict is not null order by _line"
        )

    def _landed(self, column: Column) -> str:
        if column.name in self.absent:
            return _no_value(column)
        return f"{_v(column)} as {_c(column)}"

    def _judged(self) -> str:
        clean = ", ".join(f"{cleaned(_c(c), self.export)} as {_c(c)}" for c in self.present)
        values = ", ".join(f"{typed(_c(c), c, self.export)} as {_v(c)}" for c in self.present)
        return (
            f"texts as ({self.sql}),\n"
            f"cleaned as (select {clean}, _line, _belongs, _totals_cell from texts),\n"
            f"valued as (select *, {values} from cleaned),\n"
            f"judged as (select *, {self._verdict()} as _verdict from valued)"
        )

    def _written(self) -> list[str]:
        """The cells that the row itself fills."""
        return [_c(c) for c in self.present if not isinstance(c.source, (Constant, InHeader))]

    def _verdict(self) -> str:
        arms = [
            ("not _belongs", f"{SKIPPED}other kind"),
            ("_totals_cell is not null", f"{SKIPPED}totals"),
            (f"coalesce({', '.join(self._written())}, null) is null", f"{SKIPPED}blank"),
            *_repeated_header(self.header),
            *((_is_damaged(c), DAMAGED + c.name) for c in self.present if c.type.kind == "id"),
            *(arm for column in self.present for arm in _unreadable(column)),
            *_aggregated(self.export),
        ]
        return "case " + " ".join(f"when {test} then {literal(v)}" for test, v in arms) + " end"


def table_cells(binding: Binding, schema: pa.Schema) -> Cells:
    """The cells of a table file, from the relation `cells` that streams its batches."""
    present = [c for c in binding.export.columns if binding.has(c)]
    columns = [f"{_bound(c, binding, schema)} as {_c(c)}" for c in present]
    others = [identifier(name) for name in binding.cells if name not in binding.positions]
    marked = _totals_cell(binding, others)
    return Cells(
        binding.export,
        f"select {', '.join(columns)}, _line, true as _belongs, {marked} as _totals_cell "
        "from cells",
        frozenset(c.name for c in binding.export.columns if not binding.has(c)),
        {name: binding.header.names[position] for name, position in binding.positions.items()},
    )


def empty_rows(export: Export) -> str:
    """A query of no rows, with the columns of the raw table."""
    columns = ", ".join(_no_value(column) for column in export.columns)
    return f"select {columns}, {Stamp().columns()} from (select 0::bigint as _line) where false"


def _no_value(column: Column) -> str:
    return f"cast(null as {DUCKDB_TYPES[column.type.kind]}) as {_c(column)}"


def _totals_cell(binding: Binding, others: list[str]) -> str:
    """The text of the cell that marks a totals row, in whatever column it stands."""
    export = binding.export
    if export.totals is None:
        return "cast(null as varchar)"
    bound = [_c(c) for c in export.columns if c.type.kind in TEXTS and c.name in binding.positions]
    marks = f"lambda cell: regexp_matches(trim(cell), {literal(export.totals)})"
    return f"list_filter([{', '.join([*bound, *others])}], {marks})[1]"


def _others(binding: Binding) -> str:
    """The undeclared cells with something in them, header to text, as a JSON object."""
    pairs = (
        f"{literal(json.dumps(header) + ':')} || to_json({_text(cell, binding.export)})"
        for header, cell in binding.others.items()
    )
    return f"'{{' || nullif(concat_ws(',', {', '.join([*pairs, 'null'])}), '') || '}}'"


def _text(cell: str, export: Export) -> str:
    text = cleaned(f"cast({identifier(cell)} as varchar)", export)
    return typed(f"({text})", Column(cell, cell, TEXT), export)


def _bound(column: Column, binding: Binding, schema: pa.Schema) -> str:
    if isinstance(column.source, Others):
        return _others(binding)
    if column.name in binding.constants:
        return literal(binding.constants[column.name])
    kind = schema.field(column.name).type
    if kind == pa.string():
        return _c(column)
    if column.type.kind == "id" and pa.types.is_floating(kind):  # a number column with gaps
        whole = f"try_cast({_c(column)} as bigint)"
        return f"cast(case when {_c(column)} = {whole} then {whole} end as varchar)"
    return f"cast({_c(column)} as varchar)"


def _repeated_header(header: dict[str, str]) -> list[tuple[str, str]]:
    """A second header row in the middle, as concatenated exports have."""
    compared = list(header.items())[:HEADER_CELLS_COMPARED]
    if not compared:
        return []
    tests = [f"lower({identifier(n)}) = {literal(text.lower())}" for n, text in compared]
    return [(" and ".join(tests), f"{SKIPPED}header")]


def _is_damaged(column: Column) -> str:
    cell = _c(column)
    return f"(contains({cell}, 'E+') and regexp_matches({cell}, {literal(DAMAGED_ID)}))"


def _unreadable(column: Column) -> list[tuple[str, str]]:
    arms = []
    if column.type.kind not in TEXTS:
        reason = f"{column.name}:{REASONS[column.type.kind]}"
        arms.append((f"({_c(column)} is not null and {_v(column)} is null)", reason))
    if column.filled:
        arms.append((f"{_v(column)} is null", f"{column.name}:is missing"))
    return arms


def _aggregated(export: Export) -> list[tuple[str, str]]:
    if export.one_day_rows is None:
        return []
    first, last = (identifier("v_" + name) for name in export.one_day_rows)
    return [(f"{first} <> {last}", AGGREGATED + export.one_day_rows[0])]


def _c(column: Column) -> str:
    return identifier(column.name)


def _v(column: Column) -> str:
    return identifier("v_" + column.name)
