"""One file in; typed rows as Parquet, rejects, and an account that balances out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from pipelines.exports.account import account
from pipelines.exports.declare import Export
from pipelines.exports.engine import connect
from pipelines.exports.opening import Source, open_plain
from pipelines.exports.query import Stamp, empty_rows
from pipelines.exports.reading import Reading
from pipelines.exports.refusal import Refusal, is_of_the_machine
from pipelines.exports.stated_range import stated_days
from pipelines.exports.stream import DAMAGE, over_stream
from pipelines.exports.tables import Witness
from pipelines.exports.unpack import PlainFile, sha256_of, unpack
from pipelines.exports.workspace import Workspace
from pipelines.sql_text import identifier


def read_stored(
    stored: Path, exports: Sequence[Export], workspace: Workspace, stamp: Stamp | None = None
) -> Iterator[Reading]:
    """Every plain file in a stored one, as each of `exports` that it turns out to be.

    Never raises for what the file holds: what cannot be read comes back refused.
    """
    try:
        for plain in unpack(stored, sha256_of(stored), workspace):
            yield from read_plain(plain, exports, workspace, stamp or Stamp(path=stored.name))
    except Refusal as refusal:
        yield Reading(None, None, refusal=str(refusal))


def read_plain(
    plain: PlainFile, exports: Sequence[Export], workspace: Workspace, stamp: Stamp
) -> Iterator[Reading]:
    """A plain file as each of `exports` that it turns out to be."""
    own = stamp.at(plain)
    located = [export.at(own.path) for export in exports]
    try:
        for source in open_plain(plain.path, located, workspace):
            yield _read(plain, source, workspace, own.of(plain, source.export))
    except (Refusal, *DAMAGE) as failure:
        yield Reading(None, plain, refusal=_told(failure))


def write_empty(exports: Sequence[Export], folder: Path) -> dict[str, Path]:
    """A Parquet file without rows for each raw table, from which the table is created."""
    files = {}
    with connect() as connection:
        for export in exports:
            target = files[export.table] = folder / f"empty-{export.table}.parquet"
            connection.execute(f"copy ({empty_rows(export)}) to '{target}' (format parquet)")
    return files


def _read(plain: PlainFile, source: Source, workspace: Workspace, stamp: Stamp) -> Reading:
    """Land the good rows, account for the others, and see that nothing is missing."""
    reading = Reading(source.export, plain, stamp.file_id, ignored=source.ignored)
    export = source.export
    target = workspace.rows / f"{stamp.file_id}.parquet"
    connection = workspace.connection
    if export.stated_range:
        days = stated_days(export.stated_range, source.preamble, stamp.path or plain.path.name)
        reading.stated_from, reading.stated_until = days or (None, None)
    try:
        witness = _land(connection, source, stamp, target, reading)
        account(connection, source, witness, target, reading)
        if reading.landed:
            reading.parquet = target
            if export.dated_by:
                _date(connection, reading, export.dated_by)
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
    rows = source.cells.landing(stamp)
    copy = f"copy ({rows}) to '{target}' (format parquet, compression lz4_raw)"
    witness = Witness()
    reading.landed = int(over_stream(connection, source, witness, copy)[0][0])
    return witness


def _date(connection: duckdb.DuckDBPyConnection, reading: Reading, dated_by: str) -> None:
    """What time the landed rows cover."""
    day = identifier(dated_by)
    query = f"select min({day})::timestamp, max({day})::timestamp from '{reading.parquet}'"
    reading.data_from, reading.data_until = connection.execute(query).fetchall()[0]


def _told(failure: Exception) -> str:
    """What is wrong with the file; a failure that is not the file's goes on its way."""
    if is_of_the_machine(failure):
        raise failure
    if isinstance(failure, Refusal):
        return str(failure)
    if isinstance(failure, UnicodeError) or "UTF8" in str(failure):
        return "is not UTF-8: export it as UTF-8, or declare its encoding"
    return f"cannot be read ({type(failure).__name__}): it is damaged, send it again"
