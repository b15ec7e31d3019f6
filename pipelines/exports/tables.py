"""Table files (CSV, TSV, XLSX, flat Parquet) as streams of Arrow batches of text cells.

A batch holds the bound columns under their declared names and `_line`; memory stays at a few
blocks however long the file is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from pipelines.exports.declare import Export
from pipelines.exports.header import HEAD_RECORDS, Binding, Header, choose, numbered
from pipelines.exports.records import Block, blocks
from pipelines.exports.refusal import Limits, Refusal

LINE = pa.field("_line", pa.int64())
NO_DATA = ("No data available.",)  # what Meta writes into an export without rows
WORKBOOK_ROWS = 100_000


@dataclass
class Witness:
    """What was seen of a file while its rows streamed by: the other side of its account.

    row_count   records below the header, counted by the scanner and not by the parser
    blank       records without a character
    ragged      line, number of fields and text of each record that does not fit the header
    """

    row_count: int = 0
    blank: int = 0
    no_data: int = 0
    ragged: list[tuple[int, int, str]] = field(default_factory=list)


Batches = Iterator[pa.RecordBatch]
Opened = tuple[pa.Schema, Callable[[Witness], Batches]]


def text_table(path: Path, binding: Binding, limits: Limits) -> Opened:
    """A delimited text file below its header."""
    schema = _schema(binding)

    def batches(witness: Witness) -> Batches:
        header = binding.header
        for block in blocks(path, header.delimiter, header.end, header.next_line, limits):
            yield _parsed(block, binding, schema, witness)

    return schema, batches


def _schema(binding: Binding) -> pa.Schema:
    return pa.schema([pa.field(name, pa.string()) for name in binding.cells] + [LINE])


def _parsed(block: Block, binding: Binding, schema: pa.Schema, witness: Witness) -> pa.RecordBatch:
    """One block through Arrow's CSV parser, its ragged records set aside."""
    ragged: list[pacsv.InvalidRow] = []

    def set_aside(row: pacsv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    table = _parse_csv(block, binding, set_aside)
    witness.row_count += len(block.lines) + block.blank_count
    witness.blank += block.blank_count
    indices = [row.number - 1 for row in ragged]
    for row, index in zip(ragged, indices, strict=True):
        if row.text.strip('" \r\n') in NO_DATA:
            witness.no_data += 1
        else:
            witness.ragged.append((int(block.lines[index]), row.actual_columns, row.text))
    lines = np.delete(block.lines, indices)
    if len(lines) != table.num_rows:
        raise Refusal(
            f"does not balance after line {binding.header.next_line}: {len(lines)} records seen, "
            f"{table.num_rows} parsed; its line ends are probably mixed"
        )
    arrays = [_whole(table.column(str(p))) for p in binding.cells.values()]
    return pa.RecordBatch.from_arrays([*arrays, pa.array(lines)], schema=schema)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _parse_csv(
    block: Block, binding: Binding, set_aside: Callable[[pacsv.InvalidRow], str]
) -> pa.Table:
    names = [str(i) for i in range(len(binding.header.names))]
    wanted = list(dict.fromkeys(str(p) for p in binding.cells.values()))
    if len(block.lines) == 0:
        return pa.table({name: pa.array([], pa.string()) for name in wanted})
    return pacsv.read_csv(
        pa.BufferReader(block.data),
        read_options=pacsv.ReadOptions(
            column_names=names, use_threads=False, block_size=len(block.data) + 1
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=binding.header.delimiter,
            newlines_in_values=block.has_quotes,
            ignore_empty_lines=True,
            invalid_row_handler=set_aside,
        ),
        convert_options=pacsv.ConvertOptions(
            include_columns=wanted,
            column_types={name: pa.string() for name in wanted},
            strings_can_be_null=False,
        ),
    )


def workbook_header(path: Path, exports: tuple[Export, ...]) -> Binding:
    """The header in the first sheet of an XLSX workbook."""
    rows = _sheet(path, HEAD_RECORDS)
    records = [
        [str(v or "") for v in cells] for cells in zip(*rows.to_pydict().values(), strict=True)
    ]
    lines = tuple(" ".join(filter(None, cells)) for cells in records)
    headers = [
        Header(numbered(cells), "", 0, i + 1, i + 2, lines[:i]) for i, cells in enumerate(records)
    ]
    return choose(headers, exports)


def workbook_table(path: Path, binding: Binding) -> Opened:
    """The first sheet of an XLSX workbook below its header; dates come as ISO text."""
    schema = _schema(binding)

    def batches(witness: Witness) -> Batches:
        rows = _sheet(path, None).slice(binding.header.line)
        witness.row_count += rows.num_rows
        columns = [rows.column(p).cast(pa.string()) for p in binding.cells.values()]
        lines = pa.array(np.arange(rows.num_rows) + binding.header.next_line)
        table = pa.Table.from_arrays([*columns, lines], schema=schema)
        yield from table.to_batches(max_chunksize=WORKBOOK_ROWS)

    return schema, batches


def _sheet(path: Path, row_count: int | None) -> pa.Table:
    import fastexcel  # noqa: PLC0415  its import starts a runtime that CSV readers do without

    try:
        book = fastexcel.read_excel(path)
        sheet = book.load_sheet(0, header_row=None, n_rows=row_count, dtypes="string")
    except fastexcel.FastExcelError as damage:
        # its text may quote the file
        raise Refusal(f"is no readable workbook ({type(damage).__name__}): send it again") from None
    return pa.table(sheet.to_arrow())


def parquet_header(path: Path, exports: tuple[Export, ...]) -> Binding:
    """Parquet's own column names as the header."""
    names = tuple(pq.read_schema(path).names)
    return choose([Header(names, "", 0, 1, 1)], exports)


def parquet_table(path: Path, binding: Binding) -> Opened:
    """A flat Parquet file; cells keep their type and are cast to text where they are read."""
    file_schema = pq.read_schema(path)
    wanted = [binding.header.names[p] for p in binding.cells.values()]
    fields = [
        pa.field(name, file_schema.field(source).type)
        for name, source in zip(binding.cells, wanted, strict=True)
    ]
    schema = pa.schema([*fields, LINE])

    def batches(witness: Witness) -> Batches:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(columns=list(dict.fromkeys(wanted))):
                first = witness.row_count + 1
                witness.row_count += batch.num_rows
                lines = pa.array(np.arange(first, first + batch.num_rows))
                yield pa.RecordBatch.from_arrays(
                    [*(batch.column(name) for name in wanted), lines], schema=schema
                )

    return schema, batches
