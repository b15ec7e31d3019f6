"""Braze's stream of the app's events: a file per type, and once the HTTP connector's batches."""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, write_json_lines
from pipelines.demo.world import World

BATCH = 100  # events the HTTP connector sends at once

# Delivered at least once: some twice in a file, some again in the next one
DELIVERED = """
    select
        *,
        split_part(event_type, '.', 2) = 'messages' as is_message,
        split_part(event_type, '.', 4) as event_name
    from app_events
    cross join (select unnest([1, 2]) as copy_no)
    where (
        occurred_at >= getvariable('previous_night')
        and (copy_no = 1 or happens('twice', person_no, campaign_no * 100 + step_no, 15))
        or occurred_at >= getvariable('previous_night') - interval 1 day
        and copy_no = 2
        and happens('again', person_no, campaign_no * 100 + step_no, 80)
    )
    and occurred_at < getvariable('night')
"""

USER = {
    "user_id": "user_id",
    "external_user_id": "cast(login_id as varchar)",
    "device_id": "if(is_message, device_id, null)",
    "timezone": "'Europe/London'",
}
PROPERTIES = {
    "app_id": "'5f0a7c52-0000-4000-8000-000000000001'",
    "platform": "platform",
    "campaign_id": "if(is_message, campaign_id, null)",
    "campaign_name": "if(is_message, name, null)",
    "message_variation_id": "if(is_message, left(md5(campaign_id), 12), null)",
    "dispatch_id": "if(is_message and event_name <> 'InboundReceive', md5(campaign_id), null)",
    "email_address": "if(channel = 'email', email, null)",
    "to_phone_number": "if(event_name in ('Send', 'Delivery', 'Rejection', 'Read', 'Failure')"
    " and channel in ('sms', 'whatsapp'), phone, null)",
    "user_phone_number": "if(event_name in ('InboundReceive', 'ShortLinkClick'), phone, null)",
    "phone_number": "if(channel in ('sms', 'whatsapp') and not is_message, phone, null)",
    "push_token": "if(event_name in ('Send', 'Bounce', 'TokenStateChange'), push_token, null)",
    "push_token_device_id": "if(event_name = 'TokenStateChange', device_id, null)",
    "push_token_state_change_type": "if(event_name = 'TokenStateChange',"
    " if(is_leaving, 'update', 'add'), null)",
    "push_token_foreground_push_disabled": "if(event_name = 'TokenStateChange'"
    " and platform <> 'web', is_leaving or is_failed, null)",
    "channel": "if(is_message or event_name = 'TokenStateChange', null,"
    " if(channel = 'whatsapp', 'whats_app', channel))",
    "subscription_status": "case when is_message or event_name = 'TokenStateChange' then null"
    " when is_leaving then 'Unsubscribed' when channel = 'email' then 'Opted In'"
    " else 'Subscribed' end",
    "state_change_source": "if(event_name in ('StateChange', 'GlobalStateChange'),"
    " if(is_leaving, 'Inbound Message', 'SDK'), null)",
    "action": "if(event_name = 'InboundReceive', if(is_leaving, 'Unsubscribed', 'None'), null)",
    "message_body": "if(event_name = 'InboundReceive', if(is_leaving, 'Stop', 'Thank you!'), null)",
    "url": "if(event_name in ('Click', 'ShortLinkClick'), 'https://shop.example.com/', null)",
    "machine_open": "if(event_name = 'Open' and channel = 'email' and not is_leaving"
    " and happens('app machine', person_no, campaign_no, 300), 'true', null)",
}


def _struct(fields: dict[str, str]) -> str:
    return "{" + ", ".join(f"'{name}': {sql}" for name, sql in fields.items()) + "}"


def flat_sql(event_type: str) -> str:
    """The events of one type, as the bucket has them: the type is nowhere in the document."""
    columns = ", ".join(f'{sql} as "{name}"' for name, sql in (USER | PROPERTIES).items())
    return f"""
        select event_id as id, {columns}, epoch_ms(occurred_at) // 1000 as time
        from ({DELIVERED})
        where event_type = '{event_type}'
        order by occurred_at, event_id, copy_no
    """


BATCHES = f"""
    with numbered as (
        select *, row_number() over (order by occurred_at, event_id, copy_no) as document_no
        from ({DELIVERED})
    )
    select list({{
        'event_type': event_type,
        'id': event_id,
        'time': epoch_ms(occurred_at) // 1000,
        'user': {_struct(USER)},
        'properties': {_struct(PROPERTIES)}
    }} order by document_no) as events
    from numbered
    group by (document_no - 1) // {BATCH}
    order by min(document_no)
"""


def write_braze(world: World, outbox: Outbox, night: date) -> None:
    """What was delivered since the last export; on the second night by the HTTP connector."""
    queries = {"currents.jsonl": BATCHES}
    if world.settings.nights.index(night) != 1:
        found = world.con.execute("select distinct event_type from app_events order by 1")
        queries = {f"{name}.jsonl": flat_sql(name) for (name,) in found.fetchall()}
    for name, sql in queries.items():
        path = outbox.path("braze", "", night, name)
        write_json_lines(world, sql, path)
        if path.stat().st_size:
            outbox.done(path)
        else:
            path.unlink()
