"""Worlds that grow and change over three nights: told ones with what comes of them, and random."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from tests.project.identity import worlds
from tests.project.identity.reference import Event, Pair, Record, World
from tests.project.identity.written import START, web_record

NIGHTS = (1, 2, 3)
DAY = 24 * 60


class Change(NamedTuple):
    """A row of identity_changes, of the second night where no other is told."""

    kind: str
    identifier: Pair
    reason: str
    is_direct: bool
    records: int = 1
    night: int = 2


@dataclass(frozen=True)
class Story:
    """What the sources tell each night, and when a record was first seen if not as it came."""

    nights: tuple[World, ...]
    changes: tuple[Change, ...] = ()
    earlier: Mapping[str, datetime] = field(default_factory=dict)


def order(name: str, *identifiers: Pair, by: str | None = None) -> Record:
    return Record(f"order_id:{name}", identifiers, by)


def email(name: str) -> Pair:
    return ("email", f"{name}@story.example.com")


def phone(name: int) -> Pair:
    return ("phone", f"+4930777{name:04}")


def orders(*nights: tuple[Record, ...]) -> tuple[World, ...]:
    """The orders that are there each night; the last night goes on."""
    told = tuple(World(records) for records in nights)
    return (*told, *(told[-1],) * (len(NIGHTS) - len(told)))


def _sign_in() -> tuple[World, ...]:
    lead = (Record("lead_id:signs", (("user_id", "signs"),)),)
    visit = Event(1, 60, (("anonymous_id", "signs"),))
    sign_in = Event(2, DAY + 60, (("anonymous_id", "signs"), ("user_id", "signs")))
    return (World(lead, (visit,)), *(World(lead, (visit, sign_in)),) * 2)


def _cut() -> tuple[World, ...]:
    cookie = ("anonymous_id", "cut")
    known = (
        Event(3, 60, (cookie,)),
        Event(4, 65, (cookie, ("user_id", "cut_ada"))),
        Event(5, 170, (cookie,)),
    )
    late = Event(6, 165, (cookie, ("user_id", "cut_ida")))
    return (World((), known), *(World((), (*known, late)),) * 2)


BOTH = (order("o1", email("o")), order("o2", phone(1)))
CALLERS = tuple(order(f"c{n}", phone(2), by=n) for n in ("Ada King", "Ada Byron"))
STRANGERS = tuple(order(f"d{n}", phone(2), email(n), by=f"{n} Byron") for n in ("Ida", "Eva"))
GUESTS = tuple(order(f"g{n}", email("till"), phone(10 + n)) for n in range(5))
MOVING = (order("m1", email("m")), order("m9", email("m")), order("m3", email("n")))
BRIDGE = (order("b1", email("b")), order("b2", email("b"), phone(3)), order("b3", phone(3)))
ENDS = (order("e1", email("e")), order("e2", email("f"), phone(4)), order("e3", phone(5)))
LINKS = (order("e4", email("e"), phone(4)), order("e5", email("f"), phone(5)))

STORIES = {
    "an order joins two": Story(
        orders(BOTH, (*BOTH, order("o3", email("o"), phone(1)))),
        (Change("merge", email("o"), "shared", is_direct=False),),
    ),
    "a customer's further order": Story(
        orders((order("f1", email("g")),), (order("f1", email("g")), order("f2", email("g")))),
    ),
    "a sign-in": Story(
        _sign_in(), (Change("merge", ("user_id", "signs"), "shared", is_direct=False),)
    ),
    "a chain over others": Story(
        orders(ENDS, (*ENDS, *LINKS)),
        (Change("merge", email("e"), "shared", is_direct=False),) * 2,
    ),
    "a number becomes a switchboard's": Story(
        orders(CALLERS, (*CALLERS, *STRANGERS)),
        (Change("split", phone(2), "same_name", is_direct=True),),
    ),
    "an address becomes a till's": Story(
        orders(GUESTS[:2], GUESTS), (Change("split", email("till"), "guarded", is_direct=True),)
    ),
    "a late sign-in cuts a browser": Story(
        _cut(), (Change("split", ("anonymous_id", "cut"), "cut_by_time", is_direct=True),)
    ),
    "an order was another's": Story(
        orders(MOVING, (MOVING[0], order("m9", email("n")), MOVING[2])),
        (
            Change("merge", email("n"), "shared", is_direct=True),
            Change("split", email("m"), "withdrawn", is_direct=True),
        ),
    ),
    "what stood between goes and returns": Story(
        orders(BRIDGE, (BRIDGE[0], BRIDGE[2]), BRIDGE),
        (
            Change("split", email("b"), "withdrawn", is_direct=False),
            Change("merge", email("b"), "shared", is_direct=False, night=3),
        ),
    ),
    "a customer goes and returns": Story(
        (World((order("v1", email("v")),)), World(()), World((order("v1", email("v")),)))
    ),
    "an older order comes late": Story(
        orders((order("l1", email("l")),), (order("l1", email("l")), order("l2", email("l")))),
        (Change("rename", ("order_id", "l2"), "own", is_direct=False),),
        {"order_id:l2": START - timedelta(days=9)},
    ),
}


def growing(number: int) -> Story:
    """A random world of which a part comes each night, in the order of time.

    Of an odd one things come late and some go on the third night; every fourth has no visits.
    """
    draw, whole = Random(number), worlds.small(number)  # noqa: S311 (the same worlds each time)
    things = (*whole.records, *(whole.events if number % 4 else ()))
    came = {thing: draw.choice(NIGHTS) for thing in things}
    gone = {thing for thing in came if number % 2 and draw.random() < 0.15}
    nights = []
    for night in NIGHTS:
        here = [t for t in came if came[t] <= night and not (night == NIGHTS[-1] and t in gone)]
        records = tuple(thing for thing in here if isinstance(thing, Record))
        events = tuple(
            thing if number % 2 else replace(thing, minute=thing.minute + DAY * (came[thing] - 1))
            for thing in here
            if isinstance(thing, Event)
        )
        owners = {record.own for record in records}
        carried = tuple(token for token in whole.carried if token[0] in owners)
        nights.append(World(records, events, carried))
    return Story(tuple(nights))


def since(stories: Mapping[int, Story], night: int) -> dict[str, datetime]:
    """When each record of a night was first seen: as it came, a visitor's by the clock."""
    seen: dict[str, datetime] = {}
    for story in stories.values():
        for before, world in enumerate(story.nights[:night]):
            for record in world.records:
                seen.setdefault(record.own, START + timedelta(days=before))
        for event in (e for e in story.nights[night - 1].events if not e.is_bot):
            own, moment = web_record(event).own, START + timedelta(minutes=event.minute)
            seen[own] = min(seen.get(own, moment), moment)
        seen |= story.earlier
    return seen
