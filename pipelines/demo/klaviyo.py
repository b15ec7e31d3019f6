"""Klaviyo: the profiles, campaign and flow reports as CSV, events and metrics from the API."""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, select_list, write_csv, write_json_lines
from pipelines.demo.world import World

METRICS = (
    ("received", "Received Email"),
    ("bounced", "Bounced Email"),
    ("opened", "Opened Email"),
    ("machine_opened", "Opened Email"),
    ("clicked", "Clicked Email"),
    ("unsubscribed", "Unsubscribed from Email Marketing"),
    ("ordered", "Placed Order"),
)


def _metric_id(sql: str) -> str:
    return f"left(upper(md5(concat('metric ', {sql}))), 6)"


PROFILE_COLUMNS = {
    "Email": "profiles.email",
    "Klaviyo ID": "profiles.profile_id",
    "First Name": "people.first_name",
    "Last Name": "people.last_name",
    "Phone Number": "profiles.phone",
    "External ID": "if(happens('external', people.person_no, 0, 600),"
    " customers.shop_customer_id, null)",
    "City": "people.city",
    "State / Region": "people.region",
    "Zip Code": "people.zip",
    "Country": "people.country",
    "Source": "if(people.is_subscribed, 'Newsletter form', 'Shopify')",
    "Email Marketing Consent": "case when leavers.left_at is not null then 'UNSUBSCRIBED'"
    " when people.is_subscribed then 'SUBSCRIBED' else 'NEVER_SUBSCRIBED' end",
    "Email Marketing Consent Timestamp": "strftime(coalesce(leavers.left_at,"
    " if(people.is_subscribed, profiles.created_at, null)), '%Y-%m-%d %H:%M:%S')",
    "SMS Marketing Consent": "if(profiles.phone is not null and people.is_subscribed"
    " and happens('sms', people.person_no, 0, 400), 'SUBSCRIBED', 'NEVER_SUBSCRIBED')",
    "Profile Created On": "strftime(profiles.created_at, '%Y-%m-%d %H:%M:%S')",
    "Last Updated": "strftime(coalesce(leavers.left_at, profiles.created_at), '%Y-%m-%d %H:%M:%S')",
}
PROFILES = f"""
    with leavers as (
        select person_no, min(occurred_at) as left_at
        from mail_events
        where kind = 'unsubscribed' and tool = 'klaviyo' and occurred_at < getvariable('night')
        group by person_no
    )
    select {select_list(PROFILE_COLUMNS)}
    from profiles
    inner join people on people.person_no = profiles.person_no
    left join leavers on leavers.person_no = profiles.person_no
    left join shop_customers as customers
        on customers.person_no = profiles.person_no and customers.email_no = 1
    where profiles.created_at < getvariable('night')
    order by profiles.created_at, profiles.person_no
"""

# The last day before the previous export comes again: events are told apart by their id
EVENTS = f"""
with told as (
    select
        mail_events.person_no, mail_events.kind, mail_events.occurred_at,
        hex('event', mail_events.person_no * 1000 + mail_events.mailing_no,
            ascii(mail_events.kind) * 100 + len(mail_events.kind)) as event_key,
        json_object(
            '$event_id', concat(mailing_id, ':', mail_events.kind), '$message', mailing_id,
            'Campaign Name', name, 'Subject', subject,
            'machine_open', mail_events.kind = 'machine_opened',
            'URL', mail_events.link_url
        ) as properties
    from mail_events
    where tool = 'klaviyo'
    union all
    select
        orders.person_no, 'ordered', orders.ordered_at, hex('event', orders.order_no, 7),
        json_object(
            '$event_id', cast(orders.shop_order_id as varchar),
            '$value', orders.total_cents / 100.0, 'Currency', orders.currency
        )
    from orders
    where orders.kind = 'web' and not orders.is_test
),
named as (
    select *, {_metric_id("case when kind = 'machine_opened' then 'opened' else kind end")}
        as metric_id
    from told
)
select
    'event' as type,
    event_key as id,
    {{
        'timestamp': epoch_ms(named.occurred_at) // 1000,
        'datetime': strftime(named.occurred_at, '%Y-%m-%dT%H:%M:%S+00:00'),
        'uuid': event_key,
        'event_properties': properties
    }} as attributes,
    {{
        'profile': {{'data': {{'type': 'profile', 'id': profiles.profile_id}}}},
        'metric': {{'data': {{'type': 'metric', 'id': metric_id}}}}
    }} as relationships
from named
inner join profiles on profiles.person_no = named.person_no
where named.occurred_at >= getvariable('previous_night') - interval 1 day
  and named.occurred_at < getvariable('night')
order by named.occurred_at, event_key
"""

METRIC_DOCUMENTS = f"""
select 'metric' as type, {_metric_id("kind")} as id,
    {{'name': name, 'integration': {{'name': if(kind = 'ordered', 'Shopify', 'Klaviyo')}}}}
        as attributes
from (values {", ".join(f"('{k}', '{n}')" for k, n in METRICS if k != "machine_opened")})
    as metrics (kind, name)
order by kind
"""


def _rate(part: str) -> str:
    return f"concat(round({part} * 100 / count(*), 2), '%')"


def campaigns_sql(as_floats: bool) -> str:
    """The report's 24 columns; `as_floats` is what a detour through another tool makes of it."""
    number = "cast({} as double)" if as_floats else "{}"

    def count(condition: str) -> str:
        return number.format(f"count(*) filter (where {condition})")

    opened = "not is_bounced and (open_count > 0 or is_machine_open)"
    clicked = "clicked_at < getvariable('night')"
    ordered = "order_count > 0"
    columns = {
        "Campaign Name": "name",
        "Tags": "'newsletter, weekly'",
        "Subject": "if(mailing_no % 5 = 0, '[MULTIPLE VARIATIONS]', subject)",
        "List": "'Newsletter, Europe and US'",
        "Send Time": "strftime(sent_at, '%Y-%m-%d %H:%M:%S')",
        "Send Weekday": "strftime(sent_at, '%A')",
        "Total Recipients": number.format("count(*)"),
        "Unique Placed Order": count(ordered),
        "Placed Order Rate": _rate(f"count(*) filter (where {ordered})"),
        "Revenue": "money(coalesce(sum(order_count), 0) * 8800)",
        "Unique Opens": count(opened),
        "Open Rate": _rate(f"count(*) filter (where {opened})"),
        "Total Opens": count(opened),
        "Unique Clicks": count(clicked),
        "Click Rate": _rate(f"count(*) filter (where {clicked})"),
        "Total Clicks": count(clicked),
        "Unsubscribes": count("is_unsubscribed"),
        "Spam Complaints": count("false"),
        "Spam Complaints Rate": "'0.0%'",
        "Successful Deliveries": count("not is_bounced"),
        "Bounces": count("is_bounced"),
        "Bounce Rate": _rate("count(*) filter (where is_bounced)"),
        "Campaign ID": "mailing_id",
        "Campaign Channel": "'email'",
    }
    return f"""
        select {select_list(columns)}
        from mail_contacts
        inner join (select mailing_no, sent_at from mailings) as sends using (mailing_no)
        where tool = 'klaviyo' and sent_at < getvariable('night')
        group by mailing_no, mailing_id, name, subject, sent_at
        order by sent_at desc
    """


FLOW_COLUMNS = {
    "Month": "strftime(month, '%m/%Y')",
    "Flow ID": "'WELC01'",
    "Flow Name": "'Welcome series'",
    "Message ID": "concat('WELCM', message_no)",
    "Message Name": "concat('Welcome ', message_no)",
    "Message Channel": "'email'",
    "Status": "'live'",
    "Total Recipients": "count(*)",
    "Unique Opens": "count(*) * (60 - 8 * message_no) // 100",
    "Unique Apple Privacy Opens": "count(*) * 14 // 100",
    "Unique Clicks": "count(*) * (20 - 4 * message_no) // 100",
    "Unsubscribes": "count(*) // 100",
    "Bounces": "count(*) // 90",
}
FLOWS = f"""
    select {select_list(FLOW_COLUMNS)}
    from (
        select date_trunc('month', created_at) as month, unnest([1, 2, 3]) as message_no
        from profiles
        where created_at >= getvariable('start') and created_at < getvariable('night')
    )
    group by month, message_no
    order by month, message_no
"""


def write_klaviyo(world: World, outbox: Outbox, night: date) -> None:
    """Events of the days since the last export; profiles and reports as they stand."""
    number = world.settings.nights.index(night)
    for name, sql in (
        ("profiles.csv", PROFILES),
        ("campaign_report.csv", campaigns_sql(as_floats=number == 1)),
        ("flow_report.csv", FLOWS),
    ):
        path = outbox.path("klaviyo", "", night, name)
        write_csv(world, sql, path)
        outbox.done(path)
    for name, sql in (("events.jsonl", EVENTS), ("metrics.jsonl", METRIC_DOCUMENTS)):
        path = outbox.path("klaviyo", "", night, name)
        write_json_lines(world, sql, path)
        outbox.done(path)
