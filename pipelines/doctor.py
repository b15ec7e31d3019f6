"""Looks for what would keep a night from running, and says how to mend it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement

from pipelines.address import without_credentials
from pipelines.lock import holder
from pipelines.warehouse import DATABASE, current

PYTHON = (3, 11)
PYTHON_BELOW = (3, 13)
COPIES_NEEDED = 3  # the kept build, its private copy, and what dbt adds to it
LEAST_FREE_BYTES = 1 << 30
CLOUD_MODULES = {"s3": "s3fs", "gs": "gcsfs", "az": "adlfs", "abfs": "adlfs"}
LOCKED = re.compile(r"^[A-Za-z0-9._-]+==[^\\\n]+", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, what was seen, and the way out if it is not."""

    title: str
    is_well: bool
    seen: str
    remedy: str = ""


def examine(exports: str, root: Path, project: Path) -> Iterator[Finding]:
    """Every finding, the most basic first. Nothing is changed."""
    yield _python()
    yield _packages(project / "requirements.lock")
    yield _dbt_project(project)
    yield _writable(root)
    yield _disk(root)
    yield _lock(root)
    yield from _exports(exports)
    yield _warehouse(root)


def _python() -> Finding:
    seen = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    is_well = PYTHON <= sys.version_info[:2] < PYTHON_BELOW
    return Finding("Python", is_well, seen, "use Python 3.11 or 3.12")


def _packages(lock: Path) -> Finding:
    if not lock.exists():
        return Finding("Packages", False, f"{lock} is missing", "run c360 in the project's folder")
    locked = [Requirement(line) for line in LOCKED.findall(lock.read_text(encoding="utf-8"))]
    meant = [r for r in locked if r.marker is None or r.marker.evaluate()]
    other = sorted(r.name for r in meant if not r.specifier.contains(_installed(r.name) or "0"))
    seen = f"{len(meant) - len(other)} of {len(meant)} as in requirements.lock"
    remedy = f"run make setup (differs: {', '.join(other[:5])})"
    return Finding("Packages", not other, seen, remedy)


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _dbt_project(project: Path) -> Finding:
    missing = [
        name for name in ("dbt_project.yml", "profiles.yml") if not (project / name).exists()
    ]
    seen = f"{', '.join(missing)} missing in {project}" if missing else str(project)
    return Finding("dbt project", not missing, seen, "run c360 in the project's folder")


def _writable(root: Path) -> Finding:
    folder = _nearest(root)
    is_well = os.access(folder, os.W_OK | os.X_OK)
    seen = f"{folder} is {'' if is_well else 'not '}writable"
    return Finding("Warehouse folder", is_well, seen, "change its owner or choose --warehouse")


def _disk(root: Path) -> Finding:
    free = shutil.disk_usage(_nearest(root)).free
    night = current(root)
    build = night.database.stat().st_size if night and night.database.exists() else 0
    needed = max(COPIES_NEEDED * build, LEAST_FREE_BYTES)
    seen = f"{free / 2**30:,.1f} GiB free, about {needed / 2**30:,.1f} GiB needed"
    return Finding("Disk space", free >= needed, seen, "free space or choose --warehouse")


def _lock(root: Path) -> Finding:
    process = holder(root)
    seen = "no run is under way" if process is None else f"process {process} is running"
    return Finding("Lock", process is None, seen, "wait for it to end")


def _exports(exports: str) -> Iterator[Finding]:
    scheme, separator, _ = exports.partition("://")
    module = CLOUD_MODULES.get(scheme)
    if separator and module and find_spec(module) is None:
        yield Finding("Cloud storage", False, f"{module} is not installed", "run make setup")
        return
    yield _listing(exports)


def _listing(exports: str) -> Finding:
    from pipelines.discover import Exports, ExportsNotFoundError  # noqa: PLC0415 - fsspec, late

    try:
        count = len(Exports(exports).files())
    except ExportsNotFoundError as error:
        return Finding("Exports", False, str(error), "give the folder with --exports")
    remedy = "put the vendors' exports into <vendor>/ folders, or try c360 demo-exports"
    seen = f"{count:,} files in {without_credentials(exports)}"
    return Finding("Exports", count > 0, seen, remedy)


def _warehouse(root: Path) -> Finding:
    night = current(root)
    if night is None:
        return Finding("Warehouse", True, "nothing published yet")
    is_well = (root / "current" / DATABASE).exists()
    remedy = "choose a kept night with c360 rollback --to"
    return Finding("Warehouse", is_well, f"current night is {night.run_id}", remedy)


def _nearest(path: Path) -> Path:
    """The folder itself, or the closest one above it that is there."""
    return next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.exists())
