"""One run at a time: an operating-system lock that a killed run cannot leave behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import AlreadyRunningError

LOCK_NAME = ".lock"


@contextmanager
def night_lock(root: Path) -> Iterator[None]:
    """Hold the warehouse at `root` for the block; `AlreadyRunningError` at once when it is held.

    The lock belongs to the open file, so the system drops it with the process. The holder's
    process id is written into the file for the message only.
    """
    root.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(root / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(descriptor, root)
        yield
    finally:
        os.close(descriptor)


def holder(root: Path) -> int | None:
    """The process id of the run that holds the warehouse now, or none."""
    path = root / LOCK_NAME
    if not path.exists():
        return None
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder_in(descriptor)
    else:
        return None
    finally:
        os.close(descriptor)


def _take(descriptor: int, root: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyRunningError(
            f"another run (process {_holder_in(descriptor)}) holds the warehouse {root}; "
            "wait for it to end and start again"
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)


def _holder_in(descriptor: int) -> int:
    """The id in the lock file; 0 in the instant before its holder has written it."""
    text = os.pread(descriptor, 20, 0).decode()
    return int(text) if text.isdigit() else 0
