"""What may happen between two nights to a shop's web events, drawn by a seed.

Each happening adds files to the night or takes rows away, and all of them come again and again, in
any order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tests.project.incremental.world import BROWSERS, NAMES, SITE, TAGS, TRACKERS, Turn, World

Happening = Callable[[World], None]

CRAWLER = "Mozilla/5.0 (compatible; Crawlbot/2.1)"


def new_visits(world: World) -> None:
    world.land(*(e for _ in range(4) for e in world.visit(world.now - timedelta(hours=9))))


def late_visits(world: World) -> None:
    world.land(*world.visit(world.a_moment()), *world.visit(world.a_moment()))


def late_events_within_visits(world: World) -> None:
    world.land(*(replace(e, message=f"{e.message} late") for e in world.some_events()))


def events_sent_twice(world: World) -> None:
    world.land(*world.some_events())


def events_twice_in_a_file(world: World) -> None:
    visit = world.visit(world.now - timedelta(hours=5))
    world.land(*visit, *visit)


def an_older_export_comes_late(world: World) -> None:
    """It has rows that a newer export corrected, and some that nobody knows."""
    old = [replace(e, page=f"{SITE}/old") for e in world.some_events()]
    world.land(*old, *world.visit(world.a_moment()), days_ago=world.draw.randint(1, 9))


def a_day_is_restated(world: World) -> None:
    tracker = world.draw.choice(TRACKERS)
    day = world.draw.choice([e.occurred_at.date() for e in world.events])
    told = [e for e in world.events if (e.tracker, e.occurred_at.date()) == (tracker, day)]
    world.land(*(replace(e, page=SITE + world.draw.choice(TAGS)) for e in told))


def events_are_corrected(world: World) -> None:
    """Another browser, another time, another page: also the only event of a browser."""
    for event in world.some_events("segment"):
        other = f"segment browser {world.draw.randrange(2 * BROWSERS)}"
        later = event.occurred_at + timedelta(minutes=world.draw.randint(-90, 90))
        changes = ({"visitor": other}, {"occurred_at": later}, {"page": SITE + TAGS[-1]})
        world.land(replace(event, **world.draw.choice(changes)))


def events_lose_their_browser(world: World) -> None:
    world.land(*(replace(e, visitor=None, user=None) for e in world.some_events("segment")))


def events_turn_out_to_be_of_machines(world: World) -> None:
    world.land(*(replace(e, agent=CRAWLER) for e in world.some_events("segment")))


def events_have_no_key(world: World) -> None:
    visit = world.visit(world.a_moment())
    world.land(*(replace(e, message=None) for e in visit))
    world.land(*(replace(e, message=None, visitor=None) for e in visit))


def the_other_tracker_wins_a_day(world: World) -> None:
    """So many pages of one tracker that the other is set aside, all its sessions of that day."""
    moment = world.draw.choice([e.occurred_at for e in world.events])
    tracker = world.draw.choice(TRACKERS)
    page = replace(world.visit(moment, tracker)[0], name=NAMES[tracker][0], page=SITE)
    pages = range(world.draw.randint(20, 60))
    world.land(*(replace(page, message=f"{page.message} {n}", visitor=f"crowd {n}") for n in pages))


def somebody_signs_in(world: World) -> None:
    """A browser is cut at some moments into the turns of several people."""
    visitor = world.draw.choice([e.visitor for e in world.events if e.visitor])
    cuts = sorted({world.a_moment() for _ in range(world.draw.randint(1, 3))})
    edges = [None, *cuts, None]
    world.turns[visitor] = [Turn(visitor, n + 1, *edges[n : n + 2]) for n in range(len(cuts) + 1)]


def browsers_are_of_one_person_again(world: World) -> None:
    for visitor in world.draw.sample(sorted(world.turns), len(world.turns) // 2):
        del world.turns[visitor]


def a_browser_is_erased(world: World) -> None:
    """All its rows are taken out of raw, as nothing but a wish to be forgotten does."""
    visitor = world.draw.choice([e.visitor for e in world.events if e.visitor])
    world.erased.add(visitor)
    world.events = [e for e in world.events if e.visitor != visitor]


def nothing(world: World) -> None:
    """An empty night."""


HAPPENINGS: tuple[Happening, ...] = (
    new_visits,
    late_visits,
    late_events_within_visits,
    events_sent_twice,
    events_twice_in_a_file,
    an_older_export_comes_late,
    a_day_is_restated,
    events_are_corrected,
    events_lose_their_browser,
    events_turn_out_to_be_of_machines,
    events_have_no_key,
    the_other_tracker_wins_a_day,
    somebody_signs_in,
    browsers_are_of_one_person_again,
    a_browser_is_erased,
)


def next_night(world: World) -> list[str]:
    """Let a day pass; the names of what happened, nothing included."""
    world.night += 1
    world.files, world.erased = [], set()
    if world.night == 1:
        chosen: list[Happening] = [new_visits, late_visits]
    else:
        chosen = world.draw.sample(HAPPENINGS, world.draw.choice((0, 1, 2, 2, 3, 4)))
    for happening in chosen or [nothing]:
        happening(world)
    return [happening.__name__ for happening in chosen or [nothing]]
