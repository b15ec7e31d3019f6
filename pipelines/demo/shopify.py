"""Shopify's export buttons: orders of 79 columns, customers of 21, products of 69.

An order's own columns stand on its first line; the lines after it repeat the name, the e-mail, the
date and the phone. Zips and phones carry the apostrophe that keeps spreadsheets from counting them.
"""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, bundle, csv_line, select_list, write_csv
from pipelines.demo.world import World

STATE = """
create view orders_tonight as
with seen as (
    select
        *,
        if(refunded_at <= getvariable('night'), refunded_cents, 0) as refunded_now,
        if(cancelled_at <= getvariable('night'), cancelled_at, null) as cancelled_now,
        greatest(
            ordered_at,
            if(refunded_at <= getvariable('night'), refunded_at, null),
            if(cancelled_at <= getvariable('night'), cancelled_at, null)
        ) as changed_at
    from orders
    where ordered_at <= getvariable('night')
)
select
    *,
    case
        when is_pending and cancelled_now is not null then 'voided'
        when is_pending then 'pending'
        when refunded_now >= total_cents then 'refunded'
        when refunded_now > 0 then 'partially_refunded'
        else 'paid'
    end as financial_status,
    case
        when cancelled_now is not null then 'restocked'
        when ordered_at > getvariable('night') - interval 2 day then 'unfulfilled'
        else 'fulfilled'
    end as fulfillment_status
from seen;
"""


def _first(sql: str) -> str:
    return f"if(order_lines.line_no = 1, {sql}, null)"


def _address(side: str, with_name: bool) -> dict[str, str]:
    name = "concat(orders.buyer_first_name, ' ', orders.buyer_last_name)"
    columns = {
        "Name": name if with_name else "null",
        "Street": "people.street",
        "Address1": "people.street",
        "Address2": "''",
        "Company": "''",
        "City": "people.city",
        "Zip": "concat('''', people.zip)",
        "Province": "people.region_code",
        "Country": "people.country_code",
        "Phone": "concat('''', orders.phone)",
    }
    away = "orders.kind in ('pos', 'draft')" if side == "Shipping" else "orders.kind = 'pos'"
    return {
        f"{side} {part}": _first(f"case when not ({away}) then {sql} end")
        if part != "Phone"
        else _first(f"case when not ({away}) and orders.phone is not null then {sql} end")
        for part, sql in columns.items()
    }


def _blank(*headers: str) -> dict[str, str]:
    return dict.fromkeys(headers, "null")


PAYMENT_METHOD = """case
    when orders.is_test then '(for testing) Bogus Gateway'
    when orders.kind = 'pos' then 'cash'
    when happens('two payments', orders.order_no, 0, 30) then 'Shopify Payments + manual'
    when orders.is_pending then 'Bank Deposit'
    else 'Shopify Payments' end"""
NOTES = """case
    when happens('note', orders.order_no, 0, 40)
        then concat('Please ring twice.', chr(10), 'Leave it with the neighbour, "no. 4".')
    end"""
# Only forms for cash on delivery write the campaign here; it is all the attribution a CSV holds
NOTE_ATTRIBUTES = """case
    when visits.channel like 'meta%' and happens('form', orders.order_no, 0, 200)
        then concat('UTM source: facebook', chr(10), 'UTM medium: paid_social')
    when visits.channel like 'google%' and happens('form', orders.order_no, 0, 100)
        then concat('UTM source: google', chr(10), 'UTM medium: cpc')
    end"""

ORDER_COLUMNS = {
    "Name": "orders.order_name",
    # a form keeps the capitals that were typed
    "Email": "if(happens('capitals', orders.order_no, 0, 50), upper(orders.email), orders.email)",
    "Financial Status": _first("orders.financial_status"),
    "Paid at": _first(
        "case when orders.financial_status in ('paid', 'refunded')"
        " then with_offset(orders.ordered_at, orders.zone) end"
    ),
    "Fulfillment Status": _first("orders.fulfillment_status"),
    "Fulfilled at": _first(
        "case when orders.fulfillment_status = 'fulfilled'"
        " then with_offset(orders.ordered_at + interval 30 hour, orders.zone) end"
    ),
    "Accepts Marketing": _first("if(people.is_subscribed, 'yes', 'no')"),
    "Currency": _first("orders.currency"),
    "Subtotal": _first("money(orders.subtotal_cents)"),
    "Shipping": _first("money(orders.shipping_cents)"),
    "Taxes": _first("money(orders.tax_cents)"),
    "Total": _first("money(orders.total_cents)"),
    "Discount Code": _first("coalesce(orders.discount_code, '')"),
    "Discount Amount": _first("money(orders.discount_cents)"),
    "Shipping Method": _first("if(orders.kind = 'pos', null, 'Standard')"),
    "Created at": "with_offset(orders.ordered_at, orders.zone)",
    "Lineitem quantity": "order_lines.quantity",
    "Lineitem name": "variants.line_name",
    "Lineitem price": "money(order_lines.price_cents)",
    "Lineitem compare at price": "null",
    "Lineitem sku": "variants.sku",
    "Lineitem requires shipping": "if(variants.category in ('Gift Cards'), 'false', 'true')",
    "Lineitem taxable": "if(variants.category in ('Gift Cards'), 'false', 'true')",
    "Lineitem fulfillment status": (
        "if(orders.fulfillment_status = 'unfulfilled', 'pending', orders.fulfillment_status)"
    ),
    **_address("Billing", True),
    **_address("Shipping", True),
    "Notes": _first(NOTES),
    "Note Attributes": _first(NOTE_ATTRIBUTES),
    "Cancelled at": _first("with_offset(orders.cancelled_now, orders.zone)"),
    "Payment Method": _first(PAYMENT_METHOD),
    "Payment Reference": _first("concat('c', left(hex('payment', orders.order_no, 0), 16), '.1')"),
    "Refunded Amount": _first("money(orders.refunded_now)"),
    "Vendor": "variants.vendor",
    "Outstanding Balance": _first(
        "if(orders.financial_status = 'pending', money(orders.total_cents), 0.00)"
    ),
    "Employee": _first("if(orders.kind = 'pos', 'Till 1', null)"),
    "Location": _first("if(orders.kind = 'pos', 'Harbour store', null)"),
    "Device ID": _first("if(orders.kind = 'pos', 3, null)"),
    "Id": _first("orders.shop_order_id"),
    "Tags": _first("''"),
    "Risk Level": _first("if(happens('risk', orders.order_no, 0, 15), 'Medium', 'Low')"),
    "Source": _first(
        "case orders.kind when 'pos' then 'pos' when 'draft' then 'shopify_draft_order'"
        " when 'tiktok' then '4555777' else 'web' end"
    ),
    "Lineitem discount": "money(if(orders.shop = 'us', order_lines.discount_cents, 0))",
    "Tax 1 Name": _first("concat(orders.tax_name, ' ', orders.tax_percent, '%')"),
    "Tax 1 Value": _first("money(orders.tax_cents)"),
    **_blank(*(f"Tax {n} {part}" for n in range(2, 6) for part in ("Name", "Value"))),
    "Phone": "concat('''', orders.phone)",
    "Receipt Number": _first("if(orders.kind = 'pos', concat('1-', orders.shop_order_no), null)"),
    "Duties": "null",
    "Billing Province Name": _first("if(orders.kind = 'pos', null, people.region)"),
    "Shipping Province Name": _first("if(orders.kind = 'pos', null, people.region)"),
    "Payment ID": _first("concat('c', left(hex('payment', orders.order_no, 0), 16), '.1')"),
    **_blank("Payment Terms Name", "Next Payment Due At", "Payment References"),
}
ORDER_COLUMNS["Phone"] = "if(orders.phone is null, null, concat('''', orders.phone))"


def orders_sql(shop: str, columns: dict[str, str], condition: str) -> str:
    """The lines of a shop's orders as of tonight, newest order first as the admin lists them."""
    return f"""
        select {select_list(columns)}
        from orders_tonight as orders
        inner join order_lines on order_lines.order_no = orders.order_no
        inner join variants on variants.variant_no = order_lines.variant_no
        inner join people on people.person_no = orders.person_no
        left join visits on visits.visit_id = orders.visit_id
        where orders.shop = '{shop}' and ({condition})
        order by orders.shop_order_no desc, order_lines.line_no
    """


IN_WINDOW = "orders.ordered_at >= getvariable('window_start')"


def write_orders(world: World, outbox: Outbox, night: date) -> None:
    """The orders of the window, per shop; the whole history comes as a zip of two files."""
    is_first, is_last = night == world.settings.nights[0], night == world.settings.until
    for shop in ("eu", "us"):
        if is_first and shop == "eu":
            half = "orders.shop_order_no % 1000 < 500"
            parts = []
            for number, condition in enumerate((half, f"not {half}"), start=1):
                part = outbox.path("shopify", shop, night, f"orders_export_{number}.csv")
                write_csv(world, orders_sql(shop, ORDER_COLUMNS, condition), part)
                parts.append(part)
            outbox.done(bundle(parts, outbox.path("shopify", shop, night, "orders_export.zip")))
            continue
        path = outbox.path("shopify", shop, night, "orders_export_1.csv")
        write_csv(world, orders_sql(shop, ORDER_COLUMNS, IN_WINDOW), path)
        has_bad_rows = is_last and shop == "eu"
        if has_bad_rows:
            with path.open("a", encoding="utf-8", newline="") as file:
                file.writelines(bad_order_lines())
        outbox.done(path, reject_count=2 if has_bad_rows else 0)


def bad_order_lines() -> list[str]:
    """Two orders that no one placed: one of a day that is none, one with letters for digits."""
    good = {
        "Name": "#999901", "Email": "nobody@example.com", "Financial Status": "paid",
        "Currency": "EUR", "Subtotal": "10.00", "Shipping": "0.00", "Taxes": "1.60",
        "Total": "10.00", "Created at": "2026-06-20 10:00:00 +0200", "Lineitem quantity": "1",
        "Lineitem name": "House Espresso", "Lineitem price": "10.00", "Id": "5499999999901",
        "Source": "web",
    }  # fmt: skip
    no_day = {**good, "Created at": "2026-13-45 10:00:00 +0200"}
    no_sum = {**good, "Name": "#999902", "Id": "5499999999902", "Subtotal": "1O.OO"}
    return [csv_line([row.get(h, "") for h in ORDER_COLUMNS]) for row in (no_day, no_sum)]
