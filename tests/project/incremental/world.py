"""A small world of web events: what has landed of it, and what a night brings."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FIRST_NIGHT = datetime(2026, 6, 1, 2)
BEFORE = timedelta(days=20)  # visits began so long before the first night
SITE = "https://shop.example.com"
BROWSERS = 12
TRACKERS = ("segment", "ga4")
NAMES = {
    "segment": ("page", "Product Viewed", "Product Added", "Order Completed", "Played"),
    "ga4": ("page_view", "view_item", "add_to_cart", "purchase", "scroll"),
}
TAGS = ("", "", "", "?utm_source=news&utm_medium=email", "?utm_source=ads&gclid=G1", "?gclid=G2")
PHONE = "Mozilla/5.0 (iPhone) Mobile"


@dataclass(frozen=True)
class Event:
    """A web event as a tracker tells it; without a message its content is its name."""

    tracker: str
    message: str | None
    visitor: str | None
    user: str | None
    name: str
    page: str | None
    agent: str
    occurred_at: datetime


@dataclass(frozen=True)
class File:
    """A landed file: its rows and when the vendor wrote it."""

    file_id: str
    exported_at: datetime
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Turn:
    """Whose turn at a browser it is, and in which time."""

    visitor: str
    number: int
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass
class World:
    """All that has landed so far, and tonight's changes."""

    draw: random.Random
    night: int = 0
    events: list[Event] = field(default_factory=list)
    turns: dict[str, list[Turn]] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    erased: set[str] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        """The moment of tonight."""
        return FIRST_NIGHT + timedelta(days=self.night)

    def land(self, *events: Event, days_ago: int = 0) -> None:
        """A file of these events, exported tonight or some days ago and arriving only now."""
        name = f"{self.night}-{len(self.files)}"
        self.files.append(File(name, self.now - timedelta(days=days_ago), events))
        self.events.extend(events)

    def visit(self, began_at: datetime, tracker: str | None = None) -> tuple[Event, ...]:
        """A few events of one browser, up to an hour apart."""
        tracker = tracker or self.draw.choice(TRACKERS)
        visitor = f"{tracker} browser {self.draw.randrange(BROWSERS)}"
        return tuple(self._events(tracker, visitor, began_at))

    def _events(self, tracker: str, visitor: str, moment: datetime) -> Iterator[Event]:
        for _ in range(self.draw.randint(1, 6)):
            yield Event(
                tracker,
                f"message {self.draw.getrandbits(64)}",
                visitor,
                self.draw.choice((None, None, f"user {self.draw.randrange(4)}")),
                self.draw.choice(NAMES[tracker]),
                self.draw.choice((None, SITE + self.draw.choice(TAGS), SITE, f"{SITE}/tea")),
                PHONE,
                moment,
            )
            moment += timedelta(seconds=self.draw.choice((0, 5, 600, 1800, 1801, 3600)))

    def some_events(self, tracker: str | None = None) -> list[Event]:
        """A handful of what has landed."""
        known = [e for e in self.events if tracker in (None, e.tracker)]
        return self.draw.sample(known, min(5, len(known)))

    def a_moment(self) -> datetime:
        """Some moment of the days before tonight."""
        return self.now - timedelta(seconds=self.draw.randrange(int(BEFORE.total_seconds())))
