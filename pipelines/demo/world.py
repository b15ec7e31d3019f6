"""The scratch database in which the demo world is made, and the dice that decide everything in it.

Chance is a hash of the seed, a word and the row's own number, never a sequence: each row draws the
same lot in whatever order and on however many threads the rows are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.demo.business import (
    AD_GROUPS,
    BASE_PPM,
    CHANNELS,
    CLAIM_DAYS,
    CLAIM_DAYS_META,
    EFFECT_DAYS,
    MAIL_TOPICS,
    RATES,
    SHOPS,
)
from pipelines.demo.catalogue import CATALOGUE
from pipelines.demo.countries import COUNTRIES
from pipelines.sql_text import literal

EXPORT_HOUR = 16  # UTC; the exports of a night are taken then, and the world ends then
NIGHT_COUNT = 5
MEMORY = "4GB"  # beyond it the database spills to its scratch folder

DICE = """
create macro roll(what, a, b) as
    hash(hash(getvariable('seed'), what, cast(a as bigint), cast(b as bigint)));
create macro dice(what, a, b, sides) as
    cast(roll(what, a, b) % cast(sides as ubigint) as integer);
create macro chance(what, a, b) as dice(what, a, b, 1000000) / 1000000.0;
create macro happens(what, a, b, per_thousand) as dice(what, a, b, 1000) < per_thousand;
create macro pick(what, a, b, choices) as choices[1 + dice(what, a, b, len(choices))];
create macro hex(what, a, b) as
    md5(concat_ws('/', getvariable('seed'), what, cast(a as bigint), cast(b as bigint)));
create macro uuid_of(what, a, b) as regexp_replace(
    hex(what, a, b), '^(.{8})(.{4}).(.{3}).(.{3})(.{12})$', '\\1-\\2-4\\3-8\\4-\\5');
create macro iso(moment) as strftime(moment, '%Y-%m-%dT%H:%M:%S.%gZ');
create macro iso_seconds(moment) as strftime(moment, '%Y-%m-%dT%H:%M:%SZ');
create macro local_time(moment, zone) as timezone(zone, timezone('UTC', moment));
create macro offset_minutes(moment, zone) as
    cast(date_diff('minute', moment, local_time(moment, zone)) as integer);
create macro offset_text(moment, zone, colon) as concat(
    if(offset_minutes(moment, zone) < 0, '-', '+'),
    lpad(cast(abs(offset_minutes(moment, zone)) // 60 as varchar), 2, '0'), colon,
    lpad(cast(abs(offset_minutes(moment, zone)) % 60 as varchar), 2, '0'));
create macro with_offset(moment, zone) as
    strftime(local_time(moment, zone), '%Y-%m-%d %H:%M:%S ') || offset_text(moment, zone, '');
create macro iso_offset(moment, zone) as
    strftime(local_time(moment, zone), '%Y-%m-%dT%H:%M:%S') || offset_text(moment, zone, ':');
create macro money(cents) as cast(cents / cast(100 as decimal(18, 0)) as decimal(18, 2));
create macro plain(words) as regexp_replace(
    lower(strip_accents(replace(replace(words, 'ß', 'ss'), 'ı', 'i'))), '[^a-z0-9]+', '-', 'g');
"""


@dataclass(frozen=True)
class Settings:
    """What a caller chooses."""

    customers: int
    days: int
    seed: int
    until: date
    events_per_customer: int

    @property
    def start(self) -> date:
        """The first day of the world."""
        return self.until - timedelta(days=self.days - 1)

    @property
    def end(self) -> datetime:
        """When nothing happens any more: the moment of the last export."""
        return moment_of(self.until)

    @property
    def nights(self) -> tuple[date, ...]:
        """The weekly export days, oldest first; the first export holds the history before it."""
        weeks = (self.until - timedelta(weeks=n) for n in reversed(range(NIGHT_COUNT)))
        return tuple(day for day in weeks if day >= self.start + timedelta(days=6)) or (self.until,)


def moment_of(night: date) -> datetime:
    """When the exports of a night are taken, UTC without zone as in the database."""
    return datetime.combine(night, time(EXPORT_HOUR), UTC).replace(tzinfo=None)


class World:
    """The database of one world; `settings` says how large it is."""

    def __init__(self, scratch: Path, settings: Settings, threads: int | None = None) -> None:
        """Open a new database in the folder `scratch`, with the business as tables in it."""
        self.settings = settings
        self.con = duckdb.connect(str(scratch / "world.duckdb"))
        self.con.execute(f"set temp_directory = {literal(str(scratch / 'spill'))}")
        self.con.execute(f"set memory_limit = '{MEMORY}'")
        self.con.execute("set TimeZone = 'UTC'")
        self.con.execute("set enable_progress_bar = false")
        if threads:
            self.con.execute(f"set threads = {threads}")
        self._set_variables()
        self.con.execute(DICE)
        self._write_tables()
        self.at_night(settings.nights[0])

    def run(self, *statements: str) -> None:
        """Execute statements, each of which may be several."""
        for sql in statements:
            self.con.execute(sql)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        row = self.con.execute(f"select count(*) from {table}").fetchone()
        return int(row[0]) if row else 0

    def at_night(self, night: date) -> None:
        """Say which night the views and writers that ask `getvariable('night')` look from."""
        nights = self.settings.nights
        self._set("night", moment_of(night))
        is_first = night == nights[0]
        first_day = self.settings.start if is_first else night - timedelta(days=29)
        self._set("window_start", max(first_day, self.settings.start))
        self._set(
            "previous_night",
            datetime.combine(self.settings.start, time())
            if is_first
            else moment_of(nights[nights.index(night) - 1]),
        )

    def table(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        """A small table of data from Python."""
        given = pa.Table.from_pylist(list(rows))
        self.con.register("given", given)
        self.con.execute(f"create table {name} as select * from given")
        self.con.unregister("given")

    def _set(self, name: str, value: object) -> None:
        self.con.execute(f"set variable {name} = $1", [value])

    def _set_variables(self) -> None:
        s = self.settings
        for name, value in (
            ("seed", s.seed),
            ("customers", s.customers),
            ("days", s.days),
            ("events_per_customer", s.events_per_customer),
            ("start", s.start),
            ("until", s.until),
            ("world_end", s.end),
            ("base_ppm", BASE_PPM),
            ("effect_days", EFFECT_DAYS),
            ("claim_days", CLAIM_DAYS),
            ("claim_days_meta", CLAIM_DAYS_META),
        ):
            self._set(name, value)

    def _write_tables(self) -> None:
        self.table("countries", ({**asdict(c), "country_no": n} for n, c in enumerate(COUNTRIES)))
        self.table("channels", ({**asdict(c), "channel_no": n} for n, c in enumerate(CHANNELS)))
        self.table("ad_groups", ({**asdict(a), "group_no": n} for n, a in enumerate(AD_GROUPS)))
        self.table("products", ({**asdict(p), "product_no": n} for n, p in enumerate(CATALOGUE)))
        self.table("shops", (asdict(s) for s in SHOPS))
        self.table("rates", ({"currency": c, "rate": r} for c, r in RATES))
        self.table("topics", ({"topic_no": n, "topic": t} for n, t in enumerate(MAIL_TOPICS)))
        self.table("nights", ({"night": moment_of(n)} for n in self.settings.nights))
