"""What orders earned, from the files to the marts; all numbers are by hand."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from .conftest import Night, run_night

DAY = "2026-06-30"
RATES = "Date,USD,JPY,GBP,\n" + "".join(
    f"2026-{month:02}-{day:02},1.08,172.00,0.845,\n" for month in (4, 5, 6) for day in (1, 15, 29)
)
HEADER = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
    "Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,"
    "Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,"
    "Shipping Name,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,"
    "Cancelled at,Payment Method,Refunded Amount,Vendor,Id,Lineitem discount,Tax 1 Name,"
    "Tax 1 Value,Tax 2 Name,Tax 2 Value,Duties"
)
PRODUCTS = """Handle,Title,Vendor,Type,Tags,Option1 Value,Option2 Value,Option3 Value,Variant SKU,\
Variant Price,Cost per item,Gift Card
mug,Mug,,Kitchen,,,,,MUG,100.00,60.00,false
voucher,Voucher,,Presents,,,,,VOUCHER,100.00,,true
"""

Document = dict[str, Any]


def line(number: int, name: str, price: float, **more: object) -> Document:
    return {"id": number, "name": name, "quantity": 1, "price": f"{price:.2f}", **more}


def refund(number: int, on: str, **parts: object) -> Document:
    return {"id": number, "created_at": f"{on}T10:00:00Z", **parts}


def paid(number: int, amount: float, currency: str = "EUR") -> list[Document]:
    return [
        {"id": number, "kind": "refund", "status": "success", "currency": currency,
         "amount": f"{amount:.2f}"}
    ]  # fmt: skip


def order(
    number: int, subtotal: float, total: float, lines: list[Document], **more: object
) -> Document:
    """An order of 10 April, of a customer of its own."""
    return {
        "id": number, "name": f"#{number}", "email": f"buyer{number}@example.com",
        "currency": "EUR", "financial_status": "paid", "subtotal_price": f"{subtotal:.2f}",
        "total_price": f"{total:.2f}", "created_at": "2026-04-10T10:00:00Z",
        "updated_at": "2026-06-20T10:00:00Z", "line_items": lines, **more,
    }  # fmt: skip


MUG = {"sku": "MUG", "gift_card": False}
API_ORDERS = [
    order(1, 102, 102, [line(1, "Mug", 102, **MUG)], taxes_included=True, total_tax="17.00"),
    order(
        2, 226, 236, [
            line(2, "Mug", 119, **MUG, tax_lines=[{"price": "19.00", "rate": 0.19}]),
            line(3, "Book", 107, tax_lines=[{"price": "7.00", "rate": 0.07}]),
        ],
        taxes_included=True, total_tax="27.60",
        total_shipping_price_set={"shop_money": {"amount": "10.00"}},
    ),
    order(
        3, 80, 100, [line(4, "Mug", 80, **MUG)],
        total_shipping_price_set={"shop_money": {"amount": "20.00"}},
        refunds=[refund(
            31, "2026-05-02", transactions=paid(31, 20),
            order_adjustments=[{"id": 31, "kind": "shipping_refund", "amount": "-20.00"}],
        )],
    ),
    order(
        4, 50, 50, [
            line(5, "Mug", 30, **MUG, current_quantity=1), line(6, "Rug", 20, current_quantity=0),
        ],
        financial_status="pending", current_subtotal_price="30.00",
        refunds=[refund(41, "2026-04-11", transactions=[], refund_line_items=[
            {"id": 41, "line_item_id": 6, "quantity": 1, "subtotal": "20.00",
             "restock_type": "cancel"},
        ])],
    ),
    order(
        5, 50, 64, [line(7, "Coffee", 50), line(8, "Tip", 10, taxable=False)],
        total_tax="4.00", total_tip_received="10.00",
    ),
    order(
        6, 50, 64, [line(9, "Coffee", 50), line(10, "Tip", 10, taxable=False)],
        total_tax="4.00", total_tip_received="10.00",
        refunds=[refund(61, "2026-05-02", transactions=paid(61, 54))],
    ),
    order(
        7, 100, 125, [line(11, "Mug", 100, **MUG)],
        original_total_duties_set={"shop_money": {"amount": "25.00"}},
        refunds=[refund(71, "2026-05-02", transactions=paid(71, 100))],
    ),
    order(
        8, 100, 100, [line(12, "Mug", 60, **MUG), line(13, "Cup", 40)],
        presentment_currency="JPY",
        refunds=[refund(81, "2026-05-02", transactions=paid(81, 6880, "JPY"), refund_line_items=[
            {"id": 81, "line_item_id": 13, "quantity": 1, "subtotal": "40.00"},
        ])],
    ),
    order(
        9, 100, 100, [line(14, "Mug", 100, **MUG)],
        refunds=[refund(91, "2026-05-02", transactions=paid(91, 84.50, "GBP"))],
    ),
    order(10, 100, 100, [line(15, "Gift Card", 100, gift_card=True)]),
    order(
        11, 100, 100, [line(16, "Jacket", 100)], email="buyer10@example.com",
        payment_gateway_names=["gift_card"], created_at="2026-04-12T10:00:00Z",
    ),
    order(
        12, 100, 100, [line(17, "Mug", 100, **MUG)],
        refunds=[refund(121, "2026-05-02", transactions=paid(121, 100), refund_line_items=[
            {"id": 121, "line_item_id": 17, "quantity": 1, "subtotal": "100.00",
             "restock_type": "return"},
        ])],
    ),
    order(
        13, 100, 100, [line(18, "Mug", 100, **MUG)],
        refunds=[refund(131, "2026-05-02", transactions=paid(131, 100), refund_line_items=[
            {"id": 131, "line_item_id": 18, "quantity": 1, "subtotal": "100.00",
             "restock_type": "no_restock"},
        ])],
    ),
    order(
        14, 100, 110, [line(19, "Mug", 100, **MUG)], total_tax="10.00",
        refunds=[
            refund(141, "2026-05-02", transactions=paid(141, 55)),
            refund(142, "2026-06-02", transactions=paid(142, 55)),
        ],
    ),
]  # fmt: skip

DOWNLOADED: list[dict[str, str]] = [
    {"Id": "51", "Subtotal": "102.00", "Taxes": "17.00", "Total": "102.00",
     "Lineitem name": "Mug", "Lineitem price": "102.00", "Lineitem sku": "MUG"},
    {"Id": "52", "Subtotal": "50.00", "Shipping": "4.90", "Taxes": "8.77", "Total": "54.90",
     "Tax 1 Name": "MwSt. 19%", "Lineitem name": "Tin", "Lineitem price": "50.00"},
    {"Id": "53", "Subtotal": "100.00", "Taxes": "8.00", "Total": "108.00", "Currency": "USD",
     "Lineitem name": "Mug", "Lineitem price": "100.00", "Refunded Amount": "54.00"},
    {"Id": "54", "Subtotal": "100.00", "Total": "100.00", "Lineitem name": "Voucher",
     "Lineitem price": "100.00", "Lineitem sku": "VOUCHER", "Lineitem taxable": "false",
     "Lineitem requires shipping": "false"},
    {"Id": "55", "Subtotal": "100.00", "Total": "100.00", "Refunded Amount": "100.00",
     "Lineitem name": "Mug", "Lineitem price": "100.00", "Lineitem sku": "MUG"},
]  # fmt: skip
COMMON = {
    "Financial Status": "paid", "Currency": "EUR", "Shipping": "0.00", "Taxes": "0.00",
    "Discount Amount": "0.00", "Refunded Amount": "0.00", "Lineitem quantity": "1",
    "Lineitem discount": "0.00", "Lineitem taxable": "true", "Lineitem requires shipping": "true",
    "Created at": "2026-04-10 10:00:00 +0000",
}  # fmt: skip

NET_REVENUE = {
    "1": "85.00",  # 102.00 with 17.00 of tax
    "2": "200.00",  # books and mugs at two rates
    "3": "80.00",  # shipping went back
    "4": "30.00",  # a rug was removed before anybody paid
    "5": "50.00",  # coffee and a tip
    "6": "0.00",  # coffee and its tax went back
    "7": "0.00",  # the goods went back, the duties did not
    "8": "60.00",  # 40.00 euro went back in yen
    "9": "0.00",  # all of it went back in pounds
    "10": "0.00",  # a gift card
    "11": "100.00",  # what the card paid for
    "12": "0.00",
    "13": "0.00",
    "14": "0.00",
    "51": "85.00",
    "52": "42.02",
    "53": "50.00",
    "54": "0.00",
    "55": "0.00",
}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("revenue")
    exports = folder / "exports"
    write(exports / f"shopify/{DAY}/orders.json", json.dumps({"orders": API_ORDERS}))
    write(exports / f"shopify/{DAY}/products_export.csv", PRODUCTS)
    write(exports / f"exchange_rates/{DAY}/eurofxref-hist.csv", RATES)
    with (exports / f"shopify/{DAY}/orders_export_1.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, HEADER.split(","))
        writer.writeheader()
        for row in DOWNLOADED:
            buyer = {"Name": f"#{row['Id']}", "Email": f"buyer{row['Id']}@example.com"}
            writer.writerow({**COMMON, **buyer, **row})
    return run_night(folder, "--currency", "EUR", "--timezone", "UTC")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_night_is_published(night: Night) -> None:
    assert (night.code, night.summary["problems"]) == (0, [])


def test_orders_earn_what_their_goods_earned(night: Night) -> None:
    found = dict(night.published("select shop_order_id, original_net_revenue from orders"))

    assert {order: str(amount) for order, amount in found.items()} == NET_REVENUE


def test_lines_are_goods_without_tax(night: Night) -> None:
    query = "select product_name, net_amount from order_lines where order_id in ('{}') order by 1"

    def lines(order: int) -> list[tuple[Any, ...]]:
        return night.published(query.format(f"shopify:{order}"))

    assert lines(2) == [("Book", Decimal("100.00")), ("Mug", Decimal("100.00"))]
    assert lines(5) == [("Coffee", Decimal("50.00"))]
    assert lines(10) == lines(54) == []


def test_a_buyer_of_gift_cards_alone_has_no_order(night: Night) -> None:
    query = (
        "select shop_order_id, is_counted, customer_order_number, gift_card_sold_amount, "
        "gift_card_redeemed_amount from orders where shop_order_id in ('10', '11', '54') order by 1"
    )
    nothing, all_of_it = Decimal("0.00"), Decimal("100.00")

    assert night.published(query) == [
        ("10", False, None, all_of_it, nothing),
        ("11", True, 1, nothing, all_of_it),
        ("54", False, None, all_of_it, nothing),
    ]


def test_goods_that_came_back_cost_nothing_unless_they_were_lost(night: Night) -> None:
    query = "select sum(known_margin_order_count), sum(margin) from cohort_months"

    # 25.00 + 20.00 + 25.00 of mugs kept (1, 3, 51), -60.00 of one lost (13), 0 of five returned
    assert night.published(query) == [(9, Decimal("10.00"))]


def test_a_past_month_has_its_refunds_without_tax(night: Night) -> None:
    query = (
        "select cast(months.month_date as varchar), months.net_revenue "
        "from customer_rfm_months as months inner join orders using (customer_id) "
        "where orders.shop_order_id = '14' order by 1"
    )

    assert night.published(query) == [
        ("2026-04-01", Decimal("100.00")),
        ("2026-05-01", Decimal("50.00")),
    ]
