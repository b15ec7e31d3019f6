"""The models of intermediate/identity find what the plain reference finds, on 500 small worlds.

One build handles all worlds: each identifier names its world, so nothing ever joins two of them.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tests.project.identity import worlds
from tests.project.identity.reference import Event, Pair, Record, World, identify

PROJECT = Path(__file__).parents[3]
MOST, HOUSEHOLD = 3, 2
WORLDS = tuple(worlds.small(number) for number in range(500))
HUB, CHAIN = worlds.call_centre(10_000), worlds.chain(1000)
START = datetime(2026, 1, 1)
MODELS = (
    "denied_identifiers",
    "identifier_types",
    "int_web_tokens_observed",
    "int_transactions_named",
    "int_browsers_matched",
    "int_names_normalised",
    "int_identifiers_observed+,path:models/intermediate/identity",
)
TABLES = {
    "int_contacts_observed": "source_record_id own_identifier_type own_identifier source_system"
    " anonymous_id user_id shop_customer_id device_id push_token loyalty_card email phone"
    " first_name last_name first_seen_at:timestamp last_seen_at:timestamp",
    "int_web_events_unioned": "event_id anonymous_id user_id email phone device_id device_token"
    " order_id checkout_token cart_token event_kind click_id click_id_kind is_bot:boolean"
    " occurred_at:timestamp",
    "int_tokens_carried": "source_record_id identifier_type identifier first_seen_at:timestamp"
    " last_seen_at:timestamp",
    "int_orders_unioned": "order_id shop_order_id order_name",
    "int_message_recipients_observed": "own_identifier_type own_identifier device_id push_token"
    " first_seen_at:timestamp last_seen_at:timestamp",
    "int_merges_unioned": "source_record_id identifier_type identifier merged_at:timestamp",
}
Row = dict[str, Any]
Groups = set[frozenset[str]]


def record_id(identifiers: Iterable[Pair]) -> str:
    """The web record of an event, as the macro web_identity_id names it."""
    said = dict(identifiers)
    kinds = ("anonymous_id", "user_id", "email", "phone")
    text = "|".join(said.get(kind, "") for kind in kinds)
    device = f"|device {said['device_id']}" if "device_id" in said else ""
    return hashlib.md5((text + device).encode(), usedforsecurity=False).hexdigest()


def contact(record: Record, moment: datetime, system: str) -> Row:
    kind, _, value = record.own.partition(":")
    first, _, last = (record.name or "").partition(" ")
    return {
        "source_record_id": record.own,
        "own_identifier_type": kind,
        "own_identifier": value,
        "source_system": system,
        "first_name": first or None,
        "last_name": last or None,
        "first_seen_at": moment,
        "last_seen_at": moment,
        **dict(record.identifiers),
    }


def web_record(event: Event) -> Row:
    own = f"web_identity_id:{record_id(event.identifiers)}"
    return contact(Record(own, event.identifiers), START, "web")


def web_event(event: Event, world: int) -> Row:
    tokens: Row = {}
    for kind, value in event.tokens:
        if kind.endswith("click_id"):
            tokens |= {"click_id": value, "click_id_kind": CLICKS[kind]}
        else:
            tokens[kind] = value
    return {
        "event_id": f"{event.number}w{world}",
        "occurred_at": START + timedelta(minutes=event.minute),
        "is_bot": event.is_bot,
        **dict(event.identifiers),
        **tokens,
    }


CLICKS = {"click_id": "gclid", "email_click_id": "_kx"}


def told(number: int, world: World) -> Iterator[tuple[str, Row]]:
    """The rows of every table that a world fills."""
    yield from (("int_contacts_observed", contact(r, START, "s")) for r in world.records)
    yield from (("int_web_events_unioned", web_event(e, number)) for e in world.events)
    seen = {record_id(e.identifiers): e for e in world.events if not e.is_bot}
    yield from (("int_contacts_observed", web_record(event)) for event in seen.values())
    for own, (kind, value) in world.carried:
        if kind == "order_id":
            yield "int_orders_unioned", {"order_id": value, "shop_order_id": value}
        else:
            identifier = f"{CLICKS[kind]}:{value}" if kind in CLICKS else value
            row = {"source_record_id": own, "identifier_type": kind, "identifier": identifier}
            yield "int_tokens_carried", row
    for survivor, merged in world.merges:
        kind, _, value = merged.partition(":")
        row = {"source_record_id": survivor, "identifier_type": kind, "identifier": value}
        yield "int_merges_unioned", row | {"merged_at": START}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All worlds in one warehouse, identified by the project's own models."""
    folder = tmp_path_factory.mktemp("identity")
    database = folder / "customer360.duckdb"
    rows = defaultdict(list)
    for number, world in enumerate((*WORLDS, HUB, CHAIN)):
        for table, row in told(number, world):
            rows[table].append(row)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema intermediate")
        for table, columns in TABLES.items():
            write(connection, table, columns.split(), rows[table])
    variables = {"max_records_per_identifier": MOST, "max_people_per_household": HOUSEHOLD}
    command = [sys.executable, "-m", "dbt.cli.main", "build", "--select", *MODELS]
    options = ["--exclude-resource-type", "test", "unit_test", "--target-path", str(folder)]
    built = subprocess.run(
        [*command, *options, "--vars", json.dumps(variables)],
        cwd=PROJECT,
        env=os.environ | {"C360_WAREHOUSE": str(database), "DBT_LOG_PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout
    return database


def write(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], rows: list[Row]
) -> None:
    typed = [(name, kind or "varchar") for name, _, kind in (c.partition(":") for c in columns)]
    schema = pa.schema(
        (name, {"timestamp": pa.timestamp("us"), "boolean": pa.bool_()}.get(kind, pa.string()))
        for name, kind in typed
    )
    connection.register("given", pa.Table.from_pylist(rows, schema=schema))
    connection.execute(f"create table intermediate.{table} as select * from given")
    connection.unregister("given")


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
