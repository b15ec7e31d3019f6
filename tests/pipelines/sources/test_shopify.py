"""Look-alikes of Shopify's exports through the reader: what lands, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from pipelines.exports.declare import Export
from pipelines.sources.shopify import CUSTOMERS, EXPORTS, ORDER_LINES, PRODUCTS

from .conftest import Land, Landed

ORDER_HEADER_73 = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
    "Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,"
    "Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,"
    "Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,"
    "Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,"
    "Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,"
    "Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,"
    "Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,"
    "Tax 5 Value,Phone,Receipt Number,Duties"
)
ORDER_HEADER_79 = (
    f"{ORDER_HEADER_73},Billing Province Name,Shipping Province Name,Payment ID,"
    "Payment Terms Name,Next Payment Due At,Payment References"
)
FIRST_LINE = {
    "Id": "5401",
    "Name": "#1001",
    "Email": "Ada@example.com",
    "Financial Status": "partially_refunded",
    "Accepts Marketing": "yes",
    "Currency": "EUR",
    "Subtotal": "52.50",
    "Shipping": "4.90",
    "Taxes": "9.16",
    "Total": "57.40",
    "Discount Amount": "7.50",
    "Refunded Amount": "1.54",
    "Created at": "2024-03-30 23:10:00 +0100",
    "Lineitem quantity": "2",
    "Lineitem name": "Mug, large",
    "Lineitem price": "25.00",
    "Lineitem sku": "MUG-L",
    "Lineitem discount": "0.00",
    "Lineitem requires shipping": "true",
    "Lineitem taxable": "false",
    "Tax 1 Name": "MwSt. 19%",
    "Tax 1 Value": "9.16",
    "Duties": "2.50",
    "Billing Zip": "'01067",
    "Billing Phone": "'+49 351 000000",
    "Note Attributes": "UTM source: news\nUTM medium: email",
    "Tags": "",
}
NEXT_LINE = {
    "Name": "#1001",
    "Email": "Ada@example.com",
    "Created at": "2024-03-30 23:10:00 +0100",
    "Lineitem quantity": "1",
    "Lineitem name": "Soap",
    "Lineitem price": "10.00",
    "Lineitem sku": "",
}


def written(header: str, *rows: Mapping[str, str]) -> str:
    """A CSV file with the columns of `header`; values of other columns are left out."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header.split(","), "", "ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def tables(landed: list[Landed]) -> dict[str, list[dict[str, Any]]]:
    """The raw tables that a file has rows for."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in landed:
        assert one.name is not None
        found.setdefault(one.name, []).extend(one.rows)
    return {name: rows for name, rows in found.items() if rows}


@pytest.mark.parametrize("header", [ORDER_HEADER_73, ORDER_HEADER_79], ids=["73", "79"])
def test_orders_of_each_generation_land_line_by_line(land: Land, header: str) -> None:
    [landed] = land("orders_export_1.csv", written(header, FIRST_LINE, NEXT_LINE), EXPORTS)

    assert landed.name == ORDER_LINES.name
    first, second = landed.rows
    assert first["order_id"] == "5401"
    assert first["subtotal"] == Decimal("52.50")
    assert first["refunded_amount"] == Decimal("1.54")
    assert first["created_at"] == datetime(2024, 3, 30, 22, 10)
    assert first["accepts_marketing"] is True
    assert first["note_attributes"] == "UTM source: news\nUTM medium: email"
    assert first["tax_1_name"] == "MwSt. 19%"
    assert first["tax_2_value"] is None
    assert first["duties"] == Decimal("2.50")
    assert (first["line_requires_shipping"], first["line_is_taxable"]) == (True, False)
    assert first["billing_zip"] == "01067"
    assert first["billing_phone"] == "+49 351 000000"
    assert second["order_id"] is None
    assert second["order_name"] == "#1001"
    assert second["line_quantity"] == 1
    assert second["line_sku"] is None
    assert second["_line"] == first["_line"] + 2  # the attributes take two lines


def test_orders_whose_ids_a_spreadsheet_rounded_are_refused(land: Land) -> None:
    rounded = {**FIRST_LINE, "Id": "5.27763E+12"}

    [landed] = land("orders_export.csv", written(ORDER_HEADER_79, rounded), EXPORTS)

    assert landed.rows == []
    assert "order_id" in (landed.reading.refusal or "")


def test_an_order_with_a_damaged_date_is_rejected_alone(land: Land) -> None:
    damaged = {**FIRST_LINE, "Id": "5402", "Name": "#1002", "Created at": "11/10/24 09:17"}

    [landed] = land("orders.csv", written(ORDER_HEADER_79, FIRST_LINE, damaged), EXPORTS)

    assert landed.column("order_id") == ["5401"]
    assert [reject.column for reject in landed.reading.rejects] == ["created_at"]


CUSTOMERS_2018 = (
    "First Name,Last Name,Email,Company,Address1,Address2,City,Province,Province Code,Country,"
    "Country Code,Zip,Phone,Accepts Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt"
)
CUSTOMERS_2022 = (
    "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,"
    "Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,"
    "Tags,Note,Tax Exempt"
)
CUSTOMERS_2025 = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
    "Default Address Address1,Default Address Address2,Default Address City,"
    "Default Address Province Code,Default Address Country Code,Default Address Zip,"
    "Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,"
    "Tags"
)


@pytest.mark.parametrize(
    ("header", "customer_id", "accepts_sms"),
    [
        (CUSTOMERS_2018, None, None),
        (CUSTOMERS_2022, None, False),
        (f"Customer ID,{CUSTOMERS_2022}", "7001", False),
        (CUSTOMERS_2025, "7001", False),
    ],
    ids=["2018", "2022", "2023", "2025"],
)
def test_customers_of_each_generation_land(
    land: Land, header: str, customer_id: str | None, accepts_sms: bool | None
) -> None:
    ada = {
        "Customer ID": "'7001",
        "First Name": "Ada",
        "Email": "ada@example.com",
        "City": "Dresden",
        "Default Address City": "Dresden",
        "Country Code": "DE",
        "Default Address Country Code": "DE",
        "Accepts Marketing": "yes",
        "Accepts Email Marketing": "yes",
        "Accepts SMS Marketing": "no",
        "Total Spent": "57.40",
        "Total Orders": "1",
    }

    [landed] = land("customers_export.csv", written(header, ada), EXPORTS)

    assert landed.name == CUSTOMERS.name
    assert landed.column("customer_id") == [customer_id]
    assert landed.column("city") == ["Dresden"]
    assert landed.column("country_code") == ["DE"]
    assert landed.column("accepts_email") == [True]
    assert landed.column("accepts_sms") == [accepts_sms]


PRODUCTS_2017 = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,"
    "Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Price,"
    "Variant Compare At Price,Variant Barcode,Image Src"
)
PRODUCTS_2023 = f"{PRODUCTS_2017},Product Category,Cost per item,Status,Gift Card"
PRODUCTS_2025 = (
    "Title,URL handle,Description,Vendor,Product category,Type,Tags,Status,SKU,Barcode,"
    "Option1 name,Option1 value,Option2 name,Option2 value,Option3 name,Option3 value,Price,"
    "Compare-at price,Cost per item,Gift card,Product image URL"
)


@pytest.mark.parametrize(
    ("header", "cost", "is_gift_card"),
    [
        (PRODUCTS_2017, None, None),
        (PRODUCTS_2023, Decimal("3.10"), False),
        (PRODUCTS_2025, Decimal("3.10"), False),
    ],
    ids=["2017", "2023", "2025"],
)
def test_products_of_each_generation_land_with_their_pictures(
    land: Land, header: str, cost: Decimal | None, is_gift_card: bool | None
) -> None:
    html = "<p>For coffee,\nor <em>tea</em></p>"
    mug = {
        "Handle": "mug",
        "URL handle": "mug",
        "Title": "Mug",
        "Body (HTML)": html,
        "Description": html,
        "Type": "Kitchen",
        "Option1 Value": "Large",
        "Option1 value": "Large",
        "Variant SKU": "MUG-L",
        "SKU": "MUG-L",
        "Variant Barcode": "'4006381333931",
        "Barcode": "'4006381333931",
        "Variant Price": "25.00",
        "Price": "25.00",
        "Cost per item": "3.10",
        "Gift Card": "false",
        "Gift card": "false",
    }
    picture = {"Handle": "mug", "URL handle": "mug"}

    [landed] = land("products_export_1.csv", written(header, mug, picture), EXPORTS)

    assert landed.name == PRODUCTS.name
    assert landed.column("handle") == ["mug", "mug"]
    assert landed.column("variant_sku") == ["MUG-L", None]
    assert landed.column("variant_barcode") == ["4006381333931", None]
    assert landed.column("variant_price") == [Decimal("25.00"), None]
    assert landed.column("cost_per_item") == [cost, None]
    assert landed.column("is_gift_card") == [is_gift_card, None]


PAYMENT = {"id": 31, "order_id": 5401, "kind": "refund", "status": "success", "amount": "1.54"}
REFUND = {
    "id": 21,
    "order_id": 5401,
    "created_at": "2024-04-02T09:00:00+02:00",
    "refund_line_items": [
        {"id": 41, "line_item_id": 11, "quantity": 1, "subtotal": "1.54", "total_tax": "0.25"}
    ],
    "order_adjustments": [
        {"id": 51, "kind": "shipping_refund", "amount": "-4.90", "tax_amount": "-0.78"}
    ],
    "transactions": [PAYMENT],
}
ORDER = {
    "id": 5401,
    "name": "#1001",
    "email": "ada@example.com",
    "created_at": "2024-03-30T23:10:00+01:00",
    "updated_at": "2024-04-02T09:00:00+02:00",
    "currency": "EUR",
    "financial_status": "partially_refunded",
    "subtotal_price": "52.50",
    "total_price": "57.40",
    "current_subtotal_price": "50.96",
    "total_tip_received": "3.00",
    "original_total_duties_set": {"shop_money": {"amount": "2.50", "currency_code": "EUR"}},
    "presentment_currency": "GBP",
    "total_price_set": {
        "shop_money": {"amount": "57.40", "currency_code": "EUR"},
        "presentment_money": {"amount": "48.22", "currency_code": "GBP"},
    },
    "taxes_included": True,
    "tax_lines": [{"title": "VAT", "price": "9.16", "rate": 0.19}],
    "total_shipping_price_set": {"shop_money": {"amount": "4.90", "currency_code": "EUR"}},
    "payment_gateway_names": ["bogus"],
    "test": True,
    "customer": {"id": 7001, "first_name": "Ada"},
    "line_items": [
        {
            "id": 11,
            "quantity": 2,
            "price": "25.00",
            "sku": "MUG-L",
            "name": "Mug, large",
            "gift_card": False,
            "taxable": True,
            "requires_shipping": True,
            "tax_lines": [{"title": "VAT", "price": "7.60", "rate": 0.19}],
        },
        {"id": 12, "quantity": 1, "price": "10.00", "sku": "", "name": "Soap"},
    ],
    "refunds": [REFUND],
}
CUSTOMER = {
    "id": 7001,
    "email": "ada@example.com",
    "state": "enabled",
    "currency": "EUR",
    "email_marketing_consent": {
        "state": "subscribed",
        "consent_updated_at": "2024-01-05T08:00:00Z",
    },
    "sms_marketing_consent": None,
    "default_address": {"city": "Dresden", "country_code": "DE"},
    "updated_at": "2024-04-02T09:00:00+02:00",
}
ORDER_TABLES = {
    "api_orders": 1,
    "api_order_lines": 2,
    "api_refund_payments": 1,
    "api_refund_lines": 1,
    "api_refund_adjustments": 1,
}
REFUND_TABLES = {"api_refund_payments": 1, "api_refund_lines": 1, "api_refund_adjustments": 1}
CUSTOMER_TABLES = {"api_customers": 1}


@pytest.mark.parametrize(
    ("content", "row_counts"),
    [
        ({"orders": [ORDER]}, ORDER_TABLES),
        ({"order": ORDER}, ORDER_TABLES),
        ([ORDER], ORDER_TABLES),
        (ORDER, ORDER_TABLES),
        ({"refund": REFUND}, REFUND_TABLES),
        ({"refunds": [REFUND]}, REFUND_TABLES),
        ([REFUND], REFUND_TABLES),
        (REFUND, REFUND_TABLES),
        ({"customers": [CUSTOMER]}, CUSTOMER_TABLES),
        ({"customer": CUSTOMER}, CUSTOMER_TABLES),
        (CUSTOMER, CUSTOMER_TABLES),
    ],
    ids=[
        "page of orders",
        "order",
        "array of orders",
        "bare order",
        "refund",
        "refunds",
        "array of refunds",
        "bare refund",
        "page of customers",
        "customer",
        "bare customer",
    ],
)
def test_an_answer_of_the_api_is_known_by_what_it_holds(
    land: Land, content: object, row_counts: dict[str, int]
) -> None:
    landed = land("page.json", json.dumps(content), EXPORTS)

    assert {name: len(rows) for name, rows in tables(landed).items()} == row_counts


def test_an_order_of_the_api_lands_with_lines_and_refunds(land: Land) -> None:
    landed = tables(land("orders.jsonl", json.dumps(ORDER) + "\n", EXPORTS))

    [order] = landed["api_orders"]
    assert (order["order_id"], order["customer_id"]) == ("5401", "7001")
    assert order["subtotal_price"] == Decimal("52.50")
    assert order["total_shipping"] == Decimal("4.90")
    assert order["created_at"] == datetime(2024, 3, 30, 22, 10)
    assert order["test"] is True
    lines = {(r["order_id"], r["line_number"], r["line_id"]) for r in landed["api_order_lines"]}
    assert lines == {("5401", 1, "11"), ("5401", 2, "12")}
    [payment] = landed["api_refund_payments"]
    assert (payment["order_id"], payment["refund_id"]) == ("5401", "21")
    assert payment["amount"] == Decimal("1.54")
    assert payment["refunded_at"] == datetime(2024, 4, 2, 7)
    [line] = landed["api_refund_lines"]
    assert (line["order_id"], line["refund_id"], line["line_id"]) == ("5401", "21", "11")
    assert (line["subtotal"], line["total_tax"]) == (Decimal("1.54"), Decimal("0.25"))


def test_an_order_of_the_api_lands_with_what_its_amounts_are_for(land: Land) -> None:
    landed = tables(land("orders.jsonl", json.dumps(ORDER) + "\n", EXPORTS))

    [order] = landed["api_orders"]
    assert order["taxes_included"] is True
    assert json.loads(order["tax_lines"])[0]["rate"] == 0.19
    assert order["current_subtotal_price"] == Decimal("50.96")
    assert (order["total_tip"], order["total_duties"]) == (Decimal("3.00"), Decimal("2.50"))
    assert order["presentment_currency"] == "GBP"
    assert order["presentment_total_price"] == Decimal("48.22")
    mug = landed["api_order_lines"][0]
    assert (mug["is_gift_card"], mug["is_taxable"], mug["requires_shipping"]) == (False, True, True)
    assert json.loads(mug["tax_lines"])[0]["price"] == "7.60"
    [adjustment] = landed["api_refund_adjustments"]
    assert (adjustment["order_id"], adjustment["kind"]) == ("5401", "shipping_refund")
    assert (adjustment["amount"], adjustment["tax_amount"]) == (Decimal("-4.90"), Decimal("-0.78"))


def test_a_refund_says_the_same_alone_and_in_its_order(land: Land) -> None:
    def payments(content: object) -> list[dict[str, Any]]:
        rows = tables(land("page.json", json.dumps(content), EXPORTS))["api_refund_payments"]
        return [
            {k: v for k, v in r.items() if k not in ("_file_id", "order_currency")} for r in rows
        ]

    assert payments({"order": ORDER}) == payments({"refund": REFUND})


def test_exports_that_share_a_table_have_one_layout() -> None:
    layouts: dict[str, set[tuple[tuple[str, str], ...]]] = {}
    for export in EXPORTS:
        layout = tuple((column.name, column.type.kind) for column in export.columns)
        layouts.setdefault(export.table, set()).add(layout)

    assert {table: len(found) for table, found in layouts.items()} == dict.fromkeys(layouts, 1)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.title)
def test_no_column_is_declared_twice(export: Export) -> None:
    counts = Counter(column.name for column in export.columns)

    assert {name: count for name, count in counts.items() if count > 1} == {}
