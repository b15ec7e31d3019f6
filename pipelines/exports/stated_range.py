"""The range of days that a file states: in a line above its header, or in its name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePosixPath

from pipelines.exports.declare import StatedRange

Days = tuple[date, date]


def stated_days(rule: StatedRange, preamble: Sequence[str], path: str) -> Days | None:
    """The first and last day the file reports on; None where it states no range.

    A range whose days cannot be read (another language's months) is not stated.
    """
    texts = preamble if rule.place == "preamble" else [PurePosixPath(path).name]
    ranges = (_days(rule, text) for text in texts)
    return next((days for days in ranges if days), None)


def _days(rule: StatedRange, text: str) -> Days | None:
    found = rule.pattern.search(text.strip())
    if not found:
        return None
    first, last = (_day(found[name], rule.formats) for name in ("first", "last"))
    return (first, last) if first and last and first <= last else None


def _day(text: str, formats: Sequence[str]) -> date | None:
    for pattern in formats:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
