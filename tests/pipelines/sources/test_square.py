from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from pipelines.sources.square import EXPORTS

from .conftest import Land

HEADER = (
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,"
    "Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,"
    "Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,"
    "Itemization Type,Commission,Employee,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix"
)
NEWEST = HEADER.split(",")
SINCE = {
    29: {"GTIN", "Fulfillment Note", "Channel", "Token", "Card Brand", "PAN Suffix"},
    33: {"Commission", "Employee"},
    35: set[str](),
}

ZONE = "Eastern Time (US & Canada)"
LATTE = {
    "Date": "2026-06-12",
    "Time": "12:59:30",
    "Time Zone": ZONE,
    "Category": "None",
    "Item": "Oat Latte",
    "Qty": "2.0",
    "Price Point Name": "Large",
    "SKU": '""',
    "Modifiers Applied": '"Extra shot, Vanilla"',
    "Gross Sales": "$16.00",
    "Discounts": "-$1.50",
    "Net Sales": "$14.50",
    "Tax": "$1.12",
    "Transaction ID": "4SoaTxn1",
    "Payment ID": "zlaPay1",
    "Event Type": "Payment",
    "Location": "Harbour Street",
    "Customer ID": "GTY7JAA901",
    "Customer Name": "Ada Byron",
    "Unit": "ea",
    "Count": "2",
    "Itemization Type": "Physical Good",
    "Token": "Y36H4C6V",
    "Card Brand": "Visa",
    "PAN Suffix": "7084",
}
BISCUIT = LATTE | {"Item": "Biscuit", "Qty": "1.0", "Gross Sales": "$2.00", "Discounts": "$0.00"}
BISCUIT |= {"Net Sales": "$2.00", "Tax": "$0.15", "Modifiers Applied": '""', "Token": '""'}
RETURNED = BISCUIT | {"Event Type": "Refund", "Gross Sales": "-$7.00", "Net Sales": "-$7.00"}
RETURNED |= {"Qty": "-1.0", "Tax": "-$0.54", "Transaction ID": "gSrTxn2", "Customer ID": ""}


def report(*rows: dict[str, str], columns: int = 35) -> str:
    """A report of a generation, as the dashboard writes it."""
    header = [name for name in NEWEST if name not in SINCE[columns]]
    assert len(header) == columns
    lines = [",".join(row.get(name, '""') for name in header) for row in rows]
    return "\n".join([",".join(header), *lines]) + "\n"


@pytest.mark.parametrize("columns", [29, 33, 35])
def test_each_generation_of_the_report_lands(land: Land, columns: int) -> None:
    [landed] = land("items.csv", report(LATTE, BISCUIT, columns=columns), EXPORTS)

    assert landed.name == "items"
    assert landed.column("transaction_id") == ["4SoaTxn1", "4SoaTxn1"]
    assert landed.column("item_name") == ["Oat Latte", "Biscuit"]
    assert landed.column("item_token") == (["Y36H4C6V", None] if columns > 29 else [None, None])
    assert landed.column("customer_id") == ["GTY7JAA901", "GTY7JAA901"]


def test_date_and_time_land_apart_with_the_zone_as_it_is_called(land: Land) -> None:
    [landed] = land("items.csv", report(LATTE), EXPORTS)

    assert landed.column("sold_date") == [date(2026, 6, 12)]
    assert landed.column("sold_time") == [datetime.fromisoformat("1900-01-01 12:59:30")]
    assert landed.column("time_zone") == [ZONE]
    assert landed.reading.data_from == datetime.fromisoformat("2026-06-12 00:00:00")


def test_money_lands_as_an_amount_and_with_its_symbol(land: Land) -> None:
    [landed] = land("items.csv", report(LATTE, RETURNED), EXPORTS)

    assert landed.column("gross_sales") == [Decimal(16), Decimal(-7)]
    assert landed.column("discounts") == [Decimal("-1.5"), Decimal(0)]
    assert landed.column("net_sales") == [Decimal("14.5"), Decimal(-7)]
    assert landed.column("net_sales_as_written") == ["$14.50", "-$7.00"]
    assert landed.column("quantity") == [Decimal(2), Decimal(-1)]


def test_a_pound_is_money_too(land: Land) -> None:
    row = LATTE | {"Net Sales": "£14.50", "Gross Sales": '"£1,016.00"', "Discounts": "-£1.50"}
    [landed] = land("items.csv", report(row), EXPORTS)

    assert landed.column("gross_sales") == [Decimal(1016)]
    assert landed.column("net_sales_as_written") == ["£14.50"]


def test_a_day_resaved_by_a_spreadsheet_is_read(land: Land) -> None:
    row = LATTE | {"Date": "6/12/2026", "Time": "12:59:30 PM", "Gross Sales": "$16.00 "}
    [landed] = land("items.csv", report(row), EXPORTS)

    assert landed.column("sold_date") == [date(2026, 6, 12)]
    assert landed.column("sold_time") == [datetime.fromisoformat("1900-01-01 12:59:30")]


def test_a_row_without_a_time_or_an_amount_is_rejected(land: Land) -> None:
    timeless, free = LATTE | {"Time": "noon"}, LATTE | {"Net Sales": "n/a"}
    [landed] = land("items.csv", report(LATTE, timeless, free), EXPORTS)

    assert landed.reading.landed == 1
    assert [(r.line, r.column) for r in landed.reading.rejects] == [
        (3, "sold_time"),
        (4, "net_sales"),
    ]


def test_cards_and_notes_stay_in_the_file(land: Land) -> None:
    [landed] = land("items.csv", report(LATTE), EXPORTS)

    assert {"Card Brand", "PAN Suffix", "Notes", "Employee"} <= set(landed.reading.ignored)
    assert "7084" not in str(landed.rows)


def test_the_transactions_report_is_no_items_report(land: Land) -> None:
    transactions = "Date,Time,Time Zone,Gross Sales,Discounts,Net Sales,Tax,Tip,Transaction ID\n"
    [landed] = land("transactions.csv", transactions, EXPORTS)

    assert landed.reading.refusal is not None
    assert "Qty" in landed.reading.refusal
