"""Shopify: the export buttons of the admin (CSV), and answers of the Admin API (JSON).

The admin's orders export has one line per line item. What belongs to the order as a whole stands
only on the order's first line; the lines after it repeat the name, the e-mail and the date. The
columns grew from 73 to 79 over the years, always at the end. Money is in the shop's currency.

The Admin API is kept as its REST resources wrap it (`{"orders": [...]}`, `{"order": {...}}`), one
document a line, or an array of documents. Its money is text in the shop's currency; only a payment
names a currency of its own, the one the buyer paid in.

Free text of buyers and staff (notes, streets, engravings) is left in the file on purpose.
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.exports.declare import (
    BOOLEAN,
    ID,
    INTEGER,
    JSON,
    MONEY,
    TIMESTAMP,
    Column,
    Export,
    timestamp,
)

CSV = ("*.csv",)
DOCUMENTS = ("*.json", "*.jsonl", "*.ndjson")

SHOP_TIME = timestamp("%Y-%m-%d %H:%M:%S %z")  # the shop's clock and its offset on that day

ORDER_LINES = Export(
    vendor="shopify",
    name="order_lines",
    title="Shopify orders export",
    description="Order-level columns are filled on an order's first line only.",
    files=CSV,
    dated_by="created_at",
    columns=(
        Column("Id", "order_id", ID),
        Column("Name", "order_name", filled=True),
        Column("Email", "email"),
        Column("Financial Status", "financial_status"),
        Column("Fulfillment Status", "fulfillment_status"),
        Column("Accepts Marketing", "accepts_marketing", BOOLEAN),
        Column("Currency", "currency"),
        Column("Subtotal", "subtotal", MONEY),
        Column("Shipping", "shipping", MONEY),
        Column("Taxes", "taxes", MONEY),
        Column("Total", "total", MONEY),
        Column("Discount Code", "discount_code"),
        Column("Discount Amount", "discount_amount", MONEY),
        Column("Refunded Amount", "refunded_amount", MONEY),
        Column("Shipping Method", "shipping_method"),
        Column("Payment Method", "payment_method"),
        Column("Lineitem quantity", "line_quantity", INTEGER),
        Column("Lineitem name", "line_name"),
        Column("Lineitem price", "line_price", MONEY),
        Column("Lineitem compare at price", "line_compare_at_price", MONEY),
        Column("Lineitem sku", "line_sku"),
        Column("Lineitem requires shipping", "line_requires_shipping", BOOLEAN),
        Column("Lineitem taxable", "line_is_taxable", BOOLEAN),
        Column("Lineitem discount", "line_discount", MONEY),
        Column("Lineitem fulfillment status", "line_fulfillment_status"),
        Column("Vendor", "line_vendor"),
        Column("Billing Name", "billing_name"),
        Column("Billing City", "billing_city"),
        Column("Billing Zip", "billing_zip"),
        Column("Billing Province", "billing_province"),
        Column("Billing Province Name", "billing_province_name", required=False),
        Column("Billing Country", "billing_country"),
        Column("Billing Phone", "billing_phone"),
        Column("Shipping Name", "shipping_name"),
        Column("Shipping City", "shipping_city"),
        Column("Shipping Zip", "shipping_zip"),
        Column("Shipping Province", "shipping_province"),
        Column("Shipping Province Name", "shipping_province_name", required=False),
        Column("Shipping Country", "shipping_country"),
        Column("Shipping Phone", "shipping_phone"),
        Column("Phone", "phone", required=False),
        Column("Note Attributes", "note_attributes", required=False),
        Column("Tags", "tags", required=False),
        Column("Source", "source", required=False),
        Column("Tax 1 Name", "tax_1_name", required=False),
        Column("Tax 2 Name", "tax_2_name", required=False),
        Column("Tax 2 Value", "tax_2_value", MONEY, required=False),
        Column("Duties", "duties", MONEY, required=False),
        Column("Location", "location", required=False),
        Column("Receipt Number", "receipt_number", required=False),
        Column("Paid at", "paid_at", SHOP_TIME),
        Column("Fulfilled at", "fulfilled_at", SHOP_TIME),
        Column(("Cancelled at", "Canceled at"), "cancelled_at", SHOP_TIME),
        Column("Created at", "created_at", SHOP_TIME, filled=True),
    ),
)

CUSTOMERS = Export(
    vendor="shopify",
    name="customers",
    title="Shopify customers export",
    description="No dates in any year; no customer id and no text message consent at first.",
    files=CSV,
    columns=(
        Column("Customer ID", "customer_id", ID, required=False),
        Column("First Name", "first_name"),
        Column("Last Name", "last_name"),
        Column("Email", "email"),
        Column("Phone", "phone"),
        Column(("City", "Default Address City"), "city"),
        Column(("Zip", "Default Address Zip"), "zip"),
        Column("Province", "province", required=False),
        Column(("Province Code", "Default Address Province Code"), "province_code"),
        Column("Country", "country", required=False),
        Column(("Country Code", "Default Address Country Code"), "country_code"),
        Column(("Accepts Email Marketing", "Accepts Marketing"), "accepts_email", BOOLEAN),
        Column("Accepts SMS Marketing", "accepts_sms", BOOLEAN, required=False),
        Column("Total Spent", "total_spent", MONEY),
        Column("Total Orders", "total_orders", INTEGER),
        Column("Tags", "tags"),
    ),
)

PRODUCTS = Export(
    vendor="shopify",
    name="products",
    title="Shopify products export",
    description="One row per variant or picture; a product's own columns on its first row only.",
    files=CSV,
    columns=(
        Column(("Handle", "URL handle"), "handle", filled=True),
        Column("Title", "title"),
        Column("Vendor", "vendor"),
        Column("Product Category", "product_category", required=False),
        Column("Type", "product_type"),
        Column("Tags", "tags"),
        Column("Option1 Value", "option1_value"),
        Column("Option2 Value", "option2_value"),
        Column("Option3 Value", "option3_value"),
        Column(("Variant SKU", "SKU"), "variant_sku"),
        Column(("Variant Barcode", "Barcode"), "variant_barcode", required=False),
        Column(("Variant Price", "Price"), "variant_price", MONEY),
        Column(
            ("Variant Compare At Price", "Compare-at price"),
            "variant_compare_at_price",
            MONEY,
            required=False,
        ),
        Column("Cost per item", "cost_per_item", MONEY, required=False),
        Column(("Gift Card", "Gift card"), "is_gift_card", BOOLEAN, required=False),
        Column("Status", "status", required=False),
    ),
)

API_ORDERS = Export(
    vendor="shopify",
    name="api_orders",
    title="Shopify Admin API orders",
    files=DOCUMENTS,
    shape="documents",
    wrappers=("orders", "order"),
    dated_by="created_at",
    columns=(
        Column("id", "order_id", ID, filled=True),
        Column("name", "order_name"),
        Column("customer.id", "customer_id", ID),
        Column("email", "email"),
        Column("customer.email", "customer_email"),
        Column("phone", "phone"),
        Column("customer.phone", "customer_phone"),
        Column("customer.first_name", "customer_first_name"),
        Column("customer.last_name", "customer_last_name"),
        Column("currency", "currency", filled=True),
        Column("financial_status", "financial_status", filled=True),
        Column("fulfillment_status", "fulfillment_status"),
        Column("source_name", "source_name"),
        Column("gateway", "gateway"),
        Column("payment_gateway_names", "payment_gateway_names", JSON),
        Column("billing_address.city", "billing_city"),
        Column("billing_address.province", "billing_province"),
        Column("billing_address.country_code", "billing_country_code"),
        Column("billing_address.phone", "billing_phone"),
        Column("billing_address.first_name", "billing_first_name"),
        Column("billing_address.last_name", "billing_last_name"),
        Column("shipping_address.city", "shipping_city"),
        Column("shipping_address.province", "shipping_province"),
        Column("shipping_address.country_code", "shipping_country_code"),
        Column("landing_site", "landing_site"),
        Column("referring_site", "referring_site"),
        Column("checkout_token", "checkout_token"),
        Column("cart_token", "cart_token"),
        Column("note_attributes", "note_attributes", JSON),
        Column("discount_codes", "discount_codes", JSON),
        Column("tags", "tags"),
        Column("subtotal_price", "subtotal_price", MONEY, filled=True),
        Column("total_discounts", "total_discounts", MONEY),
        Column("total_shipping_price_set.shop_money.amount", "total_shipping", MONEY),
        Column("total_tax", "total_tax", MONEY),
        Column("total_price", "total_price", MONEY, filled=True),
        Column("total_tip_received", "total_tip", MONEY),
        Column("original_total_duties_set.shop_money.amount", "total_duties", MONEY),
        Column("current_subtotal_price", "current_subtotal_price", MONEY),
        Column("presentment_currency", "presentment_currency"),
        Column("total_price_set.presentment_money.amount", "presentment_total_price", MONEY),
        Column("tax_lines", "tax_lines", JSON),
        Column("taxes_included", "taxes_included", BOOLEAN),
        Column("buyer_accepts_marketing", "buyer_accepts_marketing", BOOLEAN),
        Column("test", "test", BOOLEAN),
        Column("processed_at", "processed_at", TIMESTAMP),
        Column("cancelled_at", "cancelled_at", TIMESTAMP),
        Column("created_at", "created_at", TIMESTAMP, filled=True),
        Column("updated_at", "updated_at", TIMESTAMP),
    ),
)

API_ORDER_LINES = Export(
    vendor="shopify",
    name="api_order_lines",
    title="Shopify Admin API order lines",
    files=DOCUMENTS,
    shape="documents",
    wrappers=("orders", "order"),
    each="line_items",
    dated_by="order_created_at",
    columns=(
        Column("^id", "order_id", ID, filled=True),
        Column("^name", "order_name", filled=True),
        Column("#", "line_number", INTEGER, filled=True),
        Column("id", "line_id", ID, filled=True),
        Column("product_id", "product_id", ID),
        Column("variant_id", "variant_id", ID),
        Column("sku", "sku"),
        Column("name", "name"),
        Column("vendor", "vendor"),
        Column("fulfillment_status", "fulfillment_status"),
        Column("quantity", "quantity", INTEGER, filled=True),
        Column("price", "price", MONEY, filled=True),
        Column("total_discount", "total_discount", MONEY),
        Column("tax_lines", "tax_lines", JSON),
        Column("gift_card", "is_gift_card", BOOLEAN),
        Column("requires_shipping", "requires_shipping", BOOLEAN),
        Column("taxable", "is_taxable", BOOLEAN),
        Column("^created_at", "order_created_at", TIMESTAMP),
        Column("^updated_at", "order_updated_at", TIMESTAMP),
    ),
)

REFUND_PAYMENT = (
    Column("id", "transaction_id", ID, filled=True),
    Column("kind", "kind"),
    Column("status", "status"),
    Column("gateway", "gateway"),
    Column("currency", "currency"),
    Column("amount", "amount", MONEY, filled=True),
    Column("test", "test", BOOLEAN),
)
REFUND_LINE = (
    Column("id", "refund_line_id", ID, filled=True),
    Column("line_item_id", "line_id", ID),
    Column("restock_type", "restock_type"),
    Column("quantity", "quantity", INTEGER, filled=True),
    Column("subtotal", "subtotal", MONEY),
    Column("total_tax", "total_tax", MONEY),
)
REFUND_ADJUSTMENT = (
    Column("id", "adjustment_id", ID, filled=True),
    Column("kind", "kind"),
    Column("amount", "amount", MONEY, filled=True),
    Column("tax_amount", "tax_amount", MONEY),
)


def refunds(name: str, title: str, each: str, columns: tuple[Column, ...]) -> tuple[Export, ...]:
    """The rows `each` of refunds: of the refunds inside orders, and of refunds asked for alone.

    Only an order has a currency of its own, which tells the two kinds of document apart.
    """
    refund = (
        Column("^id", "refund_id", ID, filled=True),
        Column("^created_at", "refunded_at", TIMESTAMP, filled=True),
    )
    in_orders = Export(
        vendor="shopify",
        name=name,
        title=f"Shopify Admin API {title} in orders",
        files=DOCUMENTS,
        shape="documents",
        wrappers=("orders", "order"),
        each=f"refunds.{each}",
        dated_by="refunded_at",
        columns=(
            *columns,
            *refund,
            Column("^^id", "order_id", ID, filled=True),
            Column("^^currency", "order_currency", filled=True),
        ),
    )
    alone = replace(
        in_orders,
        title=f"Shopify Admin API {title} in refunds",
        wrappers=("refunds", "refund"),
        each=each,
        columns=(
            *columns,
            *refund,
            Column("^order_id", "order_id", ID, filled=True),
            Column("^currency", "order_currency"),
        ),
    )
    return in_orders, alone


API_REFUND_PAYMENTS = refunds("api_refund_payments", "payments", "transactions", REFUND_PAYMENT)
API_REFUND_LINES = refunds("api_refund_lines", "lines", "refund_line_items", REFUND_LINE)
API_REFUND_ADJUSTMENTS = refunds(
    "api_refund_adjustments", "adjustments", "order_adjustments", REFUND_ADJUSTMENT
)

API_CUSTOMERS = Export(
    vendor="shopify",
    name="api_customers",
    title="Shopify Admin API customers",
    description="`accepts_marketing` is what older versions say instead of a consent object.",
    files=DOCUMENTS,
    shape="documents",
    wrappers=("customers", "customer"),
    columns=(
        Column("id", "customer_id", ID, filled=True),
        Column("email", "email"),
        Column("phone", "phone"),
        Column("first_name", "first_name"),
        Column("last_name", "last_name"),
        Column("default_address.city", "city"),
        Column("default_address.province", "province"),
        Column("default_address.country_code", "country_code"),
        Column("default_address.phone", "address_phone"),
        Column("state", "state", filled=True),
        Column("tags", "tags"),
        Column("email_marketing_consent.state", "email_consent_state"),
        Column("sms_marketing_consent.state", "sms_consent_state"),
        Column("accepts_marketing", "accepts_marketing", BOOLEAN),
        Column("verified_email", "is_email_verified", BOOLEAN),
        Column("email_marketing_consent.consent_updated_at", "email_consent_at", TIMESTAMP),
        Column("sms_marketing_consent.consent_updated_at", "sms_consent_at", TIMESTAMP),
        Column("accepts_marketing_updated_at", "accepts_marketing_at", TIMESTAMP),
        Column("created_at", "created_at", TIMESTAMP),
        Column("updated_at", "updated_at", TIMESTAMP),
    ),
)

EXPORTS: tuple[Export, ...] = (
    ORDER_LINES,
    CUSTOMERS,
    PRODUCTS,
    API_ORDERS,
    API_ORDER_LINES,
    *API_REFUND_PAYMENTS,
    *API_REFUND_LINES,
    *API_REFUND_ADJUSTMENTS,
    API_CUSTOMERS,
)
