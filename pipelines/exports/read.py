"""One file in; typed rows as Parquet, rejects and an account that balances out.

    rows in the file = rows landed + rows rejected + rows skipped by name

The scanner of `records` counts what is in the file, DuckDB counts what it wrote, and the rest is
listed row by row. A file whose account does not balance is refused as a whole.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from pipelines.exports.declare import Export
from pipelines.exports.opening import Source, open_plain
from pipelines.exports.query import (
    AGGREGATED,
    DAMAGED,
    SKIPPED,
    Stamp,
    empty_rows,
)
from pipelines.exports.refusal import Refusal
from pipelines.exports.tables import Witness
from pipelines.exports.unpack import PlainFile, unpack
from pipelines.exports.workspace import Workspace

# What reading a damaged file may raise; its text may quote the file, so only the type is told.
DAMAGE = (duckdb.Error, pa.ArrowException, OSError, UnicodeError, ValueError, OverflowError)


class Reject(NamedTuple):
    """A row that did not land: where, why, and what it said."""

    line: int
    column: str | None
    reason: str
    text: str


@dataclass
class Reading:
    """What became of one plain file, read as one export.

    export, file   None when the file could not be told or unpacked
    parquet        the landed rows, None when refused or when no row landed
    skipped        rows left out by name: blank, header, totals, no data, other kind
    ignored        headers the export does not declare
    refusal        why the whole file is refused, None when it is not
    data_from, data_until   least and greatest value of the column that dates the rows
    """

    export: Export | None
    file: PlainFile | None
    parquet: Path | None = None
    file_rows: int = 0
    landed: int = 0
    rejects: list[Reject] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    refusal: str | None = None
    data_from: datetime | None = None
    data_until: datetime | None = None

    @property
    def balances(self) -> bool:
        """Law 1: every row of the file is landed, rejected or skipped by name."""
        return self.file_rows == self.landed + len(self.rejects) + sum(self.skipped.values())

    def skip(self, name: str, count: int = 1) -> None:
        """Count rows left out under a name."""
        if count:
            self.skipped[name] = self.skipped.get(name, 0) + count


def read_export(path: Path, export: Export, into: Path) -> Reading:
    """Read a stored file that holds one plain file, as `export`."""
    return next(iter(read_stored(path, [export], Workspace(into))))


def read_stored(
    stored: Path, exports: Sequence[Export], workspace: Workspace, stamp: Stamp | None = None
) -> Iterator[Reading]:
    """Every plain file in a stored one, as each of `exports` that it turns out to be.

    Never raises for what the file holds: what cannot be read comes back refused.
    """
    try:
        for plain in unpack(stored, workspace):
            yield from read_plain(plain, exports, workspace, stamp or Stamp())
    except Refusal as refusal:
        yield Reading(None, None, refusal=str(refusal))


def read_plain(
    plain: PlainFile, exports: Sequence[Export], workspace: Workspace, stamp: Stamp
) -> Iterator[Reading]:
    """A plain file as each of `exports` that it turns out to be."""
    try:
        for source in open_plain(plain.path, exports, workspace):
            yield _read(plain, source, workspace.rows, stamp.of(plain))
    except (Refusal, *DAMAGE) as failure:
        yield Reading(None, plain, refusal=_told(failure))


def write_empty(export: Export, target: Path) -> None:
    """A Parquet file without rows, from which an export's raw table is created."""
    with connect() as connection:
        connection.execute(f"copy ({empty_rows(export)}) to '{target}' (format parquet)")


def connect() -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB whose settings suit a single pass over a stream.

    The time zone is nobody's. Rows know their line, so they may be written in any order, which
    needs less memory. The verdict on a row is a filter: pushed below the projections that it reads,
    it would compute each of them a second time.
    """
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set preserve_insertion_order = false")
    connection.execute("set disabled_optimizers = 'filter_pushdown'")
    return connection


def _read(plain: PlainFile, source: Source, into: Path, stamp: Stamp) -> Reading:
    """Land the good rows, account for the others, and see that nothing is missing."""
    reading = Reading(source.export, plain, ignored=source.ignored)
    export = source.export
    target = into / f"{plain.file_id}-{export.vendor}-{export.name}.parquet"
    try:
        with connect() as connection:
            witness = _land(connection, source, stamp, target, reading)
            _account(connection, source, witness, target, reading)
            if reading.landed:
                reading.parquet = target
                _date(connection, reading)
    except (Refusal, *DAMAGE) as failure:
        target.unlink(missing_ok=True)
        return Reading(export, plain, refusal=_told(failure), ignored=source.ignored)
    return reading


def _land(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    stamp: Stamp,
    target: Path,
    reading: Reading,
) -> Witness:
    copy = (
        f"copy ({source.cells.landing(stamp)}) to '{target}' (format parquet, compression lz4_raw)"
    )
    witness = Witness()
    reading.landed = int(_over_stream(connection, source, witness, copy)[0][0])
    return witness


def _over_stream(
    connection: duckdb.DuckDBPyConnection, source: Source, witness: Witness, query: str
) -> list[Any]:
    """The result of `query` over the file's batches; what fails inside the stream is raised."""
    failures: list[Exception] = []
    schema, batches = source.opened

    def stream() -> Iterator[pa.RecordBatch]:
        try:
            yield from batches(witness)
        except (Refusal, *DAMAGE) as failure:
            failures.append(failure)
            raise

    connection.register(source.relation, pa.RecordBatchReader.from_batches(schema, stream()))
    try:
        return connection.execute(query).fetchall()
    except duckdb.Error as error:
        raise (failures[0] if failures else error) from None
    finally:
        connection.unregister(source.relation)


def _account(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    witness: Witness,
    target: Path,
    reading: Reading,
) -> None:
    """What became of the rows that did not land; raises Refusal when the file cannot be trusted."""
    reading.skip("blank", witness.blank)
    reading.skip("no data", witness.no_data)
    for line, width, text in witness.ragged:
        _judge_ragged(source, line, width, text, reading)
    reading.file_rows = witness.row_count
    if source.counted:
        reading.file_rows = _count(connection, source) + witness.blank
    if not reading.balances or source.counted:
        _judge_others(connection, source, target, reading)
    _refuse_one_cell_rows(source, witness, reading)
    if not reading.balances:
        raise Refusal(
            f"does not balance: {reading.file_rows} rows in it, {reading.landed} readable, "
            f"{len(reading.rejects)} rejected, {sum(reading.skipped.values())} skipped"
        )


def _judge_ragged(source: Source, line: int, width: int, text: str, reading: Reading) -> None:
    """A record with too few or too many fields: a totals row, or a reject."""
    totals = source.export.totals
    cells = next(csv.reader([text], delimiter=source.delimiter), [])
    if totals and any(re.search(totals, cell.strip()) for cell in cells):
        reading.skip("totals")
    else:
        reason = f"has {width} fields where the header has {source.width}"
        reading.rejects.append(Reject(line, None, reason, text))


def _refuse_one_cell_rows(source: Source, witness: Witness, reading: Reading) -> None:
    single = [text for _, width, text in witness.ragged if width == 1]
    if single and not reading.landed and any(source.delimiter in text for text in single):
        raise Refusal(
            "holds each row in one quoted cell, as some spreadsheets save it: export it again"
        )


def _count(connection: duckdb.DuckDBPyConnection, source: Source) -> int:
    """Rows of documents, before any typing, with the texts that are not JSON."""
    invalid = "(select count(*) from documents where not json_valid(document))"
    query = f"select ({source.counted}), {invalid}"
    with_both = f"with documents as materialized (from stream) {query}"
    streamed = replace(source, relation="stream")
    rows, damaged = _over_stream(connection, streamed, Witness(), with_both)[0]
    return int(rows) + int(damaged)


def _judge_others(
    connection: duckdb.DuckDBPyConnection, source: Source, target: Path, reading: Reading
) -> None:
    query = source.cells.others()
    totals = []
    for line, verdict, text, total, cell in _over_stream(connection, source, Witness(), query):
        if verdict.startswith(SKIPPED):
            reading.skip(verdict.removeprefix(SKIPPED))
            totals.append((cell, total))
        else:
            _refuse_fatal(verdict, line)
            column, _, reason = verdict.partition(":")
            reading.rejects.append(Reject(line, column, reason, text))
    if source.relation == "documents":
        _reject_invalid_json(connection, source, reading)
    _refuse_wrong_total(connection, source.export, totals, target)


def _reject_invalid_json(
    connection: duckdb.DuckDBPyConnection, source: Source, reading: Reading
) -> None:
    query = "select _line, document from documents where not json_valid(document)"
    for line, text in _over_stream(connection, source, Witness(), query):
        reading.rejects.append(Reject(line, None, "is not valid JSON", text))


def _refuse_fatal(verdict: str, line: int) -> None:
    kind, _, column = verdict.partition(":")
    if f"{kind}:" == DAMAGED:
        raise Refusal(
            f"has ids that a spreadsheet rounded (like 5.27763E+12) in {column}, first on line "
            f"{line}: export it again and do not save it from a spreadsheet"
        )
    if f"{kind}:" == AGGREGATED:
        raise Refusal(
            f"sums several days in one row ({column}, line {line}): export it again by day"
        )


def _refuse_wrong_total(
    connection: duckdb.DuckDBPyConnection,
    export: Export,
    totals: list[tuple[str | None, str | None]],
    target: Path,
) -> None:
    """The file's own total must agree with the rows that landed.

    A report that is split by a segment states the total of each part, so they may also add up.
    """
    check = export.checksum
    if check is None:
        return
    stated = [Decimal(t) for cell, t in totals if cell and t and re.search(check.row, cell)]
    query = f"select coalesce(sum({check.column}), 0) from '{target}'"
    found = connection.execute(query).fetchall()[0][0] if stated else 0
    tolerance = Decimal(str(check.tolerance))
    if stated and all(abs(found - total) > tolerance for total in (*stated, sum(stated))):
        raise Refusal(
            f"has rows whose {check.column} sums to {found:.2f} while its own total says "
            f"{stated[0]:.2f}: it is probably cut off, export it again"
        )


def _date(connection: duckdb.DuckDBPyConnection, reading: Reading) -> None:
    assert reading.export is not None  # noqa: S101
    column = reading.export.dated_by
    if column is not None:
        query = f'select min("{column}")::timestamp, max("{column}")::timestamp from ?'
        path = str(reading.parquet)
        found = connection.execute(query.replace("?", f"'{path}'")).fetchall()[0]
        reading.data_from, reading.data_until = found


def _told(failure: Exception) -> str:
    if isinstance(failure, Refusal):
        return str(failure)
    if isinstance(failure, UnicodeError) or "UTF8" in str(failure):
        return "is not UTF-8: export it as UTF-8, or declare its encoding"
    return f"cannot be read ({type(failure).__name__}): it is damaged, send it again"
