"""The folders of a warehouse, and the one link that says which night is current.

nights/<run_id>/build/customer360.duckdb   what dbt built in
nights/<run_id>/published/marts.duckdb     what readers open, with parquet/ beside it
nights/<run_id>/previous                   link to the night it started from
current -> nights/<run_id>                 flipped by one rename
build, published                           links into current, for people and plain dbt
working/<run_id>/                          a night under way, or the last red one
working/tonight -> <run_id>                the same path every night, so that dbt's cache holds
runs/<run_id>.json                         how each run ended
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.errors import ActionableError, NoNightError
from pipelines.files import flush, flush_tree, link_tree, point
from pipelines.private_copy import assert_closed, copy_database

NIGHTS_KEPT = 3
DATABASE = "build/customer360.duckdb"
PUBLISHED = "published/marts.duckdb"
TONIGHT = "tonight"


@dataclass(frozen=True)
class Night:
    """One night's folder: the private copy while it is under way, a kept night afterwards."""

    root: Path
    run_id: str
    folder: Path

    @property
    def database(self) -> Path:
        """The DuckDB file that is landed into and built in."""
        return self.folder / DATABASE

    @property
    def published(self) -> Path:
        """The DuckDB file that readers open."""
        return self.folder / PUBLISHED

    @property
    def workspace(self) -> Path:
        """Scratch space: load packages, spilled rows, logs. Removed before the night is kept."""
        return self.folder / "workspace"

    @property
    def summary(self) -> Path:
        """What the night did, for machines."""
        return self.folder / "summary.json"

    @property
    def tonight(self) -> Path:
        """The private copy's folder under a name that is the same every night."""
        return self.root / "working" / TONIGHT


def run_id_at(moment: datetime) -> str:
    """The name of the run that starts at `moment`: ascending in time, UTC, to the millisecond."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y%m%dT%H%M%S}{utc.microsecond // 1000:03}Z"


def begin(root: Path, run_id: str) -> Night:
    """Clear what a killed night left and take a private copy of the current build."""
    _lay_out(root)
    _sweep(root)
    night = Night(root, run_id, root / "working" / run_id)
    night.database.parent.mkdir(parents=True)
    night.workspace.mkdir()
    point(night.tonight, run_id)
    before = current(root)
    if before is not None:
        (night.folder / "previous").symlink_to(f"../{before.run_id}")
        copy_database(before.database, night.database)
    return night


def keep(night: Night) -> Night:
    """Make a finished night the current one, then remove all but the last three."""
    assert_closed(night.database)
    shutil.rmtree(night.workspace)
    flush_tree(night.folder)
    kept = Night(night.root, night.run_id, night.root / "nights" / night.run_id)
    night.folder.rename(kept.folder)
    flush(kept.folder.parent)
    make_current(kept)
    _remove_old(night.root)
    return kept


def share_published(night: Night) -> None:
    """Carry the published files of the night before over to a night that publishes nothing."""
    before = current(night.root)
    if before is not None and before.published.parent.exists():
        link_tree(before.published.parent, night.published.parent)


def make_current(night: Night) -> None:
    """Flip the link: from here on, whoever opens the warehouse opens this night."""
    point(night.root / "current", f"nights/{night.run_id}")


def current(root: Path) -> Night | None:
    """The night that readers see, or none in a fresh warehouse."""
    link = root / "current"
    return _kept_night(root, link.readlink().name) if link.is_symlink() else None


def red(root: Path) -> Night | None:
    """The night that did not become current and still lies in working/, when there is one."""
    link = root / "working" / TONIGHT
    if not link.exists():
        return None
    night = Night(root, link.readlink().name, link.parent / link.readlink())
    return night if night.database.exists() else None


def lineage(root: Path) -> list[Night]:
    """The current night and the kept ones it grew from, newest first."""
    nights: list[Night] = []
    night = current(root)
    while night is not None:
        nights.append(night)
        night = previous(night)
    return nights


def previous(night: Night) -> Night | None:
    """The night that `night` started from, when it is still kept."""
    link = night.folder / "previous"
    if not link.is_symlink() or not (night.root / "nights" / link.readlink().name).is_dir():
        return None
    return _kept_night(night.root, link.readlink().name)


def night_named(root: Path, run_id: str) -> Night:
    """A kept night by its name."""
    night = _kept_night(root, run_id)
    if run_id not in kept_names(root):
        raise NoNightError(
            f"no night {run_id} is kept in {root}; kept: {', '.join(kept_names(root))}"
        )
    return night


def kept_names(root: Path) -> list[str]:
    """The names of all kept nights, newest first."""
    folder = root / "nights"
    return sorted((p.name for p in folder.iterdir()), reverse=True) if folder.is_dir() else []


def _kept_night(root: Path, run_id: str) -> Night:
    return Night(root, run_id, root / "nights" / run_id)


def _lay_out(root: Path) -> None:
    if "'" in str(root.absolute()):  # dlt puts paths into its SQL as they are
        raise ActionableError(f"{root} has an apostrophe in its path; choose another --warehouse")
    for name in ("nights", "working", "runs"):
        (root / name).mkdir(parents=True, exist_ok=True)
    for name in ("build", "published"):
        _link_into_current(root / name)


def _link_into_current(link: Path) -> None:
    if link.is_dir() and not link.is_symlink():
        raise FileExistsError(f"{link} is a folder, but its place is for a link; move it away")
    if not link.is_symlink():
        point(link, f"current/{link.name}")


def _sweep(root: Path) -> None:
    for path in (root / "working").iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _remove_old(root: Path) -> None:
    """Move a night out of the way before deleting it, so that no half night can be met."""
    keep_names = {night.run_id for night in lineage(root)[:NIGHTS_KEPT]}
    for name in set(kept_names(root)) - keep_names:
        leaving = root / "working" / name
        (root / "nights" / name).rename(leaving)
        shutil.rmtree(leaving)
