"""What a file of any layout can be mapped to: the kinds of rows and the columns of each.

Each kind is one raw table, `raw_mapped.<kind>`. All mappings of a kind land in it with the same
columns, whichever of them a file has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.exports.declare import (
    BOOLEAN,
    DAY,
    DECIMAL,
    ID,
    INTEGER,
    MONEY,
    TEXT,
    TIMESTAMP,
    Type,
)


@dataclass(frozen=True)
class Kind:
    """One kind of rows.

    owner      the key that says whose rows they are: `shop`, or `platform` for ads
    columns    the columns a file may be mapped to
    needed     of each group at least one column must be mapped or constant
    filled     columns without which a row is rejected, when they are mapped
    dated_by   the column that says what time a file covers
    has_credit_notes   whether `credit_note_ids` means something
    has_parts          whether `parts` means something
    tax                the column of the tax that prices may include, where they may
    """

    owner: str
    columns: Mapping[str, Type]
    needed: tuple[tuple[str, ...], ...]
    filled: tuple[str, ...]
    dated_by: str | None = None
    has_credit_notes: bool = False
    has_parts: bool = False
    tax: str | None = None


BUYER = {
    "shop_customer_id": ID,
    "email": TEXT,
    "phone": TEXT,
    "first_name": TEXT,
    "last_name": TEXT,
    "city": TEXT,
    "region": TEXT,
    "country": TEXT,
}
ORDER = {
    "order_name": TEXT,
    "currency_code": TEXT,
    "payment_status": TEXT,
    "source_name": TEXT,
    "is_cancelled": BOOLEAN,
    "is_test": BOOLEAN,
    "ordered_at": TIMESTAMP,
}

KINDS: Mapping[str, Kind] = {
    "orders": Kind(
        owner="shop",
        columns={
            "order_id": ID,
            **BUYER,
            **ORDER,
            "subtotal": MONEY,
            "discount": MONEY,
            "shipping": MONEY,
            "tax": MONEY,
            "total": MONEY,
            "refunded": MONEY,
            "refunded_total": MONEY,
            "prices_include_tax": BOOLEAN,
            "cancelled_at": TIMESTAMP,
        },
        needed=(("order_id",), ("ordered_at",)),
        filled=("order_id", "ordered_at"),
        dated_by="ordered_at",
        has_credit_notes=True,
        tax="tax",
    ),
    "order_lines": Kind(
        owner="shop",
        columns={
            "order_id": ID,
            "line_number": INTEGER,
            "product_id": ID,
            "variant_id": ID,
            "sku": TEXT,
            "product_name": TEXT,
            "vendor_name": TEXT,
            "category": TEXT,
            "quantity": DECIMAL,
            "unit_price": MONEY,
            "line_discount": MONEY,
            "line_amount": MONEY,
            "line_tax": MONEY,
            "prices_include_tax": BOOLEAN,
            **BUYER,
            **ORDER,
        },
        needed=(("order_id",), ("quantity",), ("unit_price", "line_amount")),
        filled=("order_id", "ordered_at", "quantity", "unit_price", "line_amount"),
        dated_by="ordered_at",
        has_credit_notes=True,
        tax="line_tax",
    ),
    "customers": Kind(
        owner="shop",
        columns={
            **BUYER,
            "language": TEXT,
            "gender": TEXT,
            "accepts_email": BOOLEAN,
            "accepts_sms": BOOLEAN,
            "birth_date": DAY,
            "email_consent_at": TIMESTAMP,
            "sms_consent_at": TIMESTAMP,
            "created_at": TIMESTAMP,
            "updated_at": TIMESTAMP,
        },
        needed=(("shop_customer_id", "email"),),
        filled=("shop_customer_id",),
    ),
    "products": Kind(
        owner="shop",
        columns={
            "product_id": ID,
            "sku": TEXT,
            "product_name": TEXT,
            "variant_name": TEXT,
            "vendor_name": TEXT,
            "category": TEXT,
            "price": MONEY,
            "unit_cost": MONEY,
            "currency_code": TEXT,
        },
        needed=(("sku",),),
        filled=("sku",),
    ),
    "ad_days": Kind(
        owner="platform",
        columns={
            "account_id": ID,
            "campaign_id": ID,
            "campaign_name": TEXT,
            "ad_group_id": ID,
            "ad_group_name": TEXT,
            "ad_id": ID,
            "ad_name": TEXT,
            "currency_code": TEXT,
            "impressions": INTEGER,
            "clicks": INTEGER,
            "spend": MONEY,
            "conversions": DECIMAL,
            "conversion_value": MONEY,
            "ad_date": DAY,
        },
        needed=(("currency_code",), ("spend",), ("ad_date",)),
        filled=("currency_code", "spend", "ad_date"),
        dated_by="ad_date",
        has_parts=True,
    ),
}
