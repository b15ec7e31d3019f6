"""The shop's web events: Segment's log in the first half of the time, GA4's export in the second.

Segment's files hold some events twice. GA4's daily tables are sent again for three days, and the
table of the export's own day is partial.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from pipelines.demo.files import Outbox, compress, write_json_lines
from pipelines.demo.world import World, moment_of

SITE = "https://shop.example.com"

# No visit lasts longer than an hour, so a file looks at no other visits
WITHIN = """occurred_at >= $1 and occurred_at < $2
      and visited_at > $1 - interval 1 hour and visited_at < $2"""

PAGE_PATH = """case
        when kind = 'landing' then landing_path
        when kind in ('product', 'added') then concat('/products/', handle)
        when kind = 'page' then '/collections/all'
        else '/checkout'
    end"""

SEGMENT = f"""
with times as (select unnest([1, 2]) as copy_no),
documents as (
    select *, {PAGE_PATH} as path
    from web_details
    cross join times
    where {WITHIN}
      and (copy_no = 1 or happens('sent twice', visit_id, event_no, 15))
)
select
    case kind when 'landing' then 'page' when 'page' then 'page' when 'identify' then 'identify'
        else 'track' end as type,
    concat('ajs-', hex('message', visit_id, event_no)) as "messageId",
    anonymous_id as "anonymousId",
    if(kind in ('identify', 'ordered'), cast(login_id as varchar), null) as "userId",
    case kind when 'product' then 'Product Viewed' when 'added' then 'Product Added'
        when 'checkout' then 'Checkout Started' when 'ordered' then 'Order Completed'
    end as event,
    case
        when kind in ('product', 'added') then json_object(
            'product_id', cast(product_id as varchar), 'sku', sku, 'name', title,
            'category', category
        )
        when kind = 'checkout' then json_object('path', '/checkout', 'checkout_id', checkout_token)
        when kind = 'ordered' then json_object(
            'order_id', cast(shop_order_id as varchar), 'checkout_id', checkout_token,
            'revenue', subtotal_cents / 100.0,
            'total', total_cents / 100.0, 'currency', currency, 'email', typed_email
        )
        when kind = 'identify' then null
        else json_object('path', split_part(path, '?', 1))
    end as properties,
    if(kind = 'identify', json_object('email', typed_email), null) as traits,
    {{
        'campaign': if(kind = 'landing' and utm_source is not null, json_object(
            'source', utm_source, 'medium', utm_medium, 'name', utm_campaign,
            'content', utm_content, 'term', utm_term
        ), null),
        'page': {{
            'url': concat('{SITE}', path),
            'path': split_part(path, '?', 1),
            'search': if(contains(path, '?'), concat('?', split_part(path, '?', 2)), ''),
            'referrer': coalesce(if(kind = 'landing', referrer, '{SITE}/'), ''),
            'title': if(kind in ('product', 'added'), title, 'Pine & Harbour')
        }},
        'userAgent': user_agent,
        'locale': concat(language, '-', country_code),
        'ip': ip,
        'library': {{'name': 'analytics.js', 'version': '4.1.0'}}
    }} as context,
    iso(occurred_at) as "timestamp",
    iso(occurred_at + to_milliseconds(40)) as "originalTimestamp",
    iso(occurred_at + to_milliseconds(90)) as "sentAt",
    iso(occurred_at + to_milliseconds(260 + 4000 * (copy_no - 1))) as "receivedAt"
from documents
order by occurred_at, visit_id, event_no, copy_no
"""


def _text(key: str, sql: str) -> str:
    return f"{{'key': '{key}', 'value': {{'string_value': {sql}, 'int_value': null}}}}"


def _number(key: str, sql: str) -> str:
    number = f"cast({sql} as varchar)"
    return f"{{'key': '{key}', 'value': {{'string_value': null, 'int_value': {number}}}}}"


SESSION = "epoch(date_trunc('second', visited_at))"
GA4 = f"""
with documents as (
    select *, {PAGE_PATH} as path
    from web_details
    where {WITHIN}
      and kind <> 'identify'
)
select
    strftime(occurred_at, '%Y%m%d') as event_date,
    cast(epoch_us(occurred_at) as varchar) as event_timestamp,
    case kind when 'product' then 'view_item' when 'added' then 'add_to_cart'
        when 'checkout' then 'begin_checkout' when 'ordered' then 'purchase' else 'page_view'
    end as event_name,
    list_filter([
        -- the type of a parameter is whatever the sender's tag made of it that day
        if(
            happens('as text', visit_id, 0, 50),
            {_text("ga_session_id", f"cast(cast({SESSION} as bigint) as varchar)")},
            {_number("ga_session_id", f"cast({SESSION} as bigint)")}
        ),
        {_number("ga_session_number", "visit_rank")},
        {_text("page_location", f"concat('{SITE}', path)")},
        {_text("page_referrer", f"if(kind = 'landing', referrer, '{SITE}/')")},
        {_number("engagement_time_msec", "2000 + dice('reads', visit_id, event_no, 60000)")},
        if(kind = 'landing', {_text("source", "utm_source")}, null),
        if(kind = 'landing', {_text("medium", "utm_medium")}, null),
        if(kind = 'landing', {_text("campaign", "utm_campaign")}, null),
        if(kind = 'ordered', {_text("currency", "currency")}, null),
        if(kind in ('checkout', 'ordered'), {_text("checkout_token", "checkout_token")}, null)
    ], lambda p: p is not null and coalesce(p.value.string_value, p.value.int_value) is not null)
        as event_params,
    if(event_no > 1 or is_turn, cast(login_id as varchar), null) as user_id,
    pseudo_id as user_pseudo_id,
    {{'category': device_type, 'operating_system': system,
        'language': concat(language, '-', lower(country_code))}} as device,
    {{'country': country, 'region': region, 'city': city}} as geo,
    if(kind = 'landing' and (utm_source is not null or click_id_kind = 'gclid'), {{
        'manual_source': utm_source, 'manual_medium': utm_medium,
        'manual_campaign_name': utm_campaign, 'manual_term': utm_term,
        'manual_content': utm_content,
        'gclid': if(click_id_kind = 'gclid', click_id, null)
    }}, null) as collected_traffic_source,
    if(kind = 'ordered', {{
        'transaction_id': cast(shop_order_id as varchar),
        'purchase_revenue': subtotal_cents / 100.0
    }}, null) as ecommerce,
    if(kind in ('product', 'added'), [{{
        'item_id': cast(product_id as varchar), 'item_name': title, 'item_category': category
    }}], []) as items,
    '4001002003' as stream_id,
    'WEB' as platform,
    cast(event_no as varchar) as batch_event_index
from documents
order by occurred_at, visit_id, event_no
"""


def switch_day(world: World) -> date:
    """The day from which on the site is measured with GA4."""
    return world.settings.start + timedelta(days=world.settings.days // 2)


def write_web(world: World, outbox: Outbox, night: date) -> None:
    """Segment's weeks up to the switch, GA4's days from it on."""
    nights = world.settings.nights
    is_first = night == nights[0]
    begin = (
        _midnight(world.settings.start) if is_first else moment_of(nights[nights.index(night) - 1])
    )
    switch = _midnight(switch_day(world))
    week = begin
    while week < min(switch, moment_of(night)):
        until = min(week + timedelta(days=7), switch, moment_of(night))
        path = outbox.path("web", "", night, f"segment_{week:%Y-%m-%d}.jsonl")
        if _write(world, SEGMENT, path, week, until):
            outbox.done(compress(path))
        week = until
    day = max(switch_day(world), begin.date() - timedelta(days=0 if is_first else 2))
    while day <= night:
        _write_ga4_day(world, outbox, night, day)
        day += timedelta(days=1)


# A row that no one can place in time; it has to be rejected
UNDATED = '{"event_date":"20260630","event_timestamp":"yesterday","event_name":"page_view"}\n'


def _write_ga4_day(world: World, outbox: Outbox, night: date, day: date) -> None:
    until = min(_midnight(day + timedelta(days=1)), moment_of(night))
    path = outbox.path("web", "", night, f"events_{day:%Y%m%d}.json")
    if not _write(world, GA4, path, _midnight(day), until):
        return
    is_last = day == world.settings.until
    if is_last:
        with path.open("a", encoding="utf-8") as file:
            file.write(UNDATED)
    outbox.done(path, reject_count=1 if is_last else 0)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _write(world: World, sql: str, path: Path, begin: datetime, until: datetime) -> bool:
    """Write the events of a time, or no file when there are none."""
    window = sql.replace("$1", f"timestamp '{begin}'").replace("$2", f"timestamp '{until}'")
    write_json_lines(world, window, path)
    if path.stat().st_size > 0:
        return True
    path.unlink()
    return False
