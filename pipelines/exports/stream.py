"""Running a query over the stream of a file's batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.exports.opening import Source
from pipelines.exports.refusal import Refusal
from pipelines.exports.tables import Witness

# What reading a damaged file may raise; its text may quote the file, so only the type is told.
DAMAGE = (duckdb.Error, pa.ArrowException, OSError, UnicodeError, ValueError, OverflowError)


def over_stream(
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
