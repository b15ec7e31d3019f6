"""What a later export takes from the credits, and the credits of a past night, asked for again.

To the published night's exports come those of two later days: orders with refunds, and then other
orders, visits and leads. What is built as of the first differs from the night by the refunds; what
is built as of the night's own day does not differ.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from pipelines.landing_run import run_now
from pipelines.load import land
from pipelines.progress import Progress
from tests.project.night.nights import BUILT, PROJECT, Told, environment, rows, truth

LAST, REFUNDING, LATER = "2026-06-30", "2026-07-07", "2026-07-14"
WAREHOUSE = "customer360.duckdb"
CENT, LEAST = Decimal("0.01"), Decimal(20)
PARTS = (CENT, Decimal("10.01"), None)
SHOPS = {"EUR": "eu", "USD": "us"}
KINDS = {"order", "first_order", "order_7_days", "order_90_days", "order_margin"}

# Other orders of the same people, visits before theirs, and all contacts qualified, or earlier so
LATE = {
    f"shopify/eu/{LAST}/orders_export_1.csv": {r'(?m)^"#': '"#9', r",5500(?=\d{9},)": ",9900"},
    "web/2026-06-02/segment_2026-05-24.jsonl.gz": {
        '"ajs-': '"late-',
        r"2026-05-\d\d(?=T)": "2026-05-23",
    },
    f"hubspot/{LAST}/hubspot-crm-exports-all-contacts-{LAST}.csv": {
        r",[\d :-]*,Marketing contact,([\d :-]+),[\d :-]+,": (
            r",2026-05-20 09:00,Marketing contact,\1,2026-07-13 09:00,"
        )
    },
}

# By currency, the two orders with the most contacts and one with none
CHOSEN = """
    select shop_order_id, currency_code, order_date, original_net_revenue
    from marts.orders
    inner join marts.attribution_credits using (order_id)
    where
        list_contains($exported, shop_order_id)
        and is_counted and refunded_amount = 0 and gift_card_sold_amount = 0
        and original_net_revenue > $least
        and conversion_kind = 'order' and attribution_model = 'linear'
    group by shop_order_id, currency_code, order_date, original_net_revenue
    qualify row_number() over (
        partition by currency_code, count(touchpoint_id) = 0
        order by count(touchpoint_id) desc, shop_order_id
    ) <= if(count(touchpoint_id) = 0, 1, 2)
    order by shop_order_id
"""
RATE = """
    select rate_to_eur from exchange_rates
    where currency_code = '{}' and rate_date <= date '{}' order by rate_date desc limit 1
"""
REVENUE = """
    select attribution_model, conversion_kind, split_part(order_id, ':', 2), sum(credited_revenue)
    from marts.attribution_credits where order_id is not null group by all
"""
SHARES = "select * exclude (credited_revenue) from marts.attribution_credits order by all"
CREDITS = "select * from marts.attribution_credits order by all"

Order = list[dict[str, str]]
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Refund:
    """What is given back of an order: in its currency, and its worth in the reporting currency.

    earned  what the order earned before
    """

    order: str
    earned: Decimal
    amount: Decimal
    worth: Decimal


@pytest.fixture(scope="module")
def exported(world: Path) -> dict[str, Order]:
    """The lines of each order in the last downloads of both shops, by the order's id."""
    orders: dict[str, Order] = {}
    order = ""
    for path in (world / "exports" / "shopify").glob(f"*/{LAST}/orders_export_1.csv"):
        with path.open(newline="") as file:
            for line in csv.DictReader(file):
                order = line["Id"] or order
                orders.setdefault(order, []).append(line)
    return orders


@pytest.fixture(scope="module")
def refunds(world: Path, published: Told, exported: dict[str, Order]) -> list[Refund]:
    """A cent, a part, all that was earned, at the true rate of the order's day."""
    chosen = rows(published.root / BUILT, CHOSEN, exported=list(exported), least=LEAST)
    assert {currency for _, currency, *_ in chosen} == set(SHOPS)
    found = []
    for part, (order, currency, day, earned) in zip(cycle(PARTS), chosen, strict=False):
        rates = truth(world, RATE.format(currency, day)) or [(1,)]
        amount = part or earned
        worth = (amount / Decimal(rates[0][0])).quantize(CENT, ROUND_HALF_UP)
        found.append(Refund(order, earned, amount, worth))
    return found


@pytest.fixture(scope="module")
def landed(
    world: Path,
    published: Told,
    exported: dict[str, Order],
    refunds: list[Refund],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The folder of a warehouse in which the later exports have landed, not built yet."""
    folder = tmp_path_factory.mktemp("restated")
    shutil.copy(published.root / BUILT, folder / WAREHOUSE)
    for currency, shop in SHOPS.items():
        orders = [refunded_order(exported[r.order], r) for r in refunds]
        chosen = [lines for lines in orders if lines[0]["Currency"] == currency]
        write_download(folder / "exports" / "shopify" / shop / REFUNDING, chosen)
    for path, changes in LATE.items():
        write_changed(world / "exports" / path, folder / "exports" / path, changes)
    address, database = str(folder / "exports"), folder / WAREHOUSE
    files = land(address, database, folder / "landing", run_now("later"), Progress()).files
    assert {file.status for file in files} == {"landed"}
    assert len(files) == len(SHOPS) + len(LATE)
    return folder


def refunded_order(lines: Order, refund: Refund) -> Order:
    """The order after the refund, which gives back the tax of the goods as well."""
    shipping, total = (Decimal(lines[0][c]) for c in ("Shipping", "Total"))
    paid = refund.amount * (total - shipping) / refund.earned
    return [{**lines[0], "Refunded Amount": str(paid.quantize(CENT))}, *lines[1:]]


def write_download(target: Path, orders: list[Order]) -> None:
    target.mkdir(parents=True)
    with (target / "orders_export_1.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, orders[0][0])
        writer.writeheader()
        writer.writerows(line for order in orders for line in order)


def write_changed(source: Path, target: Path, changes: dict[str, str]) -> None:
    """A file's text under the later day, with changes that each are found in it."""
    content = source.read_bytes()
    text = (gzip.decompress(content) if source.suffix == ".gz" else content).decode()
    for pattern, replacement in changes.items():
        text, count = re.subn(pattern, replacement, text)
        assert count > 1, pattern
    folder = target.parent.parent / LATER
    folder.mkdir(parents=True)
    (folder / target.name.removesuffix(".gz")).write_text(text)


@pytest.fixture(scope="module")
def refunded(landed: Path) -> dict[str, Rows]:
    """Credits as of the day of the refunds."""
    return credits_as_of(landed, REFUNDING)


@pytest.fixture(scope="module")
def past(landed: Path, refunded: dict[str, Rows]) -> dict[str, Rows]:
    """Credits as of the day of the published night."""
    assert refunded  # was built before
    return credits_as_of(landed, LAST)


def credits_as_of(folder: Path, day: str) -> dict[str, Rows]:
    command = [sys.executable, "-m", "dbt.cli.main", "run", "--select", "+attribution_credits"]
    places = ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    done = subprocess.run(
        [*command, *places, "--vars", json.dumps({"as_of": day})],
        cwd=PROJECT,
        env=environment() | {"C360_WAREHOUSE": str(folder / WAREHOUSE), "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return credits_of(folder / WAREHOUSE)


def credits_of(database: Path) -> dict[str, Rows]:
    return {query: rows(database, query) for query in (REVENUE, SHARES, CREDITS)}


def test_a_refund_takes_what_is_given_back_from_every_credit_of_the_order_and_no_other(
    published: Told, refunds: list[Refund], refunded: dict[str, Rows]
) -> None:
    worth = {refund.order: refund.worth for refund in refunds}
    before = {tuple(key): revenue for *key, revenue in credits_of(published.root / BUILT)[REVENUE]}
    after = {tuple(key): revenue for *key, revenue in refunded[REVENUE]}
    fell = {key: revenue and revenue - after[key] for key, revenue in before.items()}

    assert after.keys() == before.keys()
    assert {key[2] for key, lost in fell.items() if lost} == set(worth)
    for (model, kind, order), revenue in before.items():
        if order not in worth or revenue is None:
            continue
        lost = worth[order]
        if kind == "order_margin":  # goods that went back take their cost with them
            lost *= revenue / before[model, "order", order]
        tolerance = Decimal("0.02") if kind == "order_margin" else Decimal(0)
        assert abs(fell[model, kind, order] - lost) <= tolerance, (model, kind, order)
    assert {kind for _, kind, order in before if order in worth} == KINDS


def test_a_refund_moves_no_credit(published: Told, refunded: dict[str, Rows]) -> None:
    assert refunded[SHARES] == credits_of(published.root / BUILT)[SHARES]


def test_a_past_night_s_credits_are_found_again(published: Told, past: dict[str, Rows]) -> None:
    assert past[CREDITS] == credits_of(published.root / BUILT)[CREDITS]
