"""Shopify's customers and products exports: whole lists, as they stand at the export."""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, select_list, write_csv
from pipelines.demo.world import World

CUSTOMER_COLUMNS = {
    "Customer ID": "customers.shop_customer_id",
    "First Name": "if(customers.is_named, people.first_name, null)",
    "Last Name": "if(customers.is_named, people.last_name, null)",
    "Email": "customers.email",
    "Accepts Email Marketing": "if(people.is_subscribed and (getvariable('is_last_night')"
    " or not happens('subscribes_late', people.person_no, 0, 40)), 'yes', 'no')",
    "Company": "''",
    "Address1": "people.street",
    "Address2": "''",
    "City": "people.city",
    "Province": "people.region",
    "Province Code": "people.region_code",
    "Country": "people.country",
    "Country Code": "people.country_code",
    "Zip": "concat('''', people.zip)",
    "Phone": "if(customers.phone is null, null, concat('''', customers.phone))",
    "Accepts SMS Marketing": "if(people.is_subscribed and customers.phone is not null"
    " and happens('sms', people.person_no, 0, 400), 'yes', 'no')",
    "Total Spent": "money(coalesce(spent.spent_cents, 0))",
    "Total Orders": "coalesce(spent.order_count, 0)",
    "Tags": "case when happens('newsletter', people.person_no, 0, 62) then 'vip, tasting'"
    " else '' end",
    "Note": "''",
    "Tax Exempt": "'no'",
}


def customers_sql(shop: str) -> str:
    """Every customer of a shop known by tonight."""
    return f"""
        with spent as (
            select
                person_no, email,
                count(*) as order_count,
                sum(total_cents - refunded_now) as spent_cents
            from orders_tonight where email is not null group by person_no, email
        )
        select {select_list(CUSTOMER_COLUMNS)}
        from shop_customers as customers
        inner join people on people.person_no = customers.person_no
        left join spent
            on spent.person_no = customers.person_no and spent.email = customers.email
        where customers.shop = '{shop}' and customers.created_at <= getvariable('night')
        order by customers.shop_customer_id
    """


MARKETS = ("European Union", "Nordics", "United Kingdom", "United States")
METAFIELDS = (
    "Roast (product.metafields.custom.roast)",
    "Origin (product.metafields.custom.origin)",
    "Material (product.metafields.custom.material)",
    "Care (product.metafields.custom.care)",
    "Google: Custom Product (product.metafields.mm-google-shopping.custom_product)",
    "Complementary products (product.metafields.shopify--discovery.complementary)",
    "Related products (product.metafields.shopify--discovery.related_products)",
)


def _of_product(sql: str) -> str:
    return f"if(row_no = 1, {sql}, null)"


def _of_variant(sql: str) -> str:
    return f"if(is_variant, {sql}, null)"


PRODUCT_COLUMNS = {
    "Handle": "handle",
    "Title": _of_product("title"),
    "Body (HTML)": _of_product(
        "concat('<p>', title, ' by ', vendor, '.</p>', chr(10), '<ul><li>Made with care</li></ul>')"
    ),
    "Vendor": _of_product("vendor"),
    "Product Category": _of_product("concat('Home & Garden > ', category)"),
    "Type": _of_product("category"),
    "Tags": _of_product("concat(lower(category), ', ', lower(split_part(vendor, ' ', 1)))"),
    "Published": _of_product("'true'"),
    "Option1 Name": _of_product("if(variant_name = 'Standard', 'Title', 'Option')"),
    "Option1 Value": _of_variant("if(variant_name = 'Standard', 'Default Title', variant_name)"),
    "Option1 Linked To": "null",
    **dict.fromkeys(
        (f"Option{n} {part}" for n in (2, 3) for part in ("Name", "Value", "Linked To")), "null"
    ),
    "Variant SKU": _of_variant("sku"),
    "Variant Grams": _of_variant("'400.0'"),
    "Variant Inventory Tracker": _of_variant("'shopify'"),
    "Variant Inventory Qty": _of_variant("5 + dice('stock', variant_no, 0, 200)"),
    "Variant Inventory Policy": _of_variant("'deny'"),
    "Variant Fulfillment Service": _of_variant("'manual'"),
    "Variant Price": _of_variant(
        "money(price_cents * shops.price_percent // 100 * if(getvariable('is_sale')"
        " and happens('on_sale', variant_no, 0, 100), 9, 10) // 10)"
    ),
    "Variant Compare At Price": "null",
    "Variant Requires Shipping": _of_variant("if(category = 'Gift Cards', 'false', 'true')"),
    "Variant Taxable": _of_variant("if(category = 'Gift Cards', 'false', 'true')"),
    "Variant Barcode": "''",
    "Image Src": "concat('https://cdn.example.com/', handle, '-', row_no, '.jpg')",
    "Image Position": "row_no",
    "Image Alt Text": "''",
    "Gift Card": _of_product("if(category = 'Gift Cards', 'true', 'false')"),
    "SEO Title": "null",
    "SEO Description": "null",
    **dict.fromkeys(
        (
            f"Google Shopping / {label}"
            for label in (
                "Google Product Category", "Gender", "Age Group", "MPN", "Condition",
                "Custom Product", *(f"Custom Label {n}" for n in range(5)),
            )
        ),
        "null",
    ),
    "Variant Image": "null",
    "Variant Weight Unit": _of_variant("'g'"),
    "Variant Tax Code": "null",
    "Cost per item": _of_variant("money(cost_cents * shops.price_percent // 100)"),
    **{
        f"{part} / {market}": _of_product("'true'") if part == "Included" else "null"
        for market in MARKETS
        for part in ("Included", "Price", "Compare At Price")
    },
    **dict.fromkeys(METAFIELDS, "null"),
    "Status": _of_product("'active'"),
}  # fmt: skip


def products_sql(shop: str) -> str:
    """A product's variants, then a row that is only a picture."""
    return f"""
        with listed as (
            select *, option_no as row_no, true as is_variant from variants
            union all
            select *, 1 + count(*) over (partition by product_no), false from variants
            qualify option_no = 1
        )
        select {select_list(PRODUCT_COLUMNS)}
        from listed
        inner join shops on shops.name = '{shop}'
        order by product_no, row_no
    """


def write_lists(world: World, outbox: Outbox, night: date) -> None:
    """Customers on every other night; products on all.

    Every other night some products are on sale, so that the same bytes come back the night after.
    """
    is_customers_night = world.settings.nights.index(night) % 2 == 0
    is_last = night == world.settings.until
    world.run(f"set variable is_last_night = {is_last}")
    world.run(f"set variable is_sale = {not is_customers_night and not is_last}")
    for shop in ("eu", "us"):
        if is_customers_night or night == world.settings.until:
            path = outbox.path("shopify", shop, night, "customers_export.csv")
            write_csv(world, customers_sql(shop), path)
            outbox.done(path)
        path = outbox.path("shopify", shop, night, "products_export.csv")
        write_csv(world, products_sql(shop), path)
        outbox.done(path)
