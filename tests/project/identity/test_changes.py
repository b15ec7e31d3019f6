"""Over three nights, identity_changes tells who was joined or parted, and by which identifier."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from tests.project.identity.reference import Sets
from tests.project.identity.stories import NIGHTS, STORIES, Change, growing, since
from tests.project.identity.written import MODELS, START, build, write

TOLD = dict(enumerate(STORIES.values()))
RANDOM = {number: growing(number) for number in range(len(TOLD), 300)}
CHANGES = ("path:models/intermediate/identity_changes", "identity_changes")
KEEP = """
    create or replace table kept.links{night} as
    select
        links.source_record_id, identifier_type, identifier, linking_key, link_reason, customer_id,
        seniority, coalesce(visitors.whole_record_id, links.source_record_id) as whole_record_id,
        cast(coalesce(visitors.first_seen_at, links.first_seen_at) as date) as first_seen_date
    from intermediate.int_identifiers_explained as links
    left join seeds.identifier_types using (identifier_type)
    left join intermediate.int_visitors_observed as visitors
        on visitors.source_record_id = links.source_record_id
"""
ROWS = """
    select night_number, change_kind, former_customer_id, customer_id, record_count,
        identifier_type, identifier, link_reason, is_direct
    from marts.identity_changes
"""

BROWSERS = ("anonymous_id", "device_id")


class Link(NamedTuple):
    record: str
    kind: str
    value: str
    key: str | None
    reason: str
    customer: str
    seniority: int
    whole: str
    day: date | None


class Row(NamedTuple):
    night: int
    kind: str
    former: str
    customer: str
    records: int
    identifier_type: str
    identifier: str
    reason: str
    is_direct: bool


def day(night: int) -> date:
    return START.date() + timedelta(days=night - 1)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three nights; what changed on the second is built twice, the second time in full."""
    database = tmp_path_factory.mktemp("changes") / "customer360.duckdb"
    stories = TOLD | RANDOM
    for night in NIGHTS:
        told = ((number, story.nights[night - 1]) for number, story in stories.items())
        write(database, told, since(stories, night))
        say_the_day(database, day(night))
        build(database, *MODELS, *CHANGES)
        execute(database, "create schema if not exists kept", KEEP.format(night=night))
        if night == NIGHTS[1]:
            build(database, *CHANGES, options=("--full-refresh",))
            execute(database, f"create table kept.again as {ROWS}")
    return database


def say_the_day(database: Path, today: date) -> None:
    execute(
        database,
        f"create or replace table intermediate.int_as_of as select date '{today}' as as_of_date",
    )


def execute(database: Path, *statements: str) -> None:
    with duckdb.connect(str(database)) as connection:
        for statement in statements:
            connection.execute(statement)


def ask(database: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def rows(warehouse: Path) -> list[Row]:
    return [Row(*row) for row in ask(warehouse, ROWS)]


@pytest.fixture(scope="module")
def nights(warehouse: Path) -> dict[int, list[Link]]:
    return {n: [Link(*row) for row in ask(warehouse, f"from kept.links{n}")] for n in NIGHTS}


def records_of(links: Iterable[Link]) -> dict[str, str]:
    return {link.record: link.customer for link in links}


def before(nights: dict[int, list[Link]], night: int) -> list[Link]:
    """The links of the night before, with those of records that have been cut into parts since."""
    earlier = nights[night - 1]
    known = {link.record for n in NIGHTS[: night - 1] for link in nights[n]}
    return [*earlier, *cut_since(earlier, nights[night], known, day(night - 1))]


def cut_since(
    earlier: list[Link], later: list[Link], known: set[str], last_day: date
) -> Iterator[Link]:
    wholes = defaultdict(list)
    for link in earlier:
        wholes[link.record].append(link)
    parts = {
        (k.record, k.whole) for k in later if k.record != k.whole and k.day and k.day <= last_day
    }
    for part, whole in parts:
        for link in wholes[whole] if part not in known else ():
            is_own = link.key == whole
            value, key = (part.partition(":")[2], part) if is_own else (link.value, link.key)
            yield link._replace(record=part, value=value, key=key)


def moves(earlier: list[Link], later: list[Link]) -> Counter[tuple[str, str]]:
    """How many records went from one customer to another or stayed with theirs."""
    was, now = records_of(earlier), records_of(later)
    return Counter((was[record], now[record]) for record in was.keys() & now.keys())


def heir(moved: Counter[tuple[str, str]], former: str) -> str:
    to = {t: count for (f, t), count in moved.items() if f == former}
    return former if former in to else min(to, key=lambda t: (-to[t], t))


def ancestor(moved: Counter[tuple[str, str]], customer: str) -> str:
    return heir(Counter({(t, f): count for (f, t), count in moved.items()}), customer)


def kinds(moved: Counter[tuple[str, str]]) -> Iterator[tuple[str, str, str, int]]:
    for (former, customer), count in moved.items():
        if former != customer:
            is_heir = heir(moved, former) == customer
            is_ancestor = ancestor(moved, customer) == former
            if not is_ancestor:
                yield ("merge", former, customer, count)
            if not is_heir:
                yield ("split", former, customer, count)
            if is_heir and is_ancestor:
                yield ("rename", former, customer, count)


@pytest.mark.parametrize("night", NIGHTS)
def test_each_record_that_went_elsewhere_is_told_of(
    rows: list[Row], nights: dict[int, list[Link]], night: int
) -> None:
    moved = moves(before(nights, night), nights[night]) if night > 1 else Counter()

    found = [(r.kind, r.former, r.customer, r.records) for r in rows if r.night == night]

    assert sorted(found) == sorted(kinds(moved))
    assert night == 1 or {kind for kind, *_ in found} == {"merge", "split", "rename"}


def test_the_cause_is_what_joined_or_parted_them(
    rows: list[Row], nights: dict[int, list[Link]]
) -> None:
    wrong = []
    for night in NIGHTS[1:]:
        sides = Side(before(nights, night)), Side(nights[night])
        moved = moves(sides[0].links, sides[1].links)
        for row in rows:
            if row.night == night and row.kind != "rename":
                cause = best_way(row, *sides, moved)
                if (row.is_direct, row.identifier_type, row.identifier, row.reason) != cause:
                    wrong.append((row, cause))

    assert not wrong


class Side:
    """The links of one side of a night, and whose they are."""

    def __init__(self, links: list[Link]) -> None:
        self.links = links
        self.owners = records_of(links)
        self.of = by_customer(link for link in links if link.key)
        self.said = {(k.record, k.kind, k.value): k for k in links}


def best_way(
    row: Row, earlier: Side, later: Side, moved: Counter[tuple[str, str]]
) -> tuple[bool, str, str, str]:
    """What leads from the part that went into the part that stayed, the best of all ways."""
    if row.kind == "merge":
        links, owners, part = later.of[row.customer], earlier.owners, row.former
        kept = ancestor(moved, row.customer)
    else:
        links, owners, part = earlier.of[row.former], later.owners, row.customer
        kept = heir(moved, row.former)
    stayed = {link.key for link in links if owners.get(link.record) == kept}
    rest = [link for link in links if owners.get(link.record) != kept]
    sets = Sets()
    for link in rest:
        sets.unite([("record", link.record), ("key", str(link.key))])
    mine = {sets.find(("record", k.record)) for k in rest if owners.get(k.record) == part}
    link = min(
        (k for k in rest if k.key in stayed and sets.find(("record", k.record)) in mine),
        key=lambda k: (owners.get(k.record) != part, k.seniority, k.value, k.record),
    )
    same = [other for other in links if other.key == link.key]
    reasons = (k.reason for k in same) if row.kind == "merge" else became(same, later)
    usual = "shared" if row.kind == "merge" else "withdrawn"
    reason = min(set(reasons) - {"own", "shared"}, default=usual)
    return (owners.get(link.record) == part, link.kind, link.value, reason)


def became(links: list[Link], later: Side) -> Iterator[str]:
    """What is said since of the identifiers by which a key linked."""
    for link in links:
        now = later.said.get((link.record, link.kind, link.value))
        if now is None:
            yield "withdrawn"
        elif now.key != link.key:
            yield now.reason


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_told_with_its_cause(
    rows: list[Row], nights: dict[int, list[Link]], name: str
) -> None:
    story = STORIES[name]
    told = {record.own for world in story.nights for record in world.records}
    values = {value for world in story.nights for e in world.events for _, value in e.identifiers}
    people = {
        link.customer
        for links in nights.values()
        for link in links
        if link.record in told or link.value in values
    }

    found = [
        Change(r.kind, (r.identifier_type, r.identifier), r.reason, r.is_direct, r.records, r.night)
        for r in rows
        if r.former in people
    ]

    assert sorted(found) == sorted(story.changes)


def test_data_that_comes_in_time_renames_nobody_and_the_older_one_wins(
    rows: list[Row], nights: dict[int, list[Link]]
) -> None:
    """But where a browser named them that turns out to be of several people, or guarded."""
    links = {night: by_customer(nights[night]) for night in NIGHTS}
    strays, merged = [], 0
    for row in rows:
        before, since_then = links[row.night - 1], links[row.night]
        around = [*before[row.former], *since_then[row.customer], *since_then[row.former]]
        if comes_in_time(around) and not any(is_parting(link) for link in around):
            merged += row.kind == "merge"
            older = min(before[row.customer], before[row.former], key=age)
            if row.kind == "rename" or (row.kind == "merge" and older != before[row.customer]):
                strays.append(row)

    assert not strays
    assert merged > 10


def by_customer(links: Iterable[Link]) -> dict[str, list[Link]]:
    grouped = defaultdict(list)
    for link in links:
        grouped[link.customer].append(link)
    return grouped


def comes_in_time(links: Iterable[Link]) -> bool:
    """Whether they are of a random world of an even number."""
    numbers = (re.search(r"w([0-9]+)(\.|$)", link.value) for link in links)
    return any(number and int(number[1]) % 2 == 0 for number in numbers)


def is_parting(link: Link) -> bool:
    return link.reason == "cut_by_time" or (link.reason == "guarded" and link.kind in BROWSERS)


def age(links: list[Link]) -> tuple[bool, date]:
    """The day of the oldest record; a customer who was not there is younger than any."""
    return (not links, min((k.day or date.max for k in links), default=date.max))


def test_a_second_build_and_a_full_refresh_remember_the_same(warehouse: Path) -> None:
    again = ask(warehouse, "from kept.again order by all")

    assert again == ask(warehouse, f"{ROWS} where night_number = 2 order by all")
    assert again
