"""What is true in the demo world, for tests to measure the warehouse against."""

from __future__ import annotations

from pathlib import Path

from pipelines.demo.files import Outbox
from pipelines.demo.world import World
from pipelines.sql_text import literal

IDENTIFIERS = """
with listed as (
    select person_no, 'email' as identifier_type, email as identifier from emails
    union
    select person_no, 'email', email from orders
    where kind in ('tiktok', 'draft') and email is not null
    union
    select person_no, 'phone', phone from phones
    union
    select person_no, 'phone', phone from orders where kind = 'draft' and phone is not null
    union
    select person_no, 'shopify_customer_id', cast(shop_customer_id as varchar) from shop_customers
    union
    select person_no, 'square_customer_id', customer_id
    from cafe_tickets where customer_id is not null
    union
    select person_no, 'klaviyo_profile_id', profile_id from profiles
    union
    select person_no, 'marketo_lead_id', cast(lead_id as varchar) from leads
    union
    select person_no, 'attendee_id', cast(attendee_id as varchar) from tickets
    union
    select person_no, 'crm_contact_id', cast(contact_id as varchar) from crm_contacts
    union
    select person_no, 'chat_contact_id', contact_id from chat_contacts
    union
    select person_no, 'respondent_id', concat('delighted:', asked_no) from asked_people
    union
    select person_no, 'respondent_id', concat('typeform:', token) from form_answers
    where is_answered
    union
    select person_no, 'subscriber_id', subscriber_id from club_members
    union
    select person_no, 'messaging_user_id', concat('braze:', user_id) from app_users
    union
    select person_no, 'messaging_user_id', concat('braze:', guest_id) from app_users
    where guest_id is not null
    union
    select person_no, 'recipient_id', concat(channel, ':', phone) from texts
    union
    select person_no, 'device_id', device_id from app_devices
    union
    select person_no, 'push_token', push_token from app_devices
    union
    select person_no, 'segment_anonymous_id', segment_id(owner_no, device_no, cookie_no)
    from visits where day_no < getvariable('days') // 2
    union
    select person_no, 'ga4_user_pseudo_id', ga_id(owner_no, device_no, cookie_no)
    from visits where day_no >= getvariable('days') // 2
)
select
    *,
    count(*) over (partition by identifier_type, identifier) > 1 as is_shared
from listed
order by person_no, identifier_type, identifier
"""

ORDERS = """
with shop_orders as (
    select
        order_no,
        concat('shopify:', shop_order_id) as order_id,
        shop,
        cast(shop_order_id as varchar) as shop_order_id,
        order_name,
        person_no,
        kind,
        email,
        phone,
        currency,
        discount_code,
        money(gross_cents) as gross_amount,
        money(discount_cents) as discount_amount,
        money(subtotal_cents) as subtotal_amount,
        money(shipping_cents) as shipping_amount,
        money(tax_cents) as tax_amount,
        money(total_cents) as total_amount,
        money(coalesce(refunded_cents, 0)) as refunded_amount,
        money(gift_card_cents) as gift_card_amount,
        money(goods_cents) as goods_with_tax_amount,
        money(untaxed_goods_cents) as goods_amount,
        money(refunded_goods_cents) as refunded_goods_with_tax_amount,
        goods_cents > 0 or gift_card_cents = 0 as has_goods,
        is_test,
        is_pending,
        cancelled_at is not null as is_cancelled,
        false as is_credit_note,
        ordered_at,
        refunded_at,
        cancelled_at,
        visit_id
    from orders
)
select * exclude (order_no)
from (select * from shop_orders union all by name select * from cafe_orders)
order by order_no
"""

ORDER_LINES = """
with shop_lines as (
    select
        orders.order_no,
        concat('shopify:', orders.shop_order_id) as order_id,
        order_lines.line_no as line_number,
        variants.sku,
        variants.line_name as product_name,
        variants.category,
        order_lines.quantity,
        money(order_lines.price_cents) as unit_price_amount,
        money(order_lines.discount_cents) as line_discount_amount,
        money(variants.cost_cents * shops.price_percent // 100) as unit_cost_amount
    from order_lines
    inner join orders on orders.order_no = order_lines.order_no
    inner join variants on variants.variant_no = order_lines.variant_no
    inner join shops on shops.name = orders.shop
)
select * exclude (order_no)
from (select * from shop_lines union all by name select * from cafe_order_lines)
order by order_no, line_number
"""

ORDER_CAUSES = """
select
    concat('shopify:', orders.shop_order_id) as order_id,
    order_causes.visit_id,
    order_causes.channel,
    order_causes.share
from order_causes
inner join orders on orders.visit_id = order_causes.order_visit_id
order by orders.order_no, order_causes.visit_id nulls first
"""

VISITS = """
select
    visits.visit_id,
    visits.person_no,
    visits.occurred_at,
    visits.channel,
    ad_units.platform,
    ad_units.account,
    ad_units.campaign_id,
    ad_units.campaign as campaign_name,
    ad_units.ad_id,
    visits.mailing_no,
    landings.click_id_kind,
    landings.click_id,
    landings.utm_campaign,
    if(
        visits.day_no < getvariable('days') // 2,
        segment_id(visits.owner_no, visits.device_no, visits.cookie_no),
        ga_id(visits.owner_no, visits.device_no, visits.cookie_no)
    ) as anonymous_id,
    visit_outcomes.has_order
from visits
inner join visit_outcomes on visit_outcomes.visit_id = visits.visit_id
inner join landings on landings.visit_id = visits.visit_id
left join ad_units on ad_units.unit_no = visits.unit_no
order by visits.visit_id
"""

CONVERSATIONS = """
select
    concat('intercom:', chats.conversation_id) as conversation_id,
    chats.person_no,
    chats.started_by,
    count(*) filter (where author_type in ('user', 'lead'))
        + if(chats.started_by = 'customer', 1, 0) as customer_message_count,
    count(*) filter (where author_type = 'admin' and part_type = 'comment') as reply_count,
    chats.is_complaint,
    chats.started_at
from chats
inner join chat_parts on chat_parts.conversation_id = chats.conversation_id
group by
    chats.conversation_id, chats.person_no, chats.started_by, chats.is_complaint, chats.started_at
order by conversation_id
"""

ATTENDANCES = """
select
    concat('eventbrite:', attendee_id) as attendance_id,
    person_no,
    event_name,
    status = 'Checked In' as is_attended,
    registered_at,
    started_at as event_started_at
from tickets_tonight
order by attendance_id
"""

SURVEY_RESPONSES = """
select
    concat('delighted:', 500000 + order_no) as response_id,
    person_no,
    cast(score as integer) as nps_score,
    words is not null as has_comment,
    was_let_down,
    answered_at
from order_answers
union all
select
    concat('typeform:', token), person_no, cast(score as integer),
    words is not null and response_type = 'completed', was_let_down, ended_at
from form_answers
where is_answered
order by response_id
"""

# The platform's spend and claims as the last export tells them, and the orders it truly caused
AD_DAYS = """
with spent as (
    select unit_no, day, impressions, clicks, spend_cents from unit_days
),
claimed as (
    select unit_no, day, sum(hundredths) as hundredths, sum(value_cents) as value_cents
    from claims group by unit_no, day
),
caused as (
    select
        visits.unit_no, cast(visits.occurred_at as date) as day,
        sum(cast(order_causes.share as decimal(18, 9))) as caused_order_count
    from order_causes
    inner join visits on visits.visit_id = order_causes.visit_id
    where visits.unit_no is not null
    group by visits.unit_no, cast(visits.occurred_at as date)
)
select
    ad_units.platform,
    ad_units.account,
    ad_units.account_id,
    ad_units.currency,
    ad_units.campaign_id,
    ad_units.campaign as campaign_name,
    ad_units.ad_group_id,
    ad_units.ad_group as ad_group_name,
    ad_units.ad_id,
    ad_units.ad_name,
    spent.day,
    cast(sum(spent.impressions) as bigint) as impressions,
    cast(sum(spent.clicks) as bigint) as clicks,
    money(sum(spent.spend_cents)) as spend,
    money(coalesce(sum(claimed.hundredths), 0)) as claimed_conversions,
    money(coalesce(sum(claimed.value_cents), 0)) as claimed_value,
    coalesce(sum(caused.caused_order_count), 0) as caused_order_count
from spent
inner join ad_units on ad_units.unit_no = spent.unit_no
left join claimed on claimed.unit_no = spent.unit_no and claimed.day = spent.day
left join caused on caused.unit_no = spent.unit_no and caused.day = spent.day
group by all
having sum(spent.impressions) > 0
order by platform, account, campaign_id, ad_id, spent.day
"""

TABLES = {
    "people": "select * exclude (propensity, activity, country_no),"
    " propensity, activity from people order by person_no",
    "identifiers": IDENTIFIERS,
    "orders": ORDERS,
    "order_lines": ORDER_LINES,
    "order_causes": ORDER_CAUSES,
    "visits": VISITS,
    "conversations": CONVERSATIONS,
    "attendances": ATTENDANCES,
    "survey_responses": SURVEY_RESPONSES,
    "ad_days": AD_DAYS,
    "channels": "select name as channel, effect_ppm from channels"
    " union all select 'base', getvariable('base_ppm') order by channel",
    "exchange_rates": "select currency as currency_code, day as rate_date, rate as rate_to_eur"
    " from rate_days order by 1, 2",
    "files": "select * from written_files order by path",
}


def write_truth(world: World, outbox: Outbox, directory: Path) -> None:
    """One Parquet file a table, in a fixed order of rows."""
    directory.mkdir(parents=True, exist_ok=True)
    world.table("written_files", (file.__dict__ for file in outbox.written))
    for name, sql in TABLES.items():
        path = directory / f"{name}.parquet"
        world.run(f"copy ({sql}) to {literal(str(path))} (format parquet)")
