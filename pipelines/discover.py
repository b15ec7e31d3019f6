"""The files in the exports folder, local or in an object store, and what their place says of them.

    <vendor>/[<account>/][<YYYY-MM-DD>/]file

The vendor's folder says whose exports they may be, a folder below it which account they are of,
and a folder named like a day when they were exported; without one, the time of the file does. A
vendor that writes into a bucket itself names folders `key=value`; of those only a day is read, with
its time: `date=2026-06-30-17`. Where the folder states no time, the file's name may: `x_1800.csv`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec

from pipelines.address import without_credentials
from pipelines.errors import ActionableError
from pipelines.exports.declare import Export
from pipelines.exports.refusal import Refusal
from pipelines.sources.mapped import CONFIGURATION

DAY_FOLDER = re.compile(
    r"(?:[a-z_]+=)?(\d{4}-\d{2}-\d{2})(?:[-_T](\d{2})(?:[-:h]?(\d{2})(?:[-:]?(\d{2}))?)?)?"
)
HOUR, MINUTE, SECOND = "([01][0-9]|2[0-3])", "([0-5][0-9])", "(?:[-_.:]?([0-5][0-9]))?"
# a day and a time in a file's name, but no two days: 2026-06-30_1800, 20260630T180000
DAY_AND_TIME = re.compile(
    r"(?<![0-9])(20[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])[-_.T ]{0,3}"
    rf"{HOUR}[-_.:h]?{MINUTE}{SECOND}(?![0-9]|[-.][0-9]|_[0-9]{{2}})"
)
# a time alone, at the end of a file's name; 2026 is a year
TIME_ALONE = re.compile(rf"(?<![0-9])[-_ T](?!20[0-9]{{2}}$){HOUR}[:h]?{MINUTE}{SECOND}$")
EXTENSIONS = re.compile(r"( ?\([0-9]+\))?(\.[A-Za-z][A-Za-z0-9]*){1,3}$")
CLOCK_SLACK = timedelta(days=1)  # a folder may be named where the day has already begun
TIME_KEYS = ("LastModified", "last_modified", "updated", "mtime", "created")


class ExportsNotFoundError(ActionableError):
    """The exports folder is not there or cannot be read."""


@dataclass(frozen=True)
class StoredFile:
    """A file as it lies in the exports folder.

    path          below the folder, with forward slashes
    file_time     when it was last written, UTC
    byte_count    its size as it was listed
    stated_at     the day that its folder states, with the time if folder or name state one; else
                  None. A place in no zone, kept as UTC.
    """

    path: str
    account: str
    file_time: datetime
    byte_count: int = 0
    stated_at: datetime | None = None

    @property
    def exported_at(self) -> datetime:
        """When the vendor wrote it: what its place states, or else its own time."""
        return self.stated_at or self.file_time

    @property
    def stated_date(self) -> date | None:
        """The day that its folder states."""
        return self.stated_at.date() if self.stated_at else None

    @property
    def vendor(self) -> str:
        """The folder it lies in, "" for a file at the root."""
        parts = PurePosixPath(self.path).parts
        return parts[0] if len(parts) > 1 else ""


class Exports:
    """An exports folder: lists its files and hands them over as local ones."""

    def __init__(self, address: str, now: datetime | None = None) -> None:
        """`address`: a folder, or an s3://, gs:// or az:// address.

        `now`: the moment after which no file can have been written, whatever its own time says.
        """
        self._now = now or datetime.now(UTC)
        shown = without_credentials(address)
        try:
            self._system, self._root = fsspec.url_to_fs(address)
            is_folder = self._system.isdir(self._root)
        except Exception as failure:
            raise ExportsNotFoundError(
                f"{shown} cannot be opened ({type(failure).__name__}): check the address and "
                "the credentials in the environment"
            ) from failure
        if not is_folder:
            raise ExportsNotFoundError(f"{shown} is not a folder with exports")
        self._is_local = "file" in self._system.protocol

    def files(self) -> list[StoredFile]:
        """Every file, in the order of its path; hidden files and the mapping are none."""
        if self._is_local:
            _see_all_folders(self._root)
        found = self._system.find(self._root, detail=True)
        stored = (self._stored(name, found[name]) for name in sorted(found))
        return [file for file in stored if _is_export(file.path)]

    def configuration(self, workspace: Path) -> Path:
        """A local copy of the mapping of a user's own files; the file may not exist."""
        if self._is_local:
            return Path(self._root) / CONFIGURATION
        target = workspace / CONFIGURATION
        if self._system.exists(f"{self._root}/{CONFIGURATION}"):
            self._system.get_file(f"{self._root}/{CONFIGURATION}", str(target))
        return target

    def local(self, file: StoredFile, workspace: Path) -> Path:
        """The file on the local disk: itself, or a copy in `workspace`."""
        if self._is_local:
            return Path(self._root) / file.path
        target = workspace / PurePosixPath(file.path).name
        self._system.get_file(f"{self._root}/{file.path}", str(target))
        return target

    @property
    def is_local(self) -> bool:
        """Whether files lie on this machine, where they may be met half written."""
        return self._is_local

    def is_unchanged(self, file: StoredFile) -> bool:
        """Whether a file still is as it was listed; an object in a store never changes."""
        if not self._is_local:
            return True
        try:
            found = self._system.info(f"{self._root}/{file.path}")
        except FileNotFoundError:
            return False
        return self._stored(f"{self._root}/{file.path}", found) == file

    def _stored(self, name: str, detail: dict[str, Any]) -> StoredFile:
        path = PurePosixPath(name).relative_to(PurePosixPath(self._root)).as_posix()
        return StoredFile(
            path,
            _account(path),
            min(_file_time(detail), self._now),
            int(detail.get("size") or 0),
            stated_at(path),
        )


def refuse_days_to_come(file: StoredFile, now: datetime) -> None:
    """Raise Refusal for a folder of a day after the clock's: a slip that would date all marts."""
    if file.stated_date and file.stated_date > (now + CLOCK_SLACK).date():
        raise Refusal(
            f"lies in a folder of a day to come, {file.stated_date} (today is {now.date()}): "
            "rename the folder to the day of the export"
        )


def candidates(file: StoredFile, exports: Sequence[Export]) -> tuple[Export, ...]:
    """The exports a file may be by its place and name; a user's own mapping comes first.

    Raises Refusal when there are none.
    """
    mapped = tuple(e for e in exports if e.vendor == "mapped" and _is_mapped(file.path, e))
    if mapped:
        return mapped
    of_vendor = tuple(e for e in exports if e.vendor == file.vendor)
    if not of_vendor:
        vendors = ", ".join(sorted({e.vendor for e in exports} - {"mapped"}))
        raise Refusal(
            f"lies in no vendor's folder ({vendors}) and is not mapped in {CONFIGURATION}"
        )
    named = tuple(
        e for e in of_vendor if file.path.lower().endswith(".zip") or is_named(file.path, e)
    )
    if not named:
        patterns = ", ".join(dict.fromkeys(glob for e in of_vendor for glob in e.files))
        raise Refusal(f"is named like no export of {file.vendor} ({patterns})")
    return named


def _see_all_folders(root: str) -> None:
    """Raise OSError for a folder that may not be read, which fsspec takes for an empty one."""

    def stop(error: OSError) -> None:
        raise error

    for _ in os.walk(root, onerror=stop):
        pass


def _is_mapped(path: str, export: Export) -> bool:
    return any(fnmatch(path, glob) for glob in export.files)


def is_named(path: str, export: Export) -> bool:
    """Whether a file's name is one that the vendor gives to the export."""
    name = PurePosixPath(path).name.lower()
    return any(fnmatch(name.removesuffix(".gz"), glob.lower()) for glob in export.files)


def _is_export(path: str) -> bool:
    hidden = any(part.startswith((".", "_")) for part in PurePosixPath(path).parts)
    return not hidden and path != CONFIGURATION


def _account(path: str) -> str:
    folders = PurePosixPath(path).parts[1:-1]
    return next((n for n in folders if "=" not in n and not DAY_FOLDER.fullmatch(n)), "default")


def stated_at(path: str) -> datetime | None:
    """The day of the folder nearest to the file, with the time that folder or name state."""
    *folders, name = PurePosixPath(path).parts
    days = [m for part in folders if (m := DAY_FOLDER.fullmatch(part))]
    if not days:
        return None
    day, *clock = days[-1].groups()
    try:
        stated = date.fromisoformat(day)
        moment = _time_of(clock) if clock[0] else _time_in(name, stated)
    except ValueError:
        return None  # a folder that only looks like a day
    return datetime.combine(stated, moment, UTC)


def _time_in(name: str, stated: date) -> time:
    """The time in a file's name on the stated day; midnight where it has none."""
    stem = EXTENSIONS.sub("", name)
    if named := DAY_AND_TIME.search(stem):
        year, month, day, *clock = named.groups()
        is_stated = f"{stated:%Y%m%d}" == year + month + day
        return _time_of(clock) if is_stated else time()
    alone = TIME_ALONE.search(stem)
    return _time_of(alone.groups()) if alone else time()


def _time_of(clock: Sequence[str | None]) -> time:
    hour, minute, second = clock
    return time(int(hour or 0), int(minute or 0), int(second or 0))


def _file_time(detail: dict[str, Any]) -> datetime:
    stamps: Iterator[Any] = (detail[key] for key in TIME_KEYS if detail.get(key))
    return _as_moment(next(stamps, 0))


def _as_moment(stamp: Any) -> datetime:  # noqa: ANN401 - each file system has its own
    if isinstance(stamp, datetime):
        return stamp.astimezone(UTC)
    if isinstance(stamp, str):
        return datetime.fromisoformat(stamp).astimezone(UTC)
    return datetime.fromtimestamp(float(stamp), UTC)
