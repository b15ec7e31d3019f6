"""JSON exports: lines, arrays, wrapped responses, nested rows, keyed values."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.exports.declare import (
    ID,
    INTEGER,
    JSON,
    MONEY,
    TEXT,
    TIMESTAMP,
    Column,
    Constant,
    Export,
    InPath,
    Keyed,
)
from pipelines.exports.query import Stamp
from pipelines.exports.read import read_stored
from pipelines.exports.reading import Reading
from pipelines.exports.workspace import Workspace
from tests.pipelines.exports.conftest import rows

ORDERS = Export(
    vendor="shop",
    name="orders",
    title="Shop orders",
    files=("*.json*",),
    shape="documents",
    wrappers=("orders", "order"),
    columns=(
        Column("id", "order_id", ID, filled=True),
        Column(("email", "customer.email"), "email", TEXT),
        Column("total", "total_amount", MONEY),
        Column("created at", "ordered_at", TIMESTAMP),
        Column("tags", "tags", JSON),
        Column(Keyed("notes", "utm_source", "name"), "utm_source"),
        Column(Constant("shop"), "shop"),
    ),
    dated_by="ordered_at",
)
LINES = Export(
    vendor="shop",
    name="order_lines",
    title="Shop order lines",
    files=("*.json*",),
    shape="documents",
    wrappers=("orders", "order"),
    each="lines",
    columns=(
        Column("^id", "order_id", ID, filled=True),
        Column("#", "position", INTEGER, filled=True),
        Column("sku", "sku"),
        Column("quantity", "quantity", INTEGER),
    ),
)
REFUND_LINES = Export(
    vendor="shop",
    name="refund_lines",
    title="Shop refund lines",
    files=("*.json*",),
    shape="documents",
    each="refunds.items",
    wrappers=("orders", "order"),
    columns=(
        Column("^^id", "order_id", ID, filled=True),
        Column("^id", "refund_id", ID, filled=True),
        Column("sku", "sku"),
    ),
)
ALL = (ORDERS, LINES, REFUND_LINES)

FIRST: dict[str, Any] = {
    "id": 20250000000000001,
    "email": "ada@example.com",
    "total": "12.50",
    "created at": "2026-06-01T10:00:00+02:00",
    "tags": ["vip", "é"],
    "notes": [{"name": "x", "value": "1"}, {"name": "utm_source", "value": "news"}],
    "lines": [{"sku": "a", "quantity": 2}, {"sku": "b", "quantity": "1"}],
    "refunds": [{"id": 7, "items": [{"sku": "a"}, {"sku": "b"}]}, {"id": 8, "items": []}],
}
SECOND: dict[str, Any] = {
    "id": "B",
    "customer": {"email": "bo@example.com"},
    "total": 3,
    "lines": [],
}


def _read(folder: Path, content: str, exports: tuple[Export, ...] = ALL) -> list[Reading]:
    path = folder / "orders.json"
    path.write_text(content, encoding="utf-8")
    return list(read_stored(path, exports, Workspace(folder / "work")))


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([FIRST, SECOND]),
        json.dumps({"orders": [FIRST, SECOND]}, indent=2),
        json.dumps(FIRST) + "\n" + json.dumps(SECOND) + "\n",
        json.dumps({"order": FIRST}) + "\r\n\r\n" + json.dumps({"order": SECOND}),
        "\ufeff" + json.dumps([FIRST, SECOND], ensure_ascii=False),
    ],
    ids=["array", "wrapped", "lines", "wrapped lines", "marked"],
)
def test_the_same_orders_are_read_from_every_arrangement(tmp_path: Path, content: str) -> None:
    orders, lines, refund_lines = _read(tmp_path, content)

    assert rows(orders, "order_id", "email", "total_amount", "utm_source", "shop") == [
        ("20250000000000001", "ada@example.com", Decimal("12.5"), "news", "shop"),
        ("B", "bo@example.com", Decimal(3), None, "shop"),
    ]
    assert rows(lines, "order_id", "position", "sku", "quantity") == [
        ("20250000000000001", 1, "a", 2),
        ("20250000000000001", 2, "b", 1),
    ]
    assert rows(refund_lines, "order_id", "refund_id", "sku") == [
        ("20250000000000001", "7", "a"),
        ("20250000000000001", "7", "b"),
    ]
    assert json.loads(rows(orders, "tags")[0][0]) == ["vip", "é"]


def test_lines_keep_their_line_and_array_elements_their_number(tmp_path: Path) -> None:
    in_lines, *_ = _read(tmp_path, json.dumps(FIRST) + "\n\n" + json.dumps(SECOND) + "\n")
    in_array, *_ = _read(tmp_path, json.dumps([FIRST, SECOND], indent=1))

    assert rows(in_lines, "_line") == [(1,), (3,)]
    assert in_lines.skipped == {"blank": 1}
    assert rows(in_array, "_line") == [(1,), (2,)]


def test_documents_that_cannot_be_typed_or_parsed_are_rejected_with_their_line(
    tmp_path: Path,
) -> None:
    events = Export(
        "web", "events", "Events", ("*.json",), (Column("id", "id", ID, filled=True),
        Column("at", "happened_at", TIMESTAMP)), "documents",
    )  # fmt: skip
    content = '{"id": 1}\n{"id": 2, "at": "soon"}\n{"at": "2026-06-01"}\n{"id": 4,\n{"id": 5}'

    reading = _read(tmp_path, content, (events,))[0]

    assert [(r.line, r.column, r.reason) for r in reading.rejects] == [
        (2, "happened_at", "is not a point in time"),
        (3, "id", "is missing"),
        (4, None, "is not valid JSON"),
    ]
    assert rows(reading, "id", "_line") == [("1", 1), ("5", 5)]


def test_documents_of_another_kind_are_skipped_by_name(tmp_path: Path) -> None:
    columns = (Column("id", "id", ID, filled=True),)
    profiles = Export(
        "mail", "profiles", "Profiles", ("*.json",), columns, "documents",
        where=("type", ("profile",)),
    )  # fmt: skip
    content = '{"type": "profile", "id": 1}\n{"type": "event", "id": 2}\n{"id": 3}\n'

    reading = _read(tmp_path, content, (profiles,))[0]

    assert rows(reading, "id") == [("1",)]
    assert reading.skipped == {"other kind": 2}


def test_what_a_path_says_counts_where_the_document_does_not_say_it(tmp_path: Path) -> None:
    kind = InPath(re.compile(r"kind=(?P<value>\w+)"), unless="kind")
    export = replace(ORDERS, columns=(*ORDERS.columns, Column(kind, "kind", filled=True)))
    path = tmp_path / "orders.jsonl"
    returned = SECOND | {"kind": "return"}

    def kinds(stored: str, *orders: dict[str, Any]) -> list[Any]:
        path.write_text("".join(f"{json.dumps(order)}\n" for order in orders))
        workspace = Workspace(tmp_path / "work")
        [reading] = read_stored(path, [export], workspace, Stamp(path=stored))
        return rows(reading, "kind")

    assert kinds("shop/kind=sale/orders.jsonl", FIRST, returned) == [("sale",), ("return",)]
    assert kinds("shop/kind=sale/orders.jsonl", FIRST) == [("sale",)]
    assert kinds("shop/orders.jsonl", FIRST, returned) == [("return",)]


def test_nested_parquet_is_read_like_json(tmp_path: Path) -> None:
    table = pa.Table.from_pylist(
        [
            {"id": "A", "total": 1.5, "lines": [{"sku": "x", "quantity": 1}]},
            {"id": "B", "total": 2.5, "lines": []},
        ]
    )
    pq.write_table(table, tmp_path / "orders.parquet")

    readings = list(
        read_stored(tmp_path / "orders.parquet", [ORDERS, LINES], Workspace(tmp_path / "work"))
    )

    assert rows(readings[0], "order_id", "total_amount") == [
        ("A", Decimal("1.5")),
        ("B", Decimal("2.5")),
    ]
    assert rows(readings[1], "order_id", "sku") == [("A", "x")]


def test_an_object_of_no_declared_export_is_refused(tmp_path: Path) -> None:
    refused = _read(tmp_path, '{"cart": {"token": 1}}')[0]

    assert "no document at its start has the fields of Shop orders" in str(refused.refusal)


def test_documents_may_belong_by_what_they_lack(tmp_path: Path) -> None:
    people = Export(
        "shop", "people", "People", ("*.json",), (Column("id", "id", ID, filled=True),),
        "documents", where=("total", ()),
    )  # fmt: skip
    [reading] = _read(tmp_path, '{"id": 1}\n{"id": 2, "total": 3}\n', (people,))

    assert rows(reading, "id") == [("1",)]
    assert reading.skipped == {"other kind": 1}


def test_fields_a_structure_cannot_hold_together_are_all_found(tmp_path: Path) -> None:
    notes = {"ID": "upper", "id": "lower", "of": {"name": "in object"}}
    document = {"kind": "note", "notes": [{"name": "a", "value": 1}], **notes}
    columns = (
        Column("kind", "kind", filled=True),
        Column("ID", "upper"),
        Column("id", "lower"),
        Column("of", "object", JSON),
        Column("of.name", "name"),
        Column("notes", "notes", JSON),
        Column(Keyed("notes", "a", "name"), "of_a"),
        Column(Keyed("notes", "a", "name", ("name",)), "key_of_a"),
    )
    export = Export("shop", "notes", "Notes", ("*.json",), columns, "documents")

    [reading] = _read(tmp_path, json.dumps(document), (export,))

    assert rows(reading, "upper", "lower", "name", "of_a", "key_of_a") == [
        ("upper", "lower", "in object", "1", "a")
    ]
    assert rows(reading, "object", "notes") == [
        ('{"name":"in object"}', '[{"name":"a","value":1}]')
    ]


def test_the_first_of_equal_keys_counts_and_an_absent_one_is_null(tmp_path: Path) -> None:
    values = [{"name": "utm_source", "value": v} for v in (None, "second")]
    lines = [{"id": "A", "notes": values}, {"id": "B", "notes": values[::-1]}, {"id": "C"}]

    [reading, *_] = _read(tmp_path, "\n".join(json.dumps(line) for line in lines))

    assert sorted(rows(reading, "order_id", "utm_source")) == [
        ("A", None),
        ("B", "second"),
        ("C", None),
    ]
