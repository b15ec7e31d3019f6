"""The two queries every file goes through: the rows that land, and all the others with a verdict.

Both share one chain: cells (text) → cleaned (trimmed, null words gone) → values (typed) → judged.
The first is run over every file and streams into Parquet; the second only when rows are missing
from the first, because rejects are rare.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pyarrow as pa

from pipelines.exports.declare import Column, Export
from pipelines.exports.header import Binding
from pipelines.exports.types_sql import (
    DAMAGED_ID,
    DUCKDB_TYPES,
    REASONS,
    cleaned,
    identifier,
    literal,
    typed,
)
from pipelines.exports.unpack import PlainFile

SKIPPED = "skipped:"
DAMAGED = "damaged:"
AGGREGATED = "aggregated:"
HEADER_CELLS_COMPARED = 3


@dataclass(frozen=True)
class Stamp:
    """What every landed row says of its file."""

    file_id: str = ""
    account: str = "default"
    exported_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    run_id: str = ""

    def of(self, plain: PlainFile) -> Stamp:
        """The stamp of one plain file of the same delivery."""
        return replace(self, file_id=plain.file_id)

    def columns(self) -> str:
        """The stamp as columns, behind the declared ones."""
        moment = self.exported_at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
        return (
            f"{literal(self.file_id)} as _file_id, _line, {literal(self.account)} as _account, "
            f"timestamp {literal(moment)} as _exported_at, {literal(self.run_id)} as _run_id"
        )


def table_cells(binding: Binding, schema: pa.Schema) -> str:
    """A query of one text column per declared column from the relation `cells` of a table file."""
    columns = [f"{_bound(c, binding, schema)} as {_c(c)}" for c in binding.export.columns]
    others = [identifier(name) for name in binding.cells if name not in binding.positions]
    marked = _totals_cell(binding, others)
    return (
        f"select {', '.join(columns)}, _line, true as _belongs, {marked} as _totals_cell from cells"
    )


def _totals_cell(binding: Binding, others: list[str]) -> str:
    """The text of the cell that marks a totals row, in whatever column it stands."""
    export = binding.export
    if export.totals is None:
        return "cast(null as varchar)"
    bound = [
        _c(c)
        for c in export.columns
        if c.type.kind in ("text", "id") and c.name in binding.positions
    ]
    marks = f"lambda cell: regexp_matches(trim(cell), {literal(export.totals)})"
    return f"list_filter([{', '.join([*bound, *others])}], {marks})[1]"


def _bound(column: Column, binding: Binding, schema: pa.Schema) -> str:
    if column.name in binding.constants:
        return literal(binding.constants[column.name])
    if column.name not in binding.positions:
        return "cast(null as varchar)"
    if schema.field(column.name).type == pa.string():
        return _c(column)
    return f"cast({_c(column)} as varchar)"


def typed_rows(export: Export, cells: str, stamp: Stamp, header: dict[str, str]) -> str:
    """The rows that land: typed columns, then the stamp."""
    columns = ", ".join(f"{_v(c)} as {_c(c)}" for c in export.columns)
    return (
        f"with {_judged(export, cells, header)}\n"
        f"select {columns}, {stamp.columns()} from judged where _verdict is null"
    )


def other_rows(export: Export, cells: str, header: dict[str, str]) -> str:
    """The rows that do not land: `_line`, `_verdict`, their text as JSON, and the checked total."""
    texts = ", ".join(f"{literal(c.name)}: {_c(c)}" for c in export.columns)
    total = identifier(f"v_{export.checksum.column}") if export.checksum else "null"
    return (
        f"with {_judged(export, cells, header)}\n"
        f"select _line, _verdict, cast(to_json({{{texts}}}) as varchar) as text, "
        f"cast({total} as varchar) as total, _totals_cell "
        f"from judged where _verdict is not null order by _line"
    )


def empty_rows(export: Export) -> str:
    """No rows, with the columns of the raw table."""
    columns = ", ".join(
        f"cast(null as {DUCKDB_TYPES[c.type.kind]}) as {_c(c)}" for c in export.columns
    )
    return f"select {columns}, {Stamp().columns()} from (select 0::bigint as _line) where false"


def _judged(export: Export, cells: str, header: dict[str, str]) -> str:
    clean = ", ".join(f"{cleaned(_c(c), export)} as {_c(c)}" for c in export.columns)
    values = ", ".join(f"{typed(_c(c), c, export)} as {_v(c)}" for c in export.columns)
    return (
        f"texts as ({cells}),\n"
        f"cleaned as (select {clean}, * exclude ({', '.join(_c(c) for c in export.columns)}) "
        "from texts),\n"
        f"valued as (select *, {values} from cleaned),\n"
        f"judged as (select *, {_verdict(export, header)} as _verdict from valued)"
    )


def _verdict(export: Export, header: dict[str, str]) -> str:
    arms = [
        ("not _belongs", f"{SKIPPED}other kind"),
        ("_totals_cell is not null", f"{SKIPPED}totals"),
        (f"coalesce({', '.join(_c(c) for c in export.columns)}) is null", f"{SKIPPED}blank"),
        *_repeated_header(header),
        *((_is_damaged(c), f"{DAMAGED}{c.name}") for c in export.columns if c.type.kind == "id"),
        *_unreadable(export),
        *_aggregated(export),
    ]
    return "case " + " ".join(f"when {test} then {literal(word)}" for test, word in arms) + " end"


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


def _unreadable(export: Export) -> list[tuple[str, str]]:
    arms = []
    for column in export.columns:
        reason = f"{column.name}:{REASONS[column.type.kind]}"
        if column.type.kind not in ("text", "id"):
            arms.append((f"({_c(column)} is not null and {_v(column)} is null)", reason))
        if column.filled:
            arms.append((f"{_v(column)} is null", f"{column.name}:is missing"))
    return arms


def _aggregated(export: Export) -> list[tuple[str, str]]:
    if export.one_day_rows is None:
        return []
    first, last = (identifier("v_" + name) for name in export.one_day_rows)
    return [(f"{first} <> {last}", f"{AGGREGATED}{export.one_day_rows[0]}")]


def _c(column: Column) -> str:
    return identifier(column.name)


def _v(column: Column) -> str:
    return identifier("v_" + column.name)
