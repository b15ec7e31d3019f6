"""A stored file becomes one or more plain local files, each named by the hash of its content."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipelines.exports.refusal import Limits, Refusal, is_of_the_machine
from pipelines.exports.workspace import Workspace

CHUNK = 4 << 20
GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
PARQUET_MAGIC = b"PAR1"


@dataclass(frozen=True)
class PlainFile:
    """One file ready to be read.

    path     the bytes on local disk
    name     its name inside the archive, "" when it was not in one
    sha256   of the unpacked content, so the same content is the same file under any name
    """

    path: Path
    name: str
    sha256: str
    byte_count: int


def sha256_of(path: Path) -> str:
    """The SHA-256 of the bytes as they are stored."""
    with path.open("rb") as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest()


def unpack(stored: Path, sha256: str, workspace: Workspace) -> Iterator[PlainFile]:
    """Each plain file inside `stored`: itself, its gzip content, or the members of a zip.

    `sha256`: of the stored bytes.
    """
    magic = _magic(stored)
    if magic[:2] == GZIP_MAGIC:
        with _damage_refused("gzip"), gzip.open(stored, "rb") as packed:
            yield _copy(packed, "", stored.stat().st_size, workspace)
    elif magic == ZIP_MAGIC and not is_workbook(stored):
        yield from _unzip(stored, workspace)
    else:
        yield PlainFile(stored, "", sha256, stored.stat().st_size)


def names_in(stored: Path) -> list[str]:
    """The names of the plain files inside `stored`, sorted; "" for itself or its gzip content."""
    if _magic(stored) != ZIP_MAGIC or is_workbook(stored):
        return [""]
    with _damage_refused("zip"), zipfile.ZipFile(stored) as archive:
        return sorted(member.filename for member in _members(archive))


def _magic(stored: Path) -> bytes:
    with stored.open("rb") as head:
        return head.read(4)


def is_workbook(stored: Path) -> bool:
    """Whether a zip is an XLSX workbook, which is read as it is."""
    try:
        with zipfile.ZipFile(stored) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError):
        return False


def refuse_workbook_bomb(stored: Path, limits: Limits) -> None:
    """A workbook is unpacked by its reader, in memory: look at its declared sizes first.

    What came out of an archive and is a zip again, but no workbook, is refused too.
    """
    if not is_workbook(stored):
        raise Refusal("is an archive inside an archive: send what is in the inner one")
    with _damage_refused("workbook"), zipfile.ZipFile(stored) as archive:
        _refuse_bomb(sum(m.file_size for m in archive.infolist()), stored.stat().st_size, limits)


def _unzip(stored: Path, workspace: Workspace) -> Iterator[PlainFile]:
    with _damage_refused("zip"), zipfile.ZipFile(stored) as archive:
        members = _members(archive)
        if not members:
            raise Refusal("the zip holds no file: send it again")
        for member in members:
            if member.flag_bits & 1:
                raise Refusal("the zip is encrypted: send it without a password")
            with archive.open(member) as packed:
                yield _copy(packed, member.filename, member.compress_size, workspace)


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files inside a zip; of those of one name the last, which an update has appended."""
    members = {member.filename: member for member in archive.infolist()}
    return [m for m in members.values() if not m.is_dir() and not _is_system_file(m.filename)]


def _is_system_file(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name.startswith(".")


def _copy(
    packed: IO[bytes] | gzip.GzipFile, name: str, packed_bytes: int, workspace: Workspace
) -> PlainFile:
    digest, written = hashlib.sha256(), 0
    target = workspace.scratch / f"unpacked-{len(list(workspace.scratch.iterdir()))}"
    with target.open("wb") as plain:
        while chunk := packed.read(CHUNK):
            written += len(chunk)
            _refuse_bomb(written, packed_bytes, workspace.limits)
            digest.update(chunk)
            plain.write(chunk)
    return PlainFile(target, name, digest.hexdigest(), written)


def _refuse_bomb(unpacked: int, packed: int, limits: Limits) -> None:
    ratio = unpacked / max(packed, 1)
    if unpacked > limits.max_bytes:
        raise Refusal(f"unpacks to more than {limits.max_bytes:,} bytes: split the export")
    if unpacked > limits.ratio_free_bytes and ratio > limits.max_ratio:
        raise Refusal(
            f"unpacks to more than {limits.max_ratio} times its size, as compression bombs do: "
            "send it unpacked if it is genuine"
        )


@contextmanager
def _damage_refused(kind: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError) as damage:
        if is_of_the_machine(damage):
            raise
        raise Refusal(
            f"the {kind} archive is damaged or incomplete ({type(damage).__name__}): send it again"
        ) from damage


def as_utf8(plain: Path, encoding: str | None, scratch: Path) -> Path:
    """The file itself, or a copy in UTF-8 when it announces or needs another encoding.

    `encoding` is how to read a file without byte-order mark that is not UTF-8.
    """
    declared = _encoding_by_mark(plain) or (encoding if encoding and not _is_utf8(plain) else None)
    if declared is None:
        return plain
    target = scratch / f"{plain.name}.utf8"
    try:
        with plain.open("rb") as raw, target.open("w", encoding="utf-8", newline="") as copy:
            text = io.TextIOWrapper(raw, encoding=declared, errors="strict", newline="")
            while chunk := text.read(CHUNK):
                copy.write(chunk)
    except UnicodeError as damage:
        raise Refusal(f"is not valid {declared}: export it again as UTF-8") from damage
    return target


def _is_utf8(plain: Path) -> bool:
    try:
        with plain.open(encoding="utf-8") as text:
            while text.read(CHUNK):
                pass
    except UnicodeError:
        return False
    return True


def _encoding_by_mark(plain: Path) -> str | None:
    """The encoding a byte-order mark announces; UTF-8's own mark needs no copy."""
    with plain.open("rb") as file:
        head = file.read(4)
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return None
