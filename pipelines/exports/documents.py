"""JSON files and nested Parquet as streams of Arrow batches of documents.

A file is either JSON lines (one document a line) or one JSON text: an array of documents, an API
response that wraps them, or a single one. `documents_sql` turns documents into rows.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.exports.records import BYTE_ORDER_MARK, Positions, blocks
from pipelines.exports.refusal import Limits, Refusal
from pipelines.exports.tables import LINE, Batches, Opened, Witness

DOCUMENT = pa.schema([pa.field("document", pa.string()), LINE])
NESTED_ROWS = 20_000


def is_json_lines(path: Path) -> bool:
    """Whether the first line that says anything is a whole JSON object."""
    with path.open("rb") as file:
        first = next((line for line in file if line.strip(b" \t\r\n\xef\xbb\xbf")), b"")
    text = first.removeprefix(BYTE_ORDER_MARK).decode("utf-8", errors="replace")
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def document_lines(path: Path, limits: Limits) -> Opened:
    """One JSON document a line."""

    def batches(witness: Witness) -> Batches:
        for block in blocks(path, None, _mark_bytes(path), 1, limits):
            witness.row_count += len(block.lines) + block.blank_count
            witness.blank += block.blank_count
            texts = _lines_of(block.data)
            if block.blank_count:
                texts = texts.filter(pa.array(_is_filled(block.data)))
            yield pa.RecordBatch.from_arrays([texts, pa.array(block.lines)], schema=DOCUMENT)

    return DOCUMENT, batches


def _mark_bytes(path: Path) -> int:
    with path.open("rb") as file:
        return len(BYTE_ORDER_MARK) if file.read(3) == BYTE_ORDER_MARK else 0


def _lines_of(data: bytes) -> pa.StringArray:
    """The lines of a block without copying them: Arrow's offsets are the line ends."""
    offsets = np.concatenate(([0], _line_ends(data))).astype(np.int32)
    return pa.StringArray.from_buffers(
        len(offsets) - 1, pa.py_buffer(offsets.tobytes()), pa.py_buffer(data)
    )


def _line_ends(data: bytes) -> Positions:
    return np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n")) + 1


def _is_filled(data: bytes) -> npt.NDArray[np.bool_]:
    """Which lines hold more than their line end; the scanner's rule for blank ones."""
    ends = _line_ends(data)
    starts = np.concatenate(([0], ends[:-1]))
    characters = np.frombuffer(data, np.uint8)
    is_return = characters[starts] == ord("\r")
    blank = (ends - starts == 1) | (is_return & (ends - starts == len("\r\n")))
    return np.asarray(~blank)


def single_document(path: Path, limits: Limits) -> Opened:
    """A file that is one JSON text, read as a whole."""

    def batches(witness: Witness) -> Batches:
        if path.stat().st_size > limits.max_document_bytes:
            raise Refusal(
                f"is one JSON text of more than {limits.max_document_bytes:,} bytes: "
                "export it as JSON lines"
            )
        text = path.read_bytes().removeprefix(BYTE_ORDER_MARK).decode()
        witness.row_count += bool(text.strip())
        texts = [text] if text.strip() else []
        lines = pa.array([1] * len(texts), pa.int64())
        yield pa.RecordBatch.from_arrays([pa.array(texts, pa.string()), lines], schema=DOCUMENT)

    return DOCUMENT, batches


def counted(opened: Opened, row_count: str, connection: duckdb.DuckDBPyConnection) -> Opened:
    """The same documents; the witness counts the rows in them by a query of its own.

    A batch is counted as it streams by, so that the file is read once.
    """
    schema, batches = opened

    def counting(witness: Witness) -> Batches:
        with connection.cursor() as counter:
            for batch in batches(seen := Witness()):
                counter.register("documents", batch)
                witness.row_count += counter.execute(row_count).fetchall()[0][0]
                yield batch
        witness.row_count += seen.blank
        witness.blank += seen.blank

    return schema, counting


def nested_parquet(path: Path) -> Opened:
    """Each row of a nested Parquet file as a JSON document."""

    def batches(witness: Witness) -> Batches:
        with pq.ParquetFile(path) as file, duckdb.connect() as connection:
            for batch in file.iter_batches(batch_size=NESTED_ROWS):
                first = witness.row_count + 1
                witness.row_count += batch.num_rows
                connection.register("nested", pa.table(batch))
                query = "select cast(to_json(nested) as varchar) from nested"
                texts = connection.execute(query).to_arrow_table().column(0).combine_chunks()
                lines = pa.array(np.arange(first, first + batch.num_rows))
                yield pa.RecordBatch.from_arrays([texts.cast(pa.string()), lines], schema=DOCUMENT)

    return DOCUMENT, batches
