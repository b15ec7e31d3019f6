"""Square: the items detail report of the point of sale (CSV), one row per item sold or given back.

Reports › Item sales › Export › Items detail CSV. The columns grew from 29 to 33 and 35, not always
at the end. Date and time stand in columns of their own, and the zone is named as Ruby on Rails
names it: `Eastern Time (US & Canada)`. A transaction's rows share its id; no row has an id of its
own. The days of two reports overlap, so a day is replaced whole, location by location.

Money carries the symbol of the currency, which no column names: net sales land as an amount and
as they were written.

Card brand and the last digits of the card are left in the file on purpose: thousands of people
share them. So are notes, employees and the device.
"""

from __future__ import annotations

from pipelines.exports.declare import DECIMAL, ID, MONEY, TEXT, Column, Export, day, timestamp

SALE_DAY = day("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")
TIME_OF_DAY = timestamp("%H:%M:%S", "%I:%M:%S %p", "%H:%M")  # lands on the first day of 1900

ITEMS = Export(
    vendor="square",
    name="items",
    title="Square items detail",
    files=("*.csv",),
    dated_by="sold_date",
    columns=(
        Column("Transaction ID", "transaction_id", ID, filled=True),
        Column("Payment ID", "payment_id", ID, required=False),
        Column("Customer ID", "customer_id", ID, required=False),
        Column("Customer Reference ID", "customer_reference_id", ID, required=False),
        Column("Token", "item_token", ID, required=False),
        Column("Event Type", "event_type", TEXT, filled=True),
        Column("Location", "location", TEXT, required=False),
        Column("Channel", "channel", TEXT, required=False),
        Column("Dining Option", "dining_option", TEXT, required=False),
        Column("Customer Name", "customer_name", TEXT, required=False),
        Column("Category", "category", TEXT, required=False),
        Column("Item", "item_name", TEXT),
        Column("Price Point Name", "price_point_name", TEXT, required=False),
        Column("Modifiers Applied", "modifiers", TEXT, required=False),
        Column("SKU", "sku", ID, required=False),
        Column("GTIN", "gtin", ID, required=False),
        Column("Itemization Type", "itemization_type", TEXT, required=False),
        Column("Unit", "unit", TEXT, required=False),
        Column("Time Zone", "time_zone", TEXT),
        Column("Net Sales", "net_sales_as_written", TEXT),
        Column("Qty", "quantity", DECIMAL, filled=True),
        Column("Gross Sales", "gross_sales", MONEY, filled=True),
        Column("Discounts", "discounts", MONEY),
        Column("Net Sales", "net_sales", MONEY, filled=True),
        Column("Tax", "tax", MONEY),
        Column("Date", "sold_date", SALE_DAY, filled=True),
        Column("Time", "sold_time", TIME_OF_DAY, filled=True),
    ),
    description="One row per item of a transaction; a refund's rows have negative amounts.",
)

EXPORTS: tuple[Export, ...] = (ITEMS,)
