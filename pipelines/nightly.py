"""The nightly run."""

from __future__ import annotations

from datetime import UTC, datetime

from pipelines.lock import night_lock
from pipelines.progress import Progress
from pipelines.summary import Summary
from pipelines.underway import Steps, Wish, begun


def nightly(wish: Wish, steps: Steps, progress: Progress) -> Summary:
    """Exports in, published marts out: whatever is red stops the night before it publishes.

    Raises AlreadyRunningError when another run holds the warehouse.
    """
    with night_lock(wish.root), begun(wish, steps, progress) as night:
        night.land()
        night.check_arrived()
        night.build()
        night.check_marts()
        night.publish()
    return night.summary


def land_only(wish: Wish, steps: Steps, progress: Progress) -> Summary:
    """Land the exports and stop, so that plain `dbt build` can follow; nothing is published."""
    with night_lock(wish.root), begun(wish, steps, progress) as night:
        night.land()
        night.check_arrived()
        night.keep_landed()
    return night.summary


def publish_built(wish: Wish, steps: Steps, progress: Progress) -> Summary:
    """Publish marts that another engine built of what has landed, after the same checks."""
    with night_lock(wish.root), begun(wish, steps, progress) as night:
        night.build()
        night.check_marts()
        night.publish()
    return night.summary


def real_steps() -> Steps:
    """dlt, Great Expectations, dbt and DuckDB, imported when a night really runs."""
    from pipelines.checks.gates import check_arrived, check_marts  # noqa: PLC0415
    from pipelines.dbt_build import build  # noqa: PLC0415
    from pipelines.load import land  # noqa: PLC0415
    from pipelines.publish import publish  # noqa: PLC0415

    return Steps(land, check_arrived, build, check_marts, publish, lambda: datetime.now(UTC))
