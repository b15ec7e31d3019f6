"""What makes two readings of a file the same: its content, its account and how it is read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, replace

from pipelines.exports.declare import Constant, Export, InPath

READER = 1  # raise it when the reader makes other rows of the same declaration


def fingerprint(export: Export) -> str:
    """A hash of all that a declaration says of how files are read, and of nothing else."""
    read_by = replace(export, title="", description="", files=())
    text = json.dumps([READER, asdict(read_by)], default=_pattern, sort_keys=True)
    return _hash(text)


def reading_of(fingerprints: Iterable[str], exports: Iterable[Export], path: str) -> str:
    """How a file at `path` is read: by which declarations, with what its place says.

    `fingerprints`: of `exports`. The first 16 digits are the declarations' alone.
    """
    declared = _hash("|".join(sorted(fingerprints)))
    located = [
        column.source.value
        for export in exports
        for placed, column in zip(export.columns, export.at(path).columns, strict=True)
        if isinstance(placed.source, InPath) and isinstance(column.source, Constant)
    ]
    return declared + (_hash(json.dumps(located)) if any(located) else "")


def declarations_of(reading: str) -> str:
    """The part of a reading that does not depend on the file's place."""
    return reading[:16]


def landing_id(sha256: str, account: str, export: Export) -> str:
    """The id that rows carry: of a content of an account, read as one export at its place."""
    return _hash("|".join((sha256, account, export.table, fingerprint(export))))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _pattern(value: object) -> list[object]:
    assert isinstance(value, re.Pattern)  # noqa: S101 - the only value in declarations JSON lacks
    return [value.pattern, value.flags]
