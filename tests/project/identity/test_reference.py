"""The models of intermediate/identity find what the plain reference finds, on 500 small worlds.

One build handles all worlds: each identifier names its world, so nothing ever joins two of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from tests.project.identity import worlds
from tests.project.identity.reference import World, identify
from tests.project.identity.written import HOUSEHOLD, MODELS, MOST, build, record_id, write

WORLDS = tuple(worlds.small(number) for number in range(500))
HUB, CHAIN = worlds.call_centre(10_000), worlds.chain(1000)
Groups = set[frozenset[str]]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All worlds in one warehouse, identified by the project's own models."""
    folder = tmp_path_factory.mktemp("identity")
    database = folder / "customer360.duckdb"
    write(database, enumerate((*WORLDS, HUB, CHAIN)))
    build(database, *MODELS)
    return database


def found(warehouse: Path, sql: str) -> dict[str, str]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return dict(connection.execute(sql).fetchall())


def groups(who: Mapping[str, object]) -> Groups:
    members = defaultdict(set)
    for unit, person in who.items():
        members[person].add(unit)
    return {frozenset(units) for units in members.values()}


def expected(number: int, world: World) -> dict[str, object]:
    """What the reference says, with the ids of the warehouse, apart for each world."""
    web = {e.record: f"web_identity_id:{record_id(e.identifiers)}" for e in world.events}
    who: dict[str, object] = {}
    for unit, person in identify(world, MOST, HOUSEHOLD).items():
        kind, _, name = unit.partition(" ")
        own, part = name, ""
        if kind == "record" and name.startswith("web") and name not in web:
            own, _, part = name.rpartition("-")
        place = f"{name}w{number}" if kind == "seat" else web.get(own, own) + (part and f"-{part}")
        who[f"{kind} {place}"] = (number, person)
    return who


RECORDS = """
select distinct 'record ' || source_record_id, customer_id
from intermediate.int_identifiers_explained
"""
SEATS = """
select 'seat ' || events.event_id, spells.customer_id
from intermediate.int_web_events_unioned as events
inner join intermediate.int_cookie_spells as spells
    on spells.anonymous_id = events.anonymous_id
    and (spells.starts_at is null or spells.starts_at <= events.occurred_at)
    and (spells.ends_at is null or spells.ends_at > events.occurred_at)
where not events.is_bot
"""


@pytest.fixture(scope="module")
def answers(warehouse: Path) -> dict[str, str]:
    return found(warehouse, RECORDS) | found(warehouse, SEATS)


def test_the_models_agree_with_the_reference_on_random_worlds(answers: dict[str, str]) -> None:
    wrong = []
    for number, world in enumerate(WORLDS):
        who = expected(number, world)
        if groups({unit: answers.get(unit, "") for unit in who}) != groups(who):
            wrong.append(number)

    assert not wrong


def test_no_record_is_known_to_one_of_them_only(answers: dict[str, str]) -> None:
    every = {
        unit
        for number, world in enumerate((*WORLDS, HUB, CHAIN))
        for unit in expected(number, world)
    }

    assert {unit for unit in answers if unit.startswith("record ")} <= every <= set(answers)


def test_the_worlds_have_every_kind_of_case(warehouse: Path) -> None:
    counts = found(
        warehouse,
        "select link_reason, count(*) from intermediate.int_identifiers_explained group by 1",
    )

    assert set(counts) == {
        *("own", "shared", "same_name", "nameless", "cut_by_time", "seen_at_browser"),
        *("guarded", "role"),
    }
    assert all(int(count) > 50 for count in counts.values())


def test_a_number_of_ten_thousand_people_joins_nobody(answers: dict[str, str]) -> None:
    callers = {answers[f"record {record.own}"] for record in HUB.records}

    assert len(callers) == len(HUB.records)


def test_a_chain_of_a_thousand_records_is_one_customer(answers: dict[str, str]) -> None:
    assert len({answers[f"record {record.own}"] for record in CHAIN.records}) == 1
