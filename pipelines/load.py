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
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

import duckdb

from pipelines.deliveries import (
    Delivery,
    delivered,
    numbered,
    present_paths,
    warnings,
    with_missed,
    write_deliveries,
)
from pipelines.discover import Exports, StoredFile
from pipelines.exports.engine import connect
from pipelines.exports.reading import Reading
from pipelines.exports.workspace import Workspace
from pipelines.file_reader import FileReader, Plain, Read, waiting
from pipelines.landing import land_ledger, land_rows
from pipelines.landing_run import LandingRun
from pipelines.ledger import FileAccount, Known, file_rows, known_files, reject_rows
from pipelines.progress import Progress
from pipelines.rivals import contested
from pipelines.sources import declared_exports
from pipelines.sources.mapped import mapped_exports

logger = logging.getLogger(__name__)

FILES_AT_ONCE = 4
STILL_WRITTEN = "is still being written: the next run reads it"


@dataclass(frozen=True)
class Landing:
    """What a run found in the exports folder, what became of it, and what is doubtful of it."""

    files: tuple[FileAccount, ...]
    warnings: tuple[str, ...] = ()


def land(
    exports: str, warehouse: Path, workspace: Path, run: LandingRun, progress: Progress
) -> Landing:
    """Append every new file below `exports` to the raw tables of `warehouse`.

    `workspace` holds unpacked and typed files meanwhile and is gone afterwards.
    Raises ExportsNotFoundError or MappingError when there is nothing to read by.
    """
    workspace.mkdir(parents=True, exist_ok=True)
    folder = Exports(exports, run.started_at)
    declared = (*mapped_exports(folder.configuration(workspace)), *declared_exports())
    landed_before = known_files(warehouse)
    reader = FileReader(folder, declared, landed_before, run.run_id, run.started_at)
    files, unsettled = _settled_files(folder, run)
    settling = Settling(landed_before)
    with progress.step("Read exports", len(files)) as advance:
        for file, found in zip(files, _read_all(files, reader, workspace), strict=True):
            settling.take(file, found, run)
            advance()
    readings = settling.readings
    with progress.step("Land rows", sum(r.landed for r in readings)) as advance:
        for row_count in land_rows(readings, declared, warehouse, workspace):
            advance(row_count)
        new_files = file_rows(settling.accounts, run.run_id, datetime.now(UTC))
        land_ledger(new_files, reject_rows(readings, run.run_id), warehouse, workspace)
        past, found_now = landed_before.deliveries, settling.deliveries
        unread = settling.unread | {file.path for file in unsettled}
        present = present_paths(past, found_now, unread)
        deliveries = delivered(past, found_now, unread)
        deliveries = with_missed(deliveries, present, reader.reading_now)
        ordered = numbered(deliveries, run.started_at, settling.tables)
        ordered, rivals = contested(ordered, settling.tables, declared, warehouse, run.run_id)
        write_deliveries(ordered, settling.landed, warehouse)
    shutil.rmtree(workspace)
    accounts = (*settling.accounts, *(waiting(file, STILL_WRITTEN).account for file in unsettled))
    doubts = warnings(past, found_now, present, ordered, run.run_id)
    return Landing(accounts, (*doubts, *rivals))


class Settling:
    """What counts of each file once all before it are settled: the first of equals lands."""

    def __init__(self, known: Known) -> None:
        """`known`: what had landed before."""
        self.landed = set(known.landed)
        self.tables = dict(known.tables)
        self.accounts: list[FileAccount] = []
        self.readings: list[Reading] = []
        self.deliveries: list[Delivery] = []
        self.unread: set[str] = set()

    def take(self, file: StoredFile, found: Sequence[Plain], run: LandingRun) -> None:
        """Take over the plain files of a stored one, in the order of the files."""
        for plain in found:
            for read in plain:
                self._take(read)
                if read.account.status in {"refused", "waiting"}:
                    self.unread.add(file.path)
            if ids := tuple(i for read in plain for i in read.account.file_ids):
                self.deliveries.append(_delivery(file, plain[0].account, ids, run.run_id))

    def _take(self, read: Read) -> None:
        account = read.account
        if account.status == "refused":
            logger.warning("%s %s", account.path, account.reason)
        if account.status == "landed" and account.file_id in self.landed:
            account = replace(account, status="known", is_new=False)
        elif account.status == "landed" and read.reading:
            self.landed.add(account.file_id)
            self.readings.append(read.reading)
            self.tables[account.file_id] = f"raw_{account.vendor}.{account.export_name}"
        self.accounts.append(account)


def _delivery(
    file: StoredFile, account: FileAccount, ids: tuple[str, ...], run_id: str
) -> Delivery:
    return Delivery(
        path=account.path,
        vendor=file.vendor,
        account=account.account,
        sha256=account.sha256,
        stored_sha256=account.stored_sha256,
        reading=account.reading,
        file_ids=tuple(sorted(set(ids))),
        exported_at=file.exported_at,
        stated_date=file.stated_date,
        file_time=file.file_time,
        run_id=run_id,
    )


def _settled_files(folder: Exports, run: LandingRun) -> tuple[list[StoredFile], list[StoredFile]]:
    """The files to read, and those that are still being written.

    One that changed less than the minimum age ago is looked at again after that time.
    """
    files = folder.files()
    if not folder.is_local:
        return files, []
    ages = {file.path: (run.started_at - file.file_time).total_seconds() for file in files}
    young = {file for file in files if ages[file.path] < run.min_age}
    if young:
        run.wait(max(run.min_age - max(0.0, ages[file.path]) for file in young))
    unsettled = {file for file in young if not folder.is_unchanged(file)}
    return (
        [file for file in files if file not in unsettled],
        sorted(unsettled, key=lambda file: file.path),
    )


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
