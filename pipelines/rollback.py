"""Going back: readers see an earlier kept night again."""

from __future__ import annotations

from pathlib import Path

from pipelines import runs, warehouse
from pipelines.errors import NoNightError
from pipelines.lock import night_lock
from pipelines.warehouse import Night


def go_back(root: Path, to: str = "") -> tuple[Night, Night]:
    """Make the night named `to`, or the one before, current; give the one left and that one."""
    if warehouse.current(root) is None:
        raise NoNightError(f"nothing is published in {root}; there is nothing to go back to")
    with night_lock(root):
        now = warehouse.current(root)
        assert now is not None  # noqa: S101 - a link that was there is only ever flipped
        target = warehouse.night_named(root, to) if to else warehouse.previous(now)
        if target is None:
            raise NoNightError(f"no earlier night than {now.run_id} is kept in {root}")
        warehouse.make_current(target)
        runs.mark(root, now.run_id, "rolled back")
        runs.mark(root, target.run_id, runs.status_when_kept(root, target.run_id) or "published")
    return now, target
