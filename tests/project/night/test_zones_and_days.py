"""The command is green for a business anywhere, in its own money, today and on a past day.

Four runs over one small world, each of which runs every unit test and every data test with other
settings: what depends on the user's zone, currency or day unasked turns one of them red. The fifth
zone, London, is that of `test_own_order_lines`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipelines.demo import write_demo
from tests.project.night.nights import BUILT, Told, night, rows

CUSTOMERS, DAYS = 20, 20
NEWEST = date(2026, 6, 30)


@dataclass(frozen=True)
class Setting:
    """What a run is asked for; without a day it is the newest."""

    zone: str
    currency: str
    day: date | None = None

    @property
    def options(self) -> tuple[str, ...]:
        day = ("--as-of", self.day.isoformat()) if self.day else ()
        return ("--timezone", self.zone, "--currency", self.currency, *day)


SETTINGS = (
    Setting("America/New_York", "GBP"),
    Setting("Pacific/Auckland", "USD", date(2026, 6, 26)),
    Setting("Pacific/Honolulu", "EUR", date(2026, 6, 23)),
    Setting("Asia/Tokyo", "GBP", date(2026, 6, 29)),
)


@pytest.fixture(scope="module")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one warehouse, with the exports that all runs read."""
    folder = tmp_path_factory.mktemp("anywhere")
    write_demo(folder, customers=CUSTOMERS, days=DAYS)
    return folder


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.zone)
def test_a_run_is_green_wherever_and_whenever_it_is(small_world: Path, setting: Setting) -> None:
    root = small_world / "warehouse"

    told = night(small_world / "exports", root, options=setting.options)

    assert (told.ended.code, told.summary["problems"]) == (0, [])
    assert told.summary["as_of"] == str(setting.day or NEWEST)
    assert days_that_differ(told, setting) == []


def days_that_differ(told: Told, setting: Setting) -> list[object]:
    """Orders whose day is not that of a clock in the zone, or is after the day of the marts."""
    orders = rows(told.root / BUILT, "select ordered_at, order_date from marts.orders")
    assert len(orders) > 10
    zone, last = ZoneInfo(setting.zone), setting.day or NEWEST
    return [
        (moment, day)
        for moment, day in orders
        if day != moment.replace(tzinfo=UTC).astimezone(zone).date() or day > last
    ]
