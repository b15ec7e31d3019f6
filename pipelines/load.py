"""Read and land: every file of the exports folder that is new goes into the raw schemas.

Reading comes first and touches no warehouse; then everything is landed, the ledger last. All of it
happens in a night's private copy, so a kill at any point leaves the last good night as it was.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

import duckdb

from pipelines.discover import Exports, StoredFile
from pipelines.exports.engine import connect
from pipelines.exports.workspace import Workspace
from pipelines.file_reader import FileReader, Plain, Read, known
from pipelines.landing import land_ledger, land_rows
from pipelines.ledger import FileAccount, Known, file_rows, known_files, reject_rows
from pipelines.progress import Progress
from pipelines.sources import declared_exports
from pipelines.sources.mapped import mapped_exports

logger = logging.getLogger(__name__)

FILES_AT_ONCE = 4


@dataclass(frozen=True)
class Landing:
    """What a night found in the exports folder and what became of it."""

    files: tuple[FileAccount, ...]


def land(
    exports: str, warehouse: Path, workspace: Path, run_id: str, progress: Progress
) -> Landing:
    """Append every new file below `exports` to the raw tables of `warehouse`.

    `workspace` holds unpacked and typed files meanwhile and is gone afterwards.
    Raises ExportsNotFoundError or MappingError when there is nothing to read by.
    """
    workspace.mkdir(parents=True, exist_ok=True)
    folder = Exports(exports)
    declared = (*mapped_exports(folder.configuration(workspace)), *declared_exports())
    landed_before = known_files(warehouse)
    reader = FileReader(folder, declared, landed_before, run_id)
    files = folder.files()
    read: list[Read] = []
    with progress.step("Read exports", len(files)) as advance:
        for file, found in zip(files, _read_all(files, reader, workspace), strict=True):
            read.extend(_settled(file, found, landed_before))
            advance()
    readings = [r.reading for r in read if r.reading]
    with progress.step("Land rows", sum(r.landed for r in readings)) as advance:
        for row_count in land_rows(readings, declared, warehouse, workspace):
            advance(row_count)
        accounts = [r.account for r in read]
        new_files = file_rows(accounts, run_id, datetime.now(UTC))
        land_ledger(new_files, reject_rows(readings, run_id), warehouse, workspace)
    shutil.rmtree(workspace)
    return Landing(tuple(accounts))


def _read_all(
    files: Sequence[StoredFile], reader: FileReader, folder: Path
) -> Iterator[list[Plain]]:
    """What is in each file, in their order; several are read at once, and share the cores."""
    cores = os.cpu_count() or 1
    at_once = max(1, min(cores, len(files), FILES_AT_ONCE))
    idle: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
    for _ in range(at_once):
        idle.put(connect(cores // at_once))

    def read(file: StoredFile, number: int) -> list[Plain]:
        connection = idle.get()
        try:
            return reader.read(file, Workspace(folder / f"file_{number}", connection=connection))
        finally:
            idle.put(connection)

    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(read, files, range(len(files)))


def _settled(file: StoredFile, found: list[Plain], landed: Known) -> Iterator[Read]:
    """What counts of a file when all before it are settled: of equal contents the first lands."""
    for plain in found:
        account = plain[0].account
        if account.status == "landed" and account.sha256 in landed.content:
            yield Read(known(file, account.stored_sha256, account.sha256))
            continue
        if account.status == "landed":
            landed.content.add(account.sha256)
        elif account.status == "refused":
            logger.warning("%s %s", account.path, account.reason)
        yield from plain
