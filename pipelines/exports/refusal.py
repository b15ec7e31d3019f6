"""Why a file is refused as a whole, and the limits beyond which one is."""

from __future__ import annotations

import errno
from dataclasses import dataclass

import duckdb

# A full disk, missing rights, too little memory: another machine could read the file.
MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM}
    | {errno.EMFILE, errno.ENFILE, errno.ENOMEM}
)


class Refusal(Exception):
    """A file that cannot be trusted: one sentence that names the place and the way out.

    The sentence is shown and logged, so it never holds a cell's value except a damaged id.
    """


@dataclass(frozen=True)
class Limits:
    """What a file may not exceed, so that no single one can exhaust the machine.

    max_ratio           unpacked bytes for each packed byte
    ratio_free_bytes    unpacked bytes below which the ratio is not looked at
    max_bytes           unpacked bytes of one file
    max_record_bytes    bytes of one record (a row, or one JSON line)
    max_document_bytes  bytes of a file that is one JSON document, which is read as a whole
    """

    max_ratio: int = 200
    ratio_free_bytes: int = 64 << 20
    max_bytes: int = 200 << 30
    max_record_bytes: int = 16 << 20
    max_document_bytes: int = 512 << 20


def is_of_the_machine(failure: Exception) -> bool:
    """Whether a failure says nothing of the file: then it stops the run, or rows would be lost."""
    if isinstance(failure, duckdb.IOException | duckdb.OutOfMemoryException | MemoryError):
        return True
    return isinstance(failure, OSError) and failure.errno in MACHINE
