"""Files that survive a power cut: copied cheaply, flushed, and put in place by one rename."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

KERNEL_CHUNK = 1 << 30  # bytes asked of the system at a time
COPY_CHUNK = 1 << 23  # bytes held in memory where the system cannot copy by itself


def copy_file(source: Path, target: Path) -> None:
    """Copy bytes; a file system that can share blocks (XFS, Btrfs) copies none of them.

    The source is opened once: closing a second handle would drop the locks this process has on it.
    """
    with source.open("rb") as reader, target.open("wb") as writer:
        try:
            _copy_in_kernel(reader.fileno(), writer.fileno())
        except (AttributeError, OSError):  # another system, or a file system that cannot
            reader.seek(0)
            shutil.copyfileobj(reader, writer, COPY_CHUNK)


def _copy_in_kernel(reader: int, writer: int) -> None:
    while os.copy_file_range(reader, writer, KERNEL_CHUNK):
        pass


def link_tree(source: Path, target: Path) -> None:
    """The same folder at a second place, its files shared, not copied. Only for finished files."""
    shutil.copytree(source, target, copy_function=os.link)


def flush(path: Path) -> None:
    """Have the system write a file, or a folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_tree(folder: Path) -> None:
    """Flush every file and folder below `folder`, and the folder itself."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            flush(path)
    flush(folder)


def write_text(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file whole: a reader sees the old text or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    fresh.replace(path)
    flush(path.parent)


def point(link: Path, target: str) -> None:
    """Make `link` lead to `target` by one rename: there is no moment without a link."""
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)
    flush(link.parent)
