"""The account of a file: what became of each row that did not land.

    rows in the file = rows landed + rows rejected + rows skipped by name

The scanner counts what is in the file, DuckDB counts what it wrote, and the rest is listed row by
row. A file whose account does not balance is refused as a whole.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.exports.declare import Export
from pipelines.exports.opening import Source
from pipelines.exports.query import AGGREGATED, DAMAGED, SKIPPED
from pipelines.exports.reading import Reading, Reject
from pipelines.exports.refusal import Refusal
from pipelines.exports.stream import over_stream
from pipelines.exports.tables import Witness


def account(
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
    if not reading.balances:
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


def _judge_others(
    connection: duckdb.DuckDBPyConnection, source: Source, target: Path, reading: Reading
) -> None:
    query = source.cells.others()
    totals = []
    for line, verdict, text, total, cell in over_stream(connection, source, Witness(), query):
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
    for line, text in over_stream(connection, source, Witness(), query):
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
