"""Scores of a past month are those that the marts told on its last day, whatever came after.

A made-up shop exports at each month's end. Orders are refunded, cancelled, corrected and voided
later, and what the marts of today say of past months is compared with marts built as of a day.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.landing_run import run_now
from pipelines.load import land
from pipelines.progress import Progress
from pipelines.sources.shopify import ORDER_LINES

PROJECT = Path(__file__).parents[2]
FIRST, THEN, TODAY = date(2024, 1, 1), date(2024, 2, 29), date(2024, 4, 9)
NIGHTS = (date(2024, 1, 31), THEN, date(2024, 3, 31), TODAY)
CUSTOMERS, ORDERS = 40, 300
MARTS = ("customer_rfm", "customer_rfm_months")
COLUMNS = """
    as_of_date, customer_id, rfm_segment_name, recency_days, order_count, net_revenue,
    recency_score, frequency_score, monetary_score, last_order_date, recency_scoring,
    frequency_scoring, monetary_scoring
"""
Scores = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Order:
    """An order and what became of it, each on its day; a fate that no day has never came."""

    number: int
    customer: int
    placed: date
    subtotal: int
    refunded: date
    cancelled: date
    voided: date
    corrected: date

    def seen(self, night: date) -> dict[str, Any]:
        """What the shop knows of it at the end of a day."""
        return {
            "id": str(self.number),
            "email": f"customer{self.customer}@example.com",
            "subtotal": self.subtotal - (5 if self.corrected <= night else 0),
            "refunded": 3 if self.refunded <= night else 0,
            "cancelled_at": f"{self.cancelled} 10:00:00 +0000" if self.cancelled <= night else None,
            "status": "voided" if self.voided <= night else "paid",
            "created_at": f"{self.placed} 09:00:00 +0000",
        }


def orders() -> Iterator[Order]:
    chance = random.Random(1)  # noqa: S311 - the same world every time
    for number in range(ORDERS):
        placed = FIRST + timedelta(days=chance.randrange((TODAY - FIRST).days))
        later = [placed + timedelta(days=chance.randrange(60)) for _ in range(4)]
        fates = [day if chance.random() < 0.3 else date.max for day in later]
        customer = chance.randrange(CUSTOMERS)
        yield Order(number, customer, placed, 10 + chance.randrange(5) * 10, *fates)


def write_exports(folder: Path) -> None:
    """Each night's exports: two thirds of the orders come as a download, the rest from the API."""
    for night in NIGHTS:
        target = folder / "shopify" / "shop" / night.isoformat()
        target.mkdir(parents=True)
        placed = [order for order in orders() if order.placed <= night]
        write_download(target, [o.seen(night) for o in placed if o.number % 3])
        write_answer(target, [(o, o.seen(night)) for o in placed if not o.number % 3])


def write_download(target: Path, seen: list[dict[str, Any]]) -> None:
    header = [
        c.source if isinstance(c.source, str) else "Cancelled at" for c in ORDER_LINES.columns
    ]
    with (target / "orders_export_1.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, header, "")
        writer.writeheader()
        for order in seen:
            writer.writerow(
                {
                    "Id": order["id"],
                    "Name": f"#{order['id']}",
                    "Email": order["email"],
                    "Financial Status": order["status"],
                    "Currency": "EUR",
                    "Subtotal": order["subtotal"],
                    "Total": order["subtotal"],
                    "Refunded Amount": order["refunded"],
                    "Lineitem quantity": 1,
                    "Lineitem name": "Mug",
                    "Lineitem price": order["subtotal"],
                    "Cancelled at": order["cancelled_at"],
                    "Created at": order["created_at"],
                }
            )


def write_answer(target: Path, seen: list[tuple[Order, dict[str, Any]]]) -> None:
    documents = [
        {
            "id": int(now["id"]),
            "name": f"#{now['id']}",
            "email": now["email"],
            "created_at": now["created_at"],
            "updated_at": f"{target.name}T20:00:00Z",
            "cancelled_at": now["cancelled_at"],
            "currency": "EUR",
            "financial_status": now["status"],
            "subtotal_price": str(now["subtotal"]),
            "total_price": str(now["subtotal"]),
            "line_items": [{"id": 1, "quantity": 1, "price": str(now["subtotal"]), "name": "Mug"}],
            "refunds": [refund(order)] if now["refunded"] else [],
        }
        for order, now in seen
    ]
    (target / "orders.json").write_text(json.dumps({"orders": documents}))


def refund(order: Order) -> dict[str, Any]:
    payment = {"id": order.number, "kind": "refund", "status": "success", "amount": "3.00"}
    return {
        "id": order.number,
        "order_id": order.number,
        "created_at": f"{order.refunded}T12:00:00Z",
        "transactions": [payment],
    }


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a warehouse in which all nights' exports have landed, not built yet."""
    folder = tmp_path_factory.mktemp("rfm_months")
    write_exports(folder / "exports")
    address, database = str(folder / "exports"), folder / "customer360.duckdb"
    landed = land(address, database, folder / "landing", run_now("run-1"), Progress()).files
    assert {(file.status, file.rejected_row_count) for file in landed} == {("landed", 0)}
    return folder


def scored(warehouse: Path, as_of: date | None) -> dict[str, Scores]:
    """Build the marts as of a day, and give their rows."""
    variables = {"as_of": as_of and as_of.isoformat(), "rfm_window_months": 1}
    command = [sys.executable, "-m", "dbt.cli.main", "build", "--vars", json.dumps(variables)]
    places = ["--target-path", str(warehouse / "target"), "--log-path", str(warehouse / "logs")]
    chosen = [
        "--select",
        *(f"+{mart}" for mart in MARTS),
        "--exclude-resource-type",
        "test",
        "unit_test",
    ]
    database = str(warehouse / "customer360.duckdb")
    built = subprocess.run(
        [*command, *places, *chosen],
        cwd=PROJECT,
        env=os.environ | {"C360_WAREHOUSE": database, "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout
    with duckdb.connect(database, read_only=True) as connection:
        query = f"select {COLUMNS} from marts.{{}} order by all"
        return {mart: connection.execute(query.format(mart)).fetchall() for mart in MARTS}


def test_past_months_are_scored_as_they_were_on_their_last_day(warehouse: Path) -> None:
    then, today = scored(warehouse, THEN), scored(warehouse, None)

    assert then["customer_rfm"] == [row for row in then["customer_rfm_months"] if row[0] == THEN]
    assert then["customer_rfm_months"] == [
        row for row in today["customer_rfm_months"] if row[0] <= THEN
    ]
    assert len(then["customer_rfm_months"]) > CUSTOMERS
    assert {row[-3:] for row in today["customer_rfm_months"]} == {("quantiles",) * 3}
