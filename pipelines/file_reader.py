"""One stored file becomes the accounts of the plain files in it, and their rows where they are new.

Files may be read in any order, several at once: a reader only knows what had landed before, and who
reads settles in the files' order which of equal contents is the first.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.discover import Exports, StoredFile, candidates
from pipelines.exports.declare import Export
from pipelines.exports.query import Stamp
from pipelines.exports.read import read_plain
from pipelines.exports.reading import Reading
from pipelines.exports.refusal import Refusal
from pipelines.exports.unpack import PlainFile, sha256_of, unpack
from pipelines.exports.workspace import Workspace
from pipelines.ledger import FileAccount, Known


@dataclass(frozen=True)
class Read:
    """One file as one export: its account, and its rows when it has new ones."""

    account: FileAccount
    reading: Reading | None = None


Plain = list[Read]  # a plain file as each of the exports that it is


class FileReader:
    """Reads stored files whose content has not landed before."""

    def __init__(
        self, folder: Exports, declared: Sequence[Export], known: Known, run_id: str
    ) -> None:
        """`known`: what had landed before; others may add to it meanwhile."""
        self._folder = folder
        self._declared = declared
        self._known = known
        self._run_id = run_id

    def read(self, file: StoredFile, workspace: Workspace) -> list[Plain]:
        """Each plain file inside a stored one, as every export that it turns out to be."""
        stored = self._folder.local(file, workspace.scratch)
        sha256 = sha256_of(stored)
        if sha256 in self._known.stored:
            found = [[Read(known(file, sha256, ""))]]
        else:
            found = list(self._read_new(file, stored, sha256, workspace))
        shutil.rmtree(workspace.scratch)
        return found

    def _read_new(
        self, file: StoredFile, stored: Path, sha256: str, workspace: Workspace
    ) -> Iterator[Plain]:
        landed: set[str] = set()
        try:
            exports = candidates(file, self._declared)
            for plain in unpack(stored, sha256, workspace):
                if plain.sha256 in self._known.content or plain.sha256 in landed:
                    yield [Read(known(file, sha256, plain.sha256))]
                    continue
                found = self._read_plain(file, plain, exports, sha256, workspace)
                if found[0].reading:
                    landed.add(plain.sha256)
                yield found
        except Refusal as refusal:
            yield [self._refused(file, sha256, None, "", str(refusal))]

    def _read_plain(
        self,
        file: StoredFile,
        plain: PlainFile,
        exports: Sequence[Export],
        stored_sha256: str,
        workspace: Workspace,
    ) -> Plain:
        """A plain file lands as all the exports it is, or not at all."""
        stamp = Stamp("", file.account, file.exported_at, self._run_id, file.path)
        readings = list(read_plain(plain, exports, workspace, stamp))
        refused = next((r for r in readings if r.refusal), None)
        if refused:
            name = refused.export.name if refused.export else ""
            return [self._refused(file, stored_sha256, plain, name, str(refused.refusal))]
        return [Read(_landed(file, stored_sha256, plain, r), r) for r in readings]

    def _refused(
        self,
        file: StoredFile,
        stored_sha256: str,
        plain: PlainFile | None,
        export_name: str,
        reason: str,
    ) -> Read:
        path = _path(file, plain)
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
        return Read(account)


def known(file: StoredFile, stored_sha256: str, sha256: str) -> FileAccount:
    """A file whose content had landed before."""
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
        stated_from=reading.stated_from,
        stated_until=reading.stated_until,
        ignored_columns=json.dumps(reading.ignored),
        byte_count=plain.byte_count,
    )


def _path(file: StoredFile, plain: PlainFile | None) -> str:
    """The file's place below the exports folder, and inside its archive."""
    return f"{file.path}!{plain.name}" if plain and plain.name else file.path
