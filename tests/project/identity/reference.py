"""Identity the plain way, a record at a time: what the models of intermediate/identity must find.

Sets are united, then names and guards asked, then each browser's time is cut. It shares no line
with the SQL and is read beside DECISIONS.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

PERSON = {"order_id", "lead_id", "web_identity_id", "email", "user_id", "shop_customer_id"}
NAME = {"phone", "order_user_id"}
BROWSER = {"anonymous_id", "device_id"}
VISIT_GAP = 30
BARE = 2  # a record with its own id and one more
DENIED_LOCAL_PARTS = {"info"}
DENIED_NAMES = {"guest", "mr"}

Pair = tuple[str, str]  # type and value of an identifier
Key = tuple[str, ...]  # the same, with a name where it needs one
Keys = dict[str, set[Key]]


@dataclass(frozen=True)
class Record:
    """A source record: its own id, identifiers of type and value, and the name it bears."""

    own: str
    identifiers: tuple[Pair, ...]
    name: str | None = None


@dataclass(frozen=True)
class Event:
    """A web event: who it says is there and the tokens it tells of; minutes of a clock."""

    number: int
    minute: int
    identifiers: tuple[Pair, ...]
    tokens: tuple[Pair, ...] = ()
    is_bot: bool = False

    @property
    def cookie(self) -> Pair | None:
        return next((i for i in self.identifiers if i[0] == "anonymous_id"), None)

    @property
    def user(self) -> str | None:
        return next((i[1] for i in self.identifiers if i[0] == "user_id"), None)

    @property
    def record(self) -> str:
        return "web_identity_id:" + "/".join(f"{k}={v}" for k, v in sorted(self.identifiers))


@dataclass(frozen=True)
class World:
    """What the sources of one world tell: `carried` are records with their tokens, `merges` the
    record that survived with the one merged into it."""

    records: tuple[Record, ...]
    events: tuple[Event, ...] = ()
    carried: tuple[tuple[str, Pair], ...] = ()
    merges: tuple[tuple[str, str], ...] = ()


@dataclass
class Sets:
    """Union and find."""

    parents: dict[Key, Key] = field(default_factory=dict)

    def find(self, item: Key) -> Key:
        self.parents.setdefault(item, item)
        while self.parents[item] != item:
            self.parents[item] = self.parents[self.parents[item]]
            item = self.parents[item]
        return item

    def unite(self, items: Iterable[Key]) -> None:
        for one, other in pairwise([self.find(item) for item in items]):
            self.parents[self.find(one)] = self.find(other)


@dataclass(frozen=True)
class Match:
    """An event that tells, by a kind of token, of a record."""

    event: Event
    kind: str
    token: Key
    own: str


def identify(world: World, most: int, household: int) -> dict[str, Key]:
    """Who each record is, each part of a visitor's record, and who sat there at each event."""
    events = [event for event in world.events if not event.is_bot]
    records = {r.own: r for r in world.records}
    records |= {e.record: Record(e.record, e.identifiers) for e in events}
    matches = list(matched(world, events, most))
    ids = carried_by(world, records, matches)
    banned = guarded(ids, most)
    ids = {own: mine - banned for own, mine in ids.items()}
    names = {own: words for own, r in records.items() if (words := words_of(r.name))}
    keys = {own: linking_keys(own, ids, names, household) for own in ids}
    visitors = {own for own in keys if is_web(own) and keys[own] == {split(own)}}

    people, browsers = Sets(), Sets()
    for own, mine in ids.items():
        if own not in visitors:
            people.unite([split(own), *keys[own]])
        seats = sorted(i for i in mine if i[0] in BROWSER)
        for group in [seats] if is_web(own) else [[seat] for seat in seats]:
            browsers.unite(group)
    known = {own: ids[own] for own in ids if own not in visitors}
    join_namesakes(people, browsers, known, names, household)

    there = defaultdict(set)
    for own, mine in known.items():
        for seat in (i for i in mine if i[0] in BROWSER):
            there[browsers.find(seat)].add(people.find(split(own)))
    browser_of = {
        e.record: next((browsers.find(i) for i in ids[e.record] if i[0] in BROWSER), None)
        for e in events
    }
    turns = {
        browser: [(-1, next(iter(sitters)))]
        if len(sitters) == 1
        else cut(
            [e for e in events if browser_of[e.record] == browser],
            told(
                [
                    (1, event.minute, event.record)
                    for event in events
                    if browser_of[event.record] == browser and event.record not in visitors
                ]
                + tokens_told(browser, matches, browsers),
                people,
            ),
        )
        for browser, sitters in there.items()
    }

    found = {f"record {own}": people.find(split(own)) for own in known}
    for event in events:
        browser = browser_of[event.record]
        if browser is None:
            alone: Key = ("visitor", event.record)
            found |= {f"record {event.record}": alone} if event.record in visitors else {}
            continue
        spells = turns.get(browser, [])
        turn = max((n for n, (start, _) in enumerate(spells) if start <= event.minute), default=0)
        sitter = spells[turn][1] if spells else ("browser", *browser)
        if event.record in visitors:
            found[f"record {event.record}" + (f"-{turn + 1}" if turn else "")] = sitter
        if event.cookie in browsers.parents:
            found[f"seat {event.number}"] = sitter
    return found


def split(own: str) -> Pair:
    kind, _, value = own.partition(":")
    return kind, value


def is_web(own: str) -> bool:
    return own.startswith("web_identity_id:")


def matched(world: World, events: list[Event], most: int) -> Iterable[Match]:
    """An order's tokens are one order's, an ad's click one cookie's, a mail's link a few's."""
    owners: dict[Key, set[str]] = defaultdict(set)
    cookies: dict[Key, set[Key]] = defaultdict(set)
    for own, token in world.carried:
        owners[token].add(own)
    for event in events:
        for token in event.tokens:
            cookies[token] |= {event.cookie} if event.cookie else set()
    limits = {"click_id": 1, "email_click_id": most}
    for event in (e for e in events if e.cookie or e.user):
        for token in event.tokens:
            limit = limits.get(token[0])
            count = len(owners[token]) if limit is None else len(cookies[token])
            if 0 < count <= (limit or 1):
                yield from (Match(event, token[0], token, own) for own in owners[token])


def carried_by(world: World, records: Mapping[str, Record], matches: list[Match]) -> Keys:
    """The identifiers of each record that anything may be concluded from."""
    ids: Keys = defaultdict(set)
    for own, record in records.items():
        ids[own] |= {split(own), *record.identifiers}
    for survivor, merged in world.merges:
        ids[survivor] |= {split(survivor), split(merged)}
    bought = [m for m in matches if m.kind in ("order_id", "checkout_token") and m.event.user]
    for match in matches:
        ids[match.own] |= {match.event.cookie} if match.event.cookie else set()
    for match in bought:
        ids[match.own].add(("order_user_id", str(match.event.user)))
    buyers = {match.event.user for match in bought}
    for own in filter(is_web, records):
        ids[own] |= {("order_user_id", v) for k, v in ids[own] if k == "user_id" and v in buyers}
    return {own: {i for i in mine if not is_denied(i)} for own, mine in ids.items()}


def is_denied(identifier: Key) -> bool:
    kind, value = identifier
    return kind == "email" and value.partition("@")[0] in DENIED_LOCAL_PARTS


def guarded(ids: Keys, most: int) -> set[Key]:
    """Identifiers that would bring together too many others, or too many bare records."""
    near = defaultdict(set)
    for own, mine in ids.items():
        for one in mine - {split(own)}:
            is_bare = len(mine) == BARE and one[0] != "shop_customer_id"
            for other in mine - {one} - (set() if is_bare else {split(own)}):
                near[one, other[0]].add(other)
    return {
        one
        for (one, kind), others in near.items()
        if len(others) > most * (10 if kind in BROWSER else 1)
    }


def words_of(name: str | None) -> list[str]:
    """The words of a person's name; none for an initial, a form of address or a placeholder."""
    words = re.sub(r"[.-]", "", (name or "").lower()).split()
    return words if words and len(words[0]) > 1 and words[0] not in DENIED_NAMES else []


def full_name(words: list[str]) -> str | None:
    return " ".join(words) if len(words) > 1 and len(words[1]) > 1 else None


def linking_keys(own: str, ids: Keys, names: Mapping[str, list[str]], household: int) -> set[Key]:
    """What a record links by: its identifiers, shared ones only together with a name."""
    keys = {i for i in ids[own] if i[0] in PERSON}
    for shared in (i for i in ids[own] if i[0] in NAME):
        given = {given_name(o, ids, names) for o in ids if shared in ids[o]} - {None}
        name = given_name(own, ids, names)
        if len(given) > household:
            name = full_name(names.get(own, []))
        if len(given) <= 1 or name:
            keys.add(shared if len(given) <= 1 else (*shared, str(name)))
    return keys


def given_name(own: str, ids: Keys, names: Mapping[str, list[str]]) -> str | None:
    """The record's, or else the only one beside an address or account of its own."""
    if own in names:
        return names[own][0]
    mine = {i for i in ids[own] - {split(own)} if i[0] in PERSON}
    lent = {names[o][0] for o in names if mine & (ids[o] - {split(o)})}
    return lent.pop() if len(lent) == 1 else None


def join_namesakes(
    people: Sets, browsers: Sets, known: Keys, names: Mapping[str, list[str]], household: int
) -> None:
    """Unite whom a browser saw under one full name, unless two of them signed in there."""
    there, signed_in = defaultdict(set), set()
    called: dict[Key, set[str | None]] = defaultdict(set)
    for own, mine in known.items():
        person = people.find(split(own))
        called[person] |= {full_name(names.get(own, []))} - {None}
        for seat in (i for i in mine if i[0] in BROWSER):
            there[browsers.find(seat)].add(person)
            if is_web(own) and any(kind == "user_id" for kind, _ in mine):
                signed_in.add((browsers.find(seat), person))
    namesakes = defaultdict(list)
    for browser, sitters in there.items():
        for person in sitters if len(sitters) <= household else ():
            for name in called[person]:
                namesakes[browser, name].append(person)
    for (browser, _), group in namesakes.items():
        if sum((browser, person) in signed_in for person in group) <= 1:
            people.unite(group)


def tokens_told(browser: Key, matches: list[Match], browsers: Sets) -> list[tuple[int, int, str]]:
    """Rank, minute and record; of a token told again and again only the first and last time."""
    seen = defaultdict(list)
    for match in matches:
        cookie = match.event.cookie
        if cookie and cookie in browsers.parents and browsers.find(cookie) == browser:
            seen[match.own, match.token, cookie, match.event.user].append(match.event.minute)
    return [
        (3 if token[0] == "click_id" else 2, minute, own)
        for (own, token, _, _), minutes in seen.items()
        for minute in (min(minutes), max(minutes))
    ]


def told(moments: list[tuple[int, int, str]], people: Sets) -> dict[int, set[Key]]:
    """Whom each minute tells of: the event itself before its tokens, an ad's click last."""
    best: dict[int, int] = {}
    for rank, minute, _ in sorted(moments, reverse=True):
        best[minute] = rank
    return {
        minute: {people.find(split(own)) for r, m, own in moments if (r, m) == (rank, minute)}
        for minute, rank in best.items()
    }


def cut(events: list[Event], moments: Mapping[int, set[Key]]) -> list[tuple[int, Key]]:
    """The turns at a browser of several people: from when, and who."""
    minutes = sorted({event.minute for event in events})
    begun = dict(zip(minutes, minutes, strict=True))
    for before, minute in pairwise(minutes):
        begun[minute] = minute if minute - before > VISIT_GAP else begun[before]
    turns: list[tuple[int, Key]] = []
    last = -1
    for minute in sorted(m for m in moments if len(moments[m]) == 1):
        (person,) = moments[minute]
        if not turns or turns[-1][1] != person:
            start = begun[minute] if begun.get(minute, -1) > last else minute
            turns.append((start if turns else -1, person))
        last = minute
    return turns
