"""What a plain file is, and the stream and query that read it: format, export, header."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.exports import documents, tables
from pipelines.exports.declare import Export
from pipelines.exports.documents_sql import document_cells, recognition, row_count
from pipelines.exports.header import Binding, find_text_header
from pipelines.exports.query import Cells, table_cells
from pipelines.exports.records import BYTE_ORDER_MARK
from pipelines.exports.refusal import Refusal
from pipelines.exports.tables import Opened, Witness
from pipelines.exports.unpack import PARQUET_MAGIC, ZIP_MAGIC, as_utf8, refuse_workbook_bomb
from pipelines.exports.workspace import Workspace

HEAD_DOCUMENTS = 200
TITLES_AT_MOST = 3


@dataclass(frozen=True)
class Source:
    """A file opened as one export.

    opened     the schema of its batches, and the function that streams them
    relation   the name under which the stream is registered for `cells`
    cells      the text cells of the declared columns, as SQL
    width      number of fields of the header, 0 for documents
    preamble   the records above the header
    """

    export: Export
    opened: Opened
    relation: str
    cells: Cells
    width: int = 0
    delimiter: str = ""
    ignored: tuple[str, ...] = ()
    preamble: tuple[str, ...] = ()


def open_plain(path: Path, exports: Sequence[Export], workspace: Workspace) -> Iterator[Source]:
    """`path` as each of `exports` it belongs to: one for a table, one or more for documents.

    Raises Refusal when it belongs to none.
    """
    flat = tuple(e for e in exports if e.shape == "table")
    nested = tuple(e for e in exports if e.shape == "documents")
    with path.open("rb") as file:
        magic = file.read(4)
    if not magic:
        raise Refusal("is empty: export it again")
    if magic == PARQUET_MAGIC:
        yield from _parquet(path, flat, nested, workspace.connection)
    elif magic == ZIP_MAGIC:
        refuse_workbook_bomb(path, workspace.limits)
        for binding in _bindings(flat, lambda some: tables.workbook_header(path, some)):
            yield _table(binding, tables.workbook_table(path, binding))
    else:
        yield from _text(path, flat, nested, workspace)


def _parquet(
    path: Path,
    flat: tuple[Export, ...],
    nested: tuple[Export, ...],
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[Source]:
    found = list(_documents(documents.nested_parquet(path), nested, connection, whole=False))
    if not found:
        bindings = _bindings(flat, lambda some: tables.parquet_header(path, some))
        found = [_table(b, tables.parquet_table(path, b)) for b in bindings]
    yield from found


def _text(
    path: Path,
    flat: tuple[Export, ...],
    nested: tuple[Export, ...],
    workspace: Workspace,
) -> Iterator[Source]:
    encoding = next((e.encoding for e in (*flat, *nested) if e.encoding), None)
    text = as_utf8(path, encoding, workspace.scratch)
    if _looks_like_json(text):
        whole = not documents.is_json_lines(text)
        read = documents.single_document if whole else documents.document_lines
        found = list(
            _documents(read(text, workspace.limits), nested, workspace.connection, whole=whole)
        )
        if not found:
            raise Refusal(f"has an unknown layout: {_none_of(nested)}")
        yield from found
    else:
        for binding in _bindings(flat, lambda some: find_text_header(text, some)):
            yield _table(binding, tables.text_table(text, binding, workspace.limits))


def _bindings(
    exports: tuple[Export, ...], find: Callable[[tuple[Export, ...]], Binding]
) -> list[Binding]:
    """A vendor's file is the most exact of its exports; a user's is all it is mapped to."""
    if not all(e.vendor == "mapped" for e in exports):
        return [find(exports)]
    found, refusals = [], []
    for export in exports:
        try:
            found.append(find((export,)))
        except Refusal as refusal:
            refusals.append(refusal)
    if not found:
        raise refusals[0] if refusals else Refusal("is a table, and no such export is declared")
    return found


def _looks_like_json(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(256).removeprefix(BYTE_ORDER_MARK).lstrip()
    return head[:1] in (b"{", b"[")


def _none_of(exports: tuple[Export, ...]) -> str:
    titles = (
        ", ".join(e.title for e in exports[:TITLES_AT_MOST]) or "any export, of which none is JSON"
    )
    more = f" or {len(exports) - TITLES_AT_MOST} more" if len(exports) > TITLES_AT_MOST else ""
    return f"no document at its start has the fields of {titles}{more}"


def _table(binding: Binding, opened: Opened) -> Source:
    return Source(
        export=binding.export,
        opened=opened,
        relation="cells",
        cells=table_cells(binding, opened[0]),
        width=len(binding.header.names),
        delimiter=binding.header.delimiter,
        ignored=binding.ignored,
        preamble=binding.header.preamble,
    )


def _documents(
    opened: Opened,
    exports: tuple[Export, ...],
    connection: duckdb.DuckDBPyConnection,
    *,
    whole: bool,
) -> Iterator[Source]:
    head = next(opened[1](Witness()), None) if exports else None
    if head is None:
        return
    connection.register("documents", head.slice(0, HEAD_DOCUMENTS))
    asked = ", ".join(f"({recognition(export, whole)})" for export in exports)
    answers = connection.execute(f"select {asked}").fetchall()[0]
    connection.unregister("documents")
    for export, belongs in zip(exports, answers, strict=True):
        if belongs:
            is_row = not (whole or export.each or export.wrappers)
            rows = row_count(export, whole)
            yield Source(
                export=export,
                opened=opened if is_row else documents.counted(opened, rows, connection),
                relation="documents",
                cells=Cells(export, document_cells(export, whole)),
            )
