"""Which run lands, and how it meets files that are being written."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class LandingRun:
    """Which run lands, and how it meets files that are being written.

    run_id       what the landed rows carry
    started_at   the moment of the run, UTC
    min_age    seconds since its last change after which a file on this machine is read at once
    wait         lets so many seconds pass
    """

    run_id: str
    started_at: datetime
    min_age: float = 0
    wait: Callable[[float], None] = time.sleep


def run_now(run_id: str) -> LandingRun:
    """A run that starts now and reads files of any age."""
    return LandingRun(run_id, datetime.now(UTC))
