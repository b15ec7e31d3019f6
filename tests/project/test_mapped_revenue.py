"""What mapped orders earned: the models and a plain reading of the files agree to the cent.

Three shops write one order in each state: the documented one in Berlin with the tax in its prices,
one in Chicago with the tax on top, one in Tokyo whose order lines are all there is. Whether an
order in a state counts is written beside the state; the reference knows no seed and no model.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from pipelines.landing_run import run_now
from pipelines.load import land
from pipelines.progress import Progress

from .conftest import documented_mapping

PROJECT = Path(__file__).parents[2]
OTHERS = """
  - shop: chicago
    kind: orders
    files: ["chicago/*.csv"]
    columns:
      order_id: Order
      ordered_at: Date
      payment_status: Status
      shipping: Shipping
      tax: Tax
      total: Total
      refunded_total: Refunded
    constants: {currency_code: USD}
    prices_include_tax: false
  - shop: tokyo
    kind: order_lines
    files: ["tokyo/*.csv"]
    columns:
      order_id: 注文番号
      ordered_at: 注文日
      payment_status: 状態
      sku: 商品
      quantity: 数量
      line_amount: 金額
      line_tax: 税額
    constants: {currency_code: JPY}
    prices_include_tax: true
  - shop: market
    kind: order_lines
    files: ["market/*.csv"]
    columns: {order_id: Id, ordered_at: Day, quantity: Qty, line_amount: Paid, currency_code: Cur}
"""
MIXED = "Id,Day,Qty,Paid,Cur\n1,2026-04-10,1,100.00,EUR\n1,2026-04-10,1,6880,JPY\n"
CENT, YEN = Decimal("0.01"), Decimal(1)
KEPT, OFF, BACK = "counts", "does not count", "given back whole"
GERMAN = {
    "Bezahlt": KEPT,
    "In Bearbeitung": KEPT,
    "Versandt": KEPT,
    "Abgeschlossen": KEPT,
    "Teilweise erstattet": KEPT,
    "abgeholt im Laden": KEPT,  # a shop's own word, which no list knows
    "Rückerstattet": BACK,
    "Storniert": OFF,
    "Abgebrochen": OFF,
    "Fehlgeschlagen": OFF,
    "Zahlung ausstehend": OFF,
    "In Wartestellung": OFF,
}
ENGLISH = {
    "": KEPT,
    "Completed": KEPT,
    "processing": KEPT,
    "wc-completed": KEPT,
    "paid_partially": KEPT,
    "Awaiting Fulfillment": KEPT,
    "Partially Refunded": KEPT,
    "Payment accepted": KEPT,
    "Refunded": BACK,
    "Cancelled": OFF,
    "canceled": OFF,
    "failed": OFF,
    "Pending payment": OFF,
    "pending_payment": OFF,
    "wc-on-hold": OFF,
    "checkout-draft": OFF,
    "Suspected Fraud": OFF,
    "Declined": OFF,
}
JAPANESE = {
    "発送済み": KEPT,
    "入金済み": KEPT,
    "返金済み": BACK,
    "キャンセル": OFF,
    "入金待ち": OFF,
}


@dataclass(frozen=True)
class Order:
    """An order as its shop knows it; `goods` and `shipping` are at the shop's prices."""

    order_id: str
    state: str
    meaning: str
    goods: Decimal
    shipping: Decimal
    tax: Decimal
    is_tax_included: bool
    given_back: Decimal | None
    unit: Decimal = CENT

    @property
    def total(self) -> Decimal:
        return self.goods + self.shipping + (0 if self.is_tax_included else self.tax)

    @property
    def net_revenue(self) -> Decimal:
        """Goods without tax less what was given back for them without tax."""
        if self.meaning == OFF or (self.meaning == BACK and not self.given_back):
            return Decimal(0)
        charged = Fraction(self.goods + self.shipping)
        tax = Fraction(self.tax) if self.is_tax_included else Fraction(0)
        goods = Fraction(self.goods) - Fraction(rounded(tax * Fraction(self.goods) / charged))
        # money given back for goods and their tax alike, at most all of them
        at_most = Fraction(self.total - self.shipping)
        share = min(Fraction(self.given_back or 0) / at_most, Fraction(1))
        back_with_tax = Fraction(rounded(share * Fraction(self.goods)))
        back = rounded(back_with_tax * goods / Fraction(self.goods))
        return rounded(goods) - back


def rounded(amount: Fraction) -> Decimal:
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact.quantize(CENT, ROUND_HALF_UP)


def berlin() -> list[Order]:
    orders = []
    for number, (state, meaning) in enumerate(GERMAN.items(), 1):
        goods, shipping = Decimal(f"{17 + 12 * number}.90"), Decimal("4.90") * (number % 2)
        tax = rounded(Fraction(goods + shipping) * 19 / 119)
        back = [None, Decimal("10.00"), goods + shipping][number % 3]
        back = None if meaning == BACK else back
        orders.append(Order(f"berlin:{number}", state, meaning, goods, shipping, tax, True, back))
    # of 34.90 that were paid all were given back: 30.00 of goods and 4.90 of shipping
    whole = (Decimal("30.00"), Decimal("4.90"), Decimal("5.57"))
    orders.append(Order("berlin:99", "Bezahlt", KEPT, *whole, True, Decimal("34.90")))
    return orders


def chicago() -> list[Order]:
    orders = []
    for number, (state, meaning) in enumerate(ENGLISH.items(), 1):
        goods, shipping = Decimal(f"{20 + 7 * number}.35"), Decimal("6.00") * (number % 2)
        tax = rounded(Fraction(goods) * Fraction("0.1025"))
        back = [None, Decimal("5.55"), goods + shipping + tax][number % 3]
        back = Decimal("0.00") if meaning == BACK else back
        orders.append(Order(f"chicago:{number}", state, meaning, goods, shipping, tax, False, back))
    return orders


def tokyo() -> list[Order]:
    return [
        Order(
            f"tokyo:{number}", state, meaning, Decimal(3300 * number), Decimal(0),
            Decimal(300 * number), True, None, YEN,
        )
        for number, (state, meaning) in enumerate(JAPANESE.items(), 1)
    ]  # fmt: skip


def written(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> None:
    path.parent.mkdir(parents=True)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def shown(amount: Decimal | None, mark: str = ".") -> str:
    return "" if amount is None else str(amount).replace(".", mark)


def write_exports(folder: Path) -> None:
    (folder / "berlin").parent.mkdir(parents=True, exist_ok=True)
    (folder / "exports.yml").write_text(documented_mapping("berlin") + OTHERS)
    german = [
        {
            "Nr": order.order_id.split(":")[1], "Datum": "2026-04-10T10:00:00",
            "Status": order.state, "Waren": shown(order.goods, ","),
            "Versand": shown(order.shipping, ","), "MwSt": shown(order.tax, ","),
            "Summe": shown(order.total, ","), "Erstattet": shown(order.given_back, ","),
        }
        for order in berlin()
    ]  # fmt: skip
    written(folder / "berlin" / "bestellungen.csv", german, ";")
    american = [
        {
            "Order": order.order_id.split(":")[1], "Date": "2026-04-10T10:00:00",
            "Status": order.state, "Shipping": shown(order.shipping), "Tax": shown(order.tax),
            "Total": shown(order.total), "Refunded": shown(order.given_back),
        }
        for order in chicago()
    ]  # fmt: skip
    written(folder / "chicago" / "orders.csv", american)
    japanese = [
        {
            "注文番号": order.order_id.split(":")[1], "注文日": "2026-04-10T10:00:00",
            "状態": order.state, "商品": sku, "数量": "1",
            "金額": shown(order.goods * part / 3), "税額": shown(order.tax * part / 3),
        }
        for order in tokyo()
        for sku, part in (("茶", 1), ("碗", 2))
    ]  # fmt: skip
    written(folder / "tokyo" / "注文.csv", japanese)
    (folder / "market").mkdir()
    (folder / "market" / "lines.csv").write_text(MIXED)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that has the orders' models of these files, and nothing else."""
    folder = tmp_path_factory.mktemp("mapped_revenue")
    write_exports(folder / "exports")
    database = folder / "customer360.duckdb"
    landed = land(
        str(folder / "exports"), database, folder / "landing", run_now("run-1"), Progress()
    )
    assert {(file.status, file.rejected_row_count) for file in landed.files} == {("landed", 0)}
    built = dbt(
        folder, "build", "--select", "+int_order_versions_unioned",
        "--exclude-resource-type", "test", "unit_test",
    )  # fmt: skip
    assert built.returncode == 0, built.stdout
    return database


def dbt(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run dbt on the warehouse in a folder."""
    places = ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    variables = ["--vars", json.dumps({"business_timezone": "UTC"})]
    database = str(folder / "customer360.duckdb")
    return subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", *command, *places, *variables],
        cwd=PROJECT,
        env=os.environ | {"C360_WAREHOUSE": database, "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def answered(warehouse: Path, query: str) -> dict[str, Decimal]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return dict(connection.execute(query).fetchall())


@pytest.fixture(scope="module")
def orders() -> list[Order]:
    return [*berlin(), *chicago(), *tokyo()]


def test_orders_earn_what_the_files_say(warehouse: Path, orders: list[Order]) -> None:
    query = """
        select order_id, case when is_counted then subtotal_amount - refunded_amount else 0 end
        from intermediate.int_orders_unioned where shop <> 'market'
    """
    assert answered(warehouse, query) == {o.order_id: o.net_revenue for o in orders}


def test_the_newest_version_of_an_order_earns_the_same(
    warehouse: Path, orders: list[Order]
) -> None:
    query = """
        select order_id, case when is_counted then subtotal_amount - refunded_amount else 0 end
        from intermediate.int_order_versions_unioned where order_id not like 'market:%'
    """
    assert answered(warehouse, query) == {o.order_id: o.net_revenue for o in orders}


def test_a_state_that_no_list_knows_counts_and_shows(warehouse: Path) -> None:
    query = """
        select payment_status, count(*) from intermediate.int_orders_unioned
        where not has_known_state group by payment_status
    """
    assert answered(warehouse, query) == {"abgeholt im laden": 1}


def test_an_order_of_two_currencies_is_refused(warehouse: Path) -> None:
    tested = dbt(warehouse.parent, "test", "--select", "assert_mapped_orders_have_one_currency")

    assert "FAIL 1 assert_mapped_orders_have_one_currency" in tested.stdout
