"""Writes worlds into a warehouse as the tables that identity reads, and has dbt build on them."""

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

from tests.project.identity.reference import Event, Pair, Record, World

PROJECT = Path(__file__).parents[3]
MOST, HOUSEHOLD = 3, 2
START = datetime(2026, 1, 1)
MODELS = (
    "denied_identifiers",
    "denied_birth_dates",
    "identifier_types",
    "int_web_tokens_observed",
    "int_transactions_named",
    "int_browsers_matched",
    "int_names_normalised",
    "int_people_scored",
    "int_identifiers_observed+,path:models/intermediate/identity",
)
TABLES = {
    "int_contacts_observed": "source_record_id own_identifier_type own_identifier source_system"
    " anonymous_id user_id shop_customer_id device_id push_token loyalty_card email phone"
    " first_name last_name postal_code country_code birth_date:date first_seen_at:timestamp"
    " last_seen_at:timestamp",
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
TYPES = {"timestamp": pa.timestamp("us"), "boolean": pa.bool_(), "date": pa.date32()}
Row = dict[str, Any]
UNTESTED = ("--exclude-resource-type", "test", "unit_test")
Since = Mapping[str, datetime]  # when a record was first seen, where it was not at the start
NO_TIMES: Since = {}


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


def web_record(event: Event) -> Record:
    return Record(f"web_identity_id:{record_id(event.identifiers)}", event.identifiers)


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


def told(number: int, world: World, since: Since) -> Iterator[tuple[str, Row]]:
    """The rows of every table that a world fills."""
    visitors = {web_record(event) for event in world.events if not event.is_bot}
    for system, records in (("s", world.records), ("web", visitors)):
        for record in records:
            yield "int_contacts_observed", contact(record, since.get(record.own, START), system)
    yield from (("int_web_events_unioned", web_event(e, number)) for e in world.events)
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


def write(database: Path, worlds: Iterable[tuple[int, World]], since: Since = NO_TIMES) -> None:
    """Replace what the sources tell by what these worlds tell."""
    rows = defaultdict(list)
    for number, world in worlds:
        for table, row in told(number, world, since):
            rows[table].append(row)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema if not exists intermediate")
        for table, columns in TABLES.items():
            write_table(connection, table, columns.split(), rows[table])


def write_table(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], rows: list[Row]
) -> None:
    typed = [(name, kind or "varchar") for name, _, kind in (c.partition(":") for c in columns)]
    schema = pa.schema((name, TYPES.get(kind, pa.string())) for name, kind in typed)
    connection.register("given", pa.Table.from_pylist(rows, schema=schema))
    connection.execute(f"create or replace table intermediate.{table} as select * from given")
    connection.unregister("given")


def build(database: Path, *models: str, options: tuple[str, ...] = (), **variables: object) -> None:
    """Have dbt build these models, untested, with the limits of small worlds."""
    limits = {"max_records_per_identifier": MOST, "max_people_per_household": HOUSEHOLD}
    command = [sys.executable, "-m", "dbt.cli.main", "build", "--select", *models]
    target = ["--target-path", str(database.parent)]
    built = subprocess.run(
        [*command, *target, *UNTESTED, *options, "--vars", json.dumps(limits | variables)],
        cwd=PROJECT,
        env=os.environ | {"C360_WAREHOUSE": str(database), "DBT_LOG_PATH": str(database.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout
