"""One stored file becomes the accounts of the plain files in it, and their rows where they are new.

Files may be read in any order, several at once: a reader only knows what had landed before, and who
reads settles in the files' order which of equal contents is the first.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.deliveries import Delivery
from pipelines.discover import Exports, StoredFile, candidates, is_named, refuse_days_to_come
from pipelines.exports.declare import Export
from pipelines.exports.identity import declarations_of, fingerprint, reading_of
from pipelines.exports.query import Stamp
from pipelines.exports.read import read_plain
from pipelines.exports.reading import Reading
from pipelines.exports.refusal import Refusal
from pipelines.exports.unpack import PlainFile, names_in, sha256_of, unpack
from pipelines.exports.workspace import Workspace
from pipelines.ledger import FileAccount, Known

WAITS = "was being written while it was read: the next run reads it"


@dataclass(frozen=True)
class Read:
    """One file as one export: its account, and its rows when it has new ones."""

    account: FileAccount
    reading: Reading | None = None


Plain = list[Read]  # a plain file as each of the exports that it is


@dataclass(frozen=True)
class Stored:
    """A stored file with the hash of its bytes, and the exports it may be.

    declarations   the fingerprint of each export, by its id()
    """

    file: StoredFile
    sha256: str
    exports: Sequence[Export]
    declarations: Mapping[int, str]

    @property
    def reading(self) -> str:
        """The declarations alone, which do not depend on what is inside an archive."""
        return declarations_of(self.reading_at(""))

    def exports_of(self, name: str) -> Sequence[Export]:
        """What the file of this name inside it may be: an archive's own name does not tell."""
        return [e for e in self.exports if is_named(name, e)] or self.exports

    def path(self, name: str) -> str:
        """Its place below the exports folder, and inside its archive."""
        return f"{self.file.path}!{name}" if name else self.file.path

    def reading_at(self, name: str) -> str:
        """How the file of this name inside it is read."""
        exports = self.exports_of(name)
        return reading_of([self.declarations[id(e)] for e in exports], exports, self.path(name))


class FileReader:
    """Reads stored files whose content has not landed before as it is read now."""

    def __init__(
        self, folder: Exports, declared: Sequence[Export], known: Known, run_id: str, now: datetime
    ) -> None:
        """`known`: what had landed before. `now`: the moment of the run."""
        self._folder = folder
        self._declared = declared
        self._fingerprints = {id(export): fingerprint(export) for export in declared}
        self._known = known
        self._run_id = run_id
        self._now = now

    def reading_now(self, delivery: Delivery) -> str:
        """How the file of a past delivery would be read now; "" when it would be refused."""
        stored, name = delivery.place
        file = StoredFile(stored, delivery.account, delivery.file_time)
        try:
            exports = candidates(file, self._declared)
        except Refusal:
            return ""
        return self._stored(file, delivery.stored_sha256, exports).reading_at(name)

    def read(self, file: StoredFile, workspace: Workspace) -> list[Plain]:
        """Each plain file inside a stored one, as every export that it turns out to be.

        A file that changes meanwhile, or is gone, waits for the next run.
        """
        try:
            found = list(self._read(file, workspace))
        except FileNotFoundError:
            found = []
        shutil.rmtree(workspace.scratch)
        if not found or not self._folder.is_unchanged(file):
            return [[waiting(file, WAITS)]]
        return found

    def _read(self, file: StoredFile, workspace: Workspace) -> Iterator[Plain]:
        local = self._folder.local(file, workspace.scratch)
        stored = self._stored(file, sha256_of(local), ())
        try:
            refuse_days_to_come(file, self._now)
            stored = self._stored(file, stored.sha256, candidates(file, self._declared))
            known = list(self._known_members(stored, local))
            if known:
                yield from known
                return
            for plain in unpack(local, stored.sha256, workspace):
                yield self._read_plain(stored, plain, workspace)
        except Refusal as refusal:
            yield [self._refused(stored, None, "", str(refusal))]

    def _stored(self, file: StoredFile, sha256: str, exports: Sequence[Export]) -> Stored:
        return Stored(file, sha256, exports, self._fingerprints)

    def _known_members(self, stored: Stored, local: Path) -> Iterator[Plain]:
        """What is in a stored file that need not be opened: nothing when it must be."""
        members = self._known.members.get(stored.sha256, ())
        if not members or [m.name for m in members] != names_in(local):
            return
        contents = [(m.sha256, stored.file.account, stored.reading_at(m.name)) for m in members]
        if all(content in self._known.contents for content in contents):
            for member, content in zip(members, contents, strict=True):
                yield [self._known_read(stored, member.name, content)]

    def _read_plain(self, stored: Stored, plain: PlainFile, workspace: Workspace) -> Plain:
        """A plain file lands as all the exports it is, or not at all."""
        file = stored.file
        content = (plain.sha256, file.account, stored.reading_at(plain.name))
        if content in self._known.contents:
            return [self._known_read(stored, plain.name, content)]
        stamp = Stamp("", file.account, file.exported_at, self._run_id, file.path)
        readings = list(read_plain(plain, stored.exports_of(plain.name), workspace, stamp))
        refused = next((r for r in readings if r.refusal), None)
        if refused:
            name = refused.export.name if refused.export else ""
            return [self._refused(stored, plain, name, str(refused.refusal))]
        return [Read(_landed(stored, plain, r), r) for r in readings]

    def _known_read(self, stored: Stored, name: str, content: tuple[str, str, str]) -> Read:
        file = stored.file
        sha256, account, reading = content
        found = FileAccount(
            path=stored.path(name),
            vendor=file.vendor,
            export_name="",
            account=account,
            exported_at=file.exported_at,
            status="known",
            stored_sha256=stored.sha256,
            sha256=sha256,
            file_ids=self._known.contents[content],
            stated_date=file.stated_date,
            file_time=file.file_time,
            reading=reading,
            is_new=False,
        )
        return Read(found)

    def _refused(
        self, stored: Stored, plain: PlainFile | None, export_name: str, reason: str
    ) -> Read:
        file = stored.file
        path = stored.path(plain.name if plain else "")
        account = FileAccount(
            path=path,
            vendor=file.vendor,
            export_name=export_name,
            account=file.account,
            exported_at=file.exported_at,
            status="refused",
            stored_sha256=stored.sha256,
            sha256=plain.sha256 if plain else stored.sha256,
            stated_date=file.stated_date,
            file_time=file.file_time,
            reading=stored.reading,
            reason=reason,
            byte_count=plain.byte_count if plain else 0,
            is_new=self._known.refused.get((stored.sha256, path, stored.reading)) != reason,
        )
        return Read(account)


def waiting(file: StoredFile, reason: str) -> Read:
    """A file that is not read yet: the ledger does not know of it."""
    account = FileAccount(
        path=file.path,
        vendor=file.vendor,
        export_name="",
        account=file.account,
        exported_at=file.exported_at,
        status="waiting",
        stored_sha256="",
        reason=reason,
        is_new=False,
    )
    return Read(account)


def _landed(stored: Stored, plain: PlainFile, reading: Reading) -> FileAccount:
    assert reading.export is not None  # noqa: S101 - only a refused reading has none
    file = stored.file
    return FileAccount(
        path=stored.path(plain.name),
        vendor=reading.export.vendor,
        export_name=reading.export.name,
        account=file.account,
        exported_at=file.exported_at,
        status="landed",
        stored_sha256=stored.sha256,
        sha256=plain.sha256,
        file_ids=(reading.file_id,),
        stated_date=file.stated_date,
        file_time=file.file_time,
        reading=stored.reading_at(plain.name),
        file_row_count=reading.file_rows,
        landed_row_count=reading.landed,
        rejected_row_count=len(reading.rejects),
        skipped_row_count=sum(reading.skipped.values()),
        skipped=json.dumps(reading.skipped, sort_keys=True),
        data_from=reading.data_from,
        data_until=reading.data_until,
        dated_by=reading.export.dated_by_kind,
        stated_from=reading.stated_from,
        stated_until=reading.stated_until,
        ignored_columns=json.dumps(reading.ignored),
        byte_count=plain.byte_count,
    )
