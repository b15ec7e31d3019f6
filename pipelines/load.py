"""Read and land: every file of the exports folder that is new goes into the raw schemas.

Reading comes first and touches no warehouse; then everything is landed, the ledger last. All of it
happens in a night's private copy, so a kill at any point leaves the last good night as it was.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.discover import Exports, StoredFile, candidates
from pipelines.exports.declare import Export
from pipelines.exports.query import Stamp
from pipelines.exports.read import read_plain
from pipelines.exports.reading import Reading
from pipelines.exports.refusal import Refusal
from pipelines.exports.unpack import PlainFile, sha256_of, unpack
from pipelines.exports.workspace import Workspace
from pipelines.landing import land_ledger, land_rows
from pipelines.ledger import FileAccount, Known, file_rows, known_files, reject_rows
from pipelines.progress import Progress
from pipelines.sources import declared_exports
from pipelines.sources.mapped import mapped_exports

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Landing:
    """What a night found in the exports folder and what became of it."""

    files: tuple[FileAccount, ...]


@dataclass(frozen=True)
class _Read:
    """One file as one export: its account, and its rows when it has new ones."""

    account: FileAccount
    reading: Reading | None = None


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
    reader = _Reader(folder, declared, known_files(warehouse), workspace, run_id)
    files = folder.files()
    read: list[_Read] = []
    with progress.step("Read exports", len(files)) as advance:
        for file in files:
            read.extend(reader.read(file))
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


class _Reader:
    """Reads stored files whose content has not landed before."""

    def __init__(
        self,
        folder: Exports,
        declared: Sequence[Export],
        known: Known,
        workspace: Path,
        run_id: str,
    ) -> None:
        self._folder = folder
        self._declared = declared
        self._known = known
        self._workspace = Workspace(workspace)
        self._run_id = run_id

    def read(self, file: StoredFile) -> Iterator[_Read]:
        """Every export that the plain files inside a stored one turn out to be."""
        stored = self._folder.local(file, self._workspace.scratch)
        stored_sha256 = sha256_of(stored)
        if stored_sha256 in self._known.stored:
            yield _Read(_known(file, stored_sha256, ""))
        else:
            yield from self._read_new(file, stored, stored_sha256)
        shutil.rmtree(self._workspace.scratch)

    def _read_new(self, file: StoredFile, stored: Path, stored_sha256: str) -> Iterator[_Read]:
        try:
            exports = candidates(file, self._declared)
            for plain in unpack(stored, stored_sha256, self._workspace):
                if plain.sha256 in self._known.content:
                    yield _Read(_known(file, stored_sha256, plain.sha256))
                else:
                    yield from self._read_plain(file, plain, exports, stored_sha256)
        except Refusal as refusal:
            yield self._refused(file, stored_sha256, None, "", str(refusal))

    def _read_plain(
        self, file: StoredFile, plain: PlainFile, exports: Sequence[Export], stored_sha256: str
    ) -> Iterator[_Read]:
        """A plain file lands as all the exports it is, or not at all."""
        stamp = Stamp("", file.account, file.exported_at, self._run_id, file.path)
        readings = list(read_plain(plain, exports, self._workspace, stamp))
        refused = next((r for r in readings if r.refusal), None)
        if refused:
            name = refused.export.name if refused.export else ""
            yield self._refused(file, stored_sha256, plain, name, str(refused.refusal))
            return
        self._known.content.add(plain.sha256)
        for reading in readings:
            yield _Read(_landed(file, stored_sha256, plain, reading), reading)

    def _refused(
        self,
        file: StoredFile,
        stored_sha256: str,
        plain: PlainFile | None,
        export_name: str,
        reason: str,
    ) -> _Read:
        path = _path(file, plain)
        logger.warning("%s %s", path, reason)
        account = FileAccount(
            path=path,
            vendor=file.vendor,
            export_name=export_name,
            account=file.account,
            exported_at=file.exported_at,
            status="refused",
            stored_sha256=stored_sha256,
            sha256=plain.sha256 if plain else stored_sha256,
            reason=reason,
            byte_count=plain.byte_count if plain else 0,
            is_new=self._known.refused.get((stored_sha256, path)) != reason,
        )
        return _Read(account)


def _known(file: StoredFile, stored_sha256: str, sha256: str) -> FileAccount:
    return FileAccount(
        path=file.path,
        vendor=file.vendor,
        export_name="",
        account=file.account,
        exported_at=file.exported_at,
        status="known",
        stored_sha256=stored_sha256,
        sha256=sha256,
        is_new=False,
    )


def _landed(
    file: StoredFile, stored_sha256: str, plain: PlainFile, reading: Reading
) -> FileAccount:
    assert reading.export is not None  # noqa: S101 - only a refused reading has none
    return FileAccount(
        path=_path(file, plain),
        vendor=reading.export.vendor,
        export_name=reading.export.name,
        account=file.account,
        exported_at=file.exported_at,
        status="landed",
        stored_sha256=stored_sha256,
        sha256=plain.sha256,
        file_row_count=reading.file_rows,
        landed_row_count=reading.landed,
        rejected_row_count=len(reading.rejects),
        skipped_row_count=sum(reading.skipped.values()),
        skipped=json.dumps(reading.skipped, sort_keys=True),
        data_from=reading.data_from,
        data_until=reading.data_until,
        ignored_columns=json.dumps(reading.ignored),
        byte_count=plain.byte_count,
    )


def _path(file: StoredFile, plain: PlainFile | None) -> str:
    """The file's place below the exports folder, and inside its archive."""
    return f"{file.path}!{plain.name}" if plain and plain.name else file.path
