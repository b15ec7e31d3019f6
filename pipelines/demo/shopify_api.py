"""Shopify's Admin API: pages of orders with their refunds, and of customers with their consents.

Only the European shop's recently changed orders and the American shop's customers are fetched that
way; the orders are also in the CSV exports, with the same ids and amounts.
"""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, write_json_lines
from pipelines.demo.world import World

PAGE = 250

# Money is text in the API, ids are numbers
ORDERS = f"""
with recent as (
    select * from orders_tonight
    where shop = 'eu' and ordered_at > getvariable('night') - interval 14 day
),
lines as (
    select
        order_lines.order_no,
        list({{
            'id': recent.shop_order_id * 10 + order_lines.line_no,
            'product_id': variants.product_id,
            'variant_id': variants.shop_variant_id,
            'sku': variants.sku,
            'name': variants.line_name,
            'title': variants.title,
            'vendor': variants.vendor,
            'quantity': order_lines.quantity,
            'price': cast(money(order_lines.price_cents) as varchar),
            'total_discount': '0.00',
            'discount_allocations': if(order_lines.discount_cents > 0, [{{
                'amount': cast(money(order_lines.discount_cents) as varchar),
                'discount_application_index': 0
            }}], []),
            'fulfillment_status': if(recent.fulfillment_status = 'fulfilled', 'fulfilled', null),
            'gift_card': variants.category = 'Gift Cards',
            'requires_shipping': variants.category <> 'Gift Cards',
            'taxable': variants.category <> 'Gift Cards'
        }} order by order_lines.line_no) as line_items,
        list({{
            'id': recent.shop_order_id * 10 + order_lines.line_no + 5,
            'line_item_id': recent.shop_order_id * 10 + order_lines.line_no,
            'quantity': if(recent.refund_kind = 'full', order_lines.quantity, 1),
            'restock_type': 'return',
            'subtotal': if(
                recent.refund_kind = 'full',
                (order_lines.gross_cents - order_lines.discount_cents) / 100.0,
                recent.refunded_cents / 100.0
            )
        }} order by order_lines.line_no) filter (
            where recent.refund_kind = 'full'
            or recent.refund_kind = 'line' and order_lines.line_no = 1
        ) as refund_line_items
    from recent
    inner join order_lines on order_lines.order_no = recent.order_no
    inner join variants on variants.variant_no = order_lines.variant_no
    group by order_lines.order_no
),
documents as (
    select
        row_number() over (order by recent.shop_order_id) as document_no,
        {{
            'id': recent.shop_order_id,
            'name': recent.order_name,
            'order_number': 1000 + recent.shop_order_no,
            'created_at': iso_offset(recent.ordered_at, recent.zone),
            'updated_at': iso_offset(recent.changed_at, recent.zone),
            'processed_at': iso_offset(recent.ordered_at, recent.zone),
            'cancelled_at': iso_offset(recent.cancelled_now, recent.zone),
            'currency': recent.currency,
            'presentment_currency': recent.currency,
            'email': coalesce(recent.email, ''),
            'phone': recent.phone,
            'test': recent.is_test,
            'gateway': if(recent.is_test, 'bogus', 'shopify_payments'),
            'payment_gateway_names': if(recent.is_test, ['bogus'], ['shopify_payments']),
            'financial_status': recent.financial_status,
            'fulfillment_status': if(
                recent.fulfillment_status = 'fulfilled', 'fulfilled', null
            ),
            'source_name': case recent.kind when 'pos' then 'pos'
                when 'draft' then 'shopify_draft_order' when 'tiktok' then '4555777'
                else 'web' end,
            'landing_site': landings.landing_path,
            'referring_site': landings.referrer,
            'checkout_token': if(recent.kind = 'web', hex('checkout', recent.order_no, 0), null),
            'cart_token': if(recent.kind = 'web', hex('cart', recent.order_no, 0), null),
            'buyer_accepts_marketing': people.is_subscribed,
            'taxes_included': recent.is_tax_included,
            'subtotal_price': cast(money(recent.subtotal_cents) as varchar),
            'total_discounts': cast(money(recent.discount_cents) as varchar),
            'total_tax': cast(money(recent.tax_cents) as varchar),
            'total_price': cast(money(recent.total_cents) as varchar),
            'current_subtotal_price': cast(money(case
                when coalesce(recent.refunded_now, 0) = 0 or recent.refund_kind = 'shipping'
                    then recent.subtotal_cents
                when recent.refund_kind = 'full' then 0
                else recent.subtotal_cents - recent.refunded_cents
            end) as varchar),
            'total_tip_received': '0.00',
            'tax_lines': [{{
                'title': recent.tax_name,
                'price': cast(money(recent.tax_cents) as varchar),
                'rate': recent.tax_percent / 100.0
            }}],
            'current_total_price': cast(
                money(recent.total_cents - coalesce(recent.refunded_now, 0)) as varchar
            ),
            'total_shipping_price_set': {{
                'shop_money': {{
                    'amount': cast(money(recent.shipping_cents) as varchar),
                    'currency_code': recent.currency
                }},
                'presentment_money': {{
                    'amount': cast(money(recent.shipping_cents) as varchar),
                    'currency_code': recent.currency
                }}
            }},
            'discount_codes': if(recent.discount_code is null, [], [{{
                'code': recent.discount_code,
                'amount': cast(money(recent.discount_cents) as varchar),
                'type': 'percentage'
            }}]),
            'note_attributes': if(
                happens('form', recent.order_no, 0, 50),
                [{{'name': 'gift_wrap', 'value': 'no'}}], []
            ),
            'tags': '',
            'customer': if(customers.shop_customer_id is null, null, {{
                'id': customers.shop_customer_id,
                'email': customers.email,
                'phone': customers.phone,
                'first_name': people.first_name,
                'last_name': people.last_name
            }}),
            'billing_address': if(recent.kind = 'pos', null, {{
                'first_name': recent.buyer_first_name,
                'last_name': recent.buyer_last_name,
                'city': people.city,
                'province': people.region,
                'country_code': people.country_code,
                'phone': recent.phone
            }}),
            'shipping_address': if(recent.kind in ('pos', 'draft'), null, {{
                'first_name': recent.buyer_first_name,
                'last_name': recent.buyer_last_name,
                'city': people.city,
                'province': people.region,
                'country_code': people.country_code
            }}),
            'line_items': lines.line_items,
            'refunds': if(coalesce(recent.refunded_now, 0) = 0, [], [{{
                'id': recent.shop_order_id + 1,
                'order_id': recent.shop_order_id,
                'created_at': iso_offset(recent.refunded_at, recent.zone),
                'refund_line_items': coalesce(lines.refund_line_items, []),
                'order_adjustments': if(
                    recent.refund_kind = 'line' or recent.shipping_cents = 0, [], [{{
                        'id': recent.shop_order_id + 3,
                        'order_id': recent.shop_order_id,
                        'kind': 'shipping_refund',
                        'amount': cast(money(-recent.shipping_cents) as varchar),
                        'tax_amount': '0.00'
                    }}]
                ),
                'transactions': [{{
                    'id': recent.shop_order_id + 2,
                    'order_id': recent.shop_order_id,
                    'kind': 'refund',
                    'status': 'success',
                    'gateway': 'shopify_payments',
                    'currency': recent.currency,
                    'amount': cast(money(recent.refunded_now) as varchar),
                    'test': recent.is_test
                }}]
            }}])
        }} as document
    from recent
    inner join lines on lines.order_no = recent.order_no
    inner join people on people.person_no = recent.person_no
    left join landings on landings.visit_id = recent.visit_id
    left join shop_customers as customers
        on customers.person_no = recent.person_no and customers.email = recent.email
)
select list(document order by document_no) as orders
from documents
group by (document_no - 1) // {PAGE}
order by min(document_no)
"""

CUSTOMERS = f"""
with documents as (
    select
        row_number() over (order by customers.shop_customer_id) as document_no,
        {{
            'id': customers.shop_customer_id,
            'email': customers.email,
            'phone': customers.phone,
            'first_name': if(customers.is_named, people.first_name, null),
            'last_name': if(customers.is_named, people.last_name, null),
            'state': if(customers.email_no = 1, 'enabled', 'disabled'),
            'verified_email': true,
            'tags': '',
            'created_at': iso_offset(customers.created_at, shops.zone),
            'updated_at': iso_offset(customers.created_at + interval 2 hour, shops.zone),
            'email_marketing_consent': {{
                'state': if(people.is_subscribed, 'subscribed', 'not_subscribed'),
                'opt_in_level': 'single_opt_in',
                'consent_updated_at': if(
                    people.is_subscribed, iso_offset(customers.created_at, shops.zone), null
                )
            }},
            'sms_marketing_consent': if(customers.phone is null, null, {{
                'state': 'not_subscribed', 'consent_updated_at': null
            }}),
            'default_address': {{
                'city': people.city,
                'province': people.region,
                'country_code': people.country_code,
                'phone': customers.phone
            }}
        }} as document
    from shop_customers as customers
    inner join people on people.person_no = customers.person_no
    inner join shops on shops.name = customers.shop
    where customers.shop = 'us' and customers.created_at <= getvariable('night')
)
select list(document order by document_no) as customers
from documents
group by (document_no - 1) // {PAGE}
order by min(document_no)
"""


def write_api(world: World, outbox: Outbox, night: date) -> None:
    """The last two weeks' orders on the last two nights; the customers on the last."""
    if night in world.settings.nights[-2:]:
        path = outbox.path("shopify", "eu", night, "orders_api.jsonl")
        write_json_lines(world, ORDERS, path)
        outbox.done(path)
    if night == world.settings.until:
        path = outbox.path("shopify", "us", night, "customers_api.jsonl")
        write_json_lines(world, CUSTOMERS, path)
        outbox.done(path)
