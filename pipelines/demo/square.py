"""Square's items detail: the café's rows from the last export's day on, newest first.

The report was written with 29 columns at first, then with 33, and with 35 since.
"""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, select_list, write_csv
from pipelines.demo.world import World

LABEL = "Eastern Time (US & Canada)"
LOCATION = "Pine & Harbour Café"

# Amounts of what is given back are negative
ROWS = """
    with told as (
        select *, 1 as sign, 'Payment' as event_type from cafe_lines
        union all by name
        select *, -1 as sign, 'Refund' as event_type from cafe_refunds
    ),
    seen as (
        select * from told
        where coalesce(refunded_at, ordered_at) <= getvariable('night')
          and cast(local_time as date) >= cast(getvariable('previous_night') as date)
    )
"""


def _dollars(cents: str) -> str:
    return f"concat(if({cents} < 0, '-', ''), '$', money(abs({cents})))"


COLUMNS = {
    "Date": "strftime(local_time, '%Y-%m-%d')",
    "Time": "strftime(local_time, '%H:%M:%S')",
    "Time Zone": f"'{LABEL}'",
    "Category": "category",
    "Item": "name",
    "Qty": "concat(sign * quantity, '.0')",
    "Price Point Name": "size",
    "SKU": "sku",
    "Modifiers Applied": "modifiers",
    "Gross Sales": _dollars("(sign * gross_cents)"),
    "Discounts": _dollars("(-sign * discount_cents)"),
    "Net Sales": _dollars("(sign * (gross_cents - discount_cents))"),
    "Tax": _dollars("(sign * tax_cents)"),
    "Transaction ID": "transaction_id",
    "Payment ID": "payment_id",
    "Device Name": "'Terminal 2274'",
    "Notes": "''",
    "Details": "concat('https://pos.example.com/transactions/', transaction_id)",
    "Event Type": "event_type",
    "Location": f"'{LOCATION}'",
    "Dining Option": "''",
    "Customer ID": "coalesce(customer_id, '')",
    "Customer Name": "coalesce(customer_name, '')",
    "Customer Reference ID": "''",
    "Unit": "'ea'",
    "Count": "quantity",
    "GTIN": "''",
    "Itemization Type": "kind",
    "Commission": "'$0.00'",
    "Employee": "''",
    "Fulfillment Note": "''",
    "Channel": f"'{LOCATION}'",
    "Token": "upper(left(hex('cafe token', dish_no, 0), 24))",
    "Card Brand": "pick('card', ticket_no, 0, ['Visa', 'MasterCard', 'American Express'])",
    "PAN Suffix": "lpad(cast(dice('pan', ticket_no, 0, 10000) as varchar), 4, '0')",
}
LATER = {
    0: {"GTIN", "Fulfillment Note", "Channel", "Token", "Card Brand", "PAN Suffix"},
    1: {"Commission", "Employee"},
}


def write_square(world: World, outbox: Outbox, night: date) -> None:
    """The days since the last export, its own day once more."""
    nights = world.settings.nights
    number = nights.index(night)
    begin = world.settings.start if number == 0 else nights[number - 1]
    missing = LATER.get(number, set())
    columns = {header: sql for header, sql in COLUMNS.items() if header not in missing}
    path = outbox.path("square", "", night, f"items-{begin}-{night}.csv")
    rows = f"{ROWS} select {select_list(columns)} from seen"
    write_csv(world, f"{rows} order by local_time desc, transaction_id, line_no, sign", path)
    outbox.done(path)
