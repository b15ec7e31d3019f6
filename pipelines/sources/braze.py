"""Braze: what happened to each message, and who may be reached, as Currents streams it.

An event is one JSON document: a line of a file, as a converter makes it of the Avro in the bucket,
or an element of a batch `{"events": [...]}` of the HTTP connector, which puts the fields of the
user and of the event into objects of their own. In a bucket each type of event has a folder
(`event_type=users.messages.email.Open`) and the events do not say their type; a file named after
the type does as well. Types come with Braze's versions: all of them land, staging knows some.

Events are delivered at least once; `id` tells copies. Times are seconds since 1970, UTC. What
people write back stays in the file; Braze says itself when it took it for consent or refusal.
"""

from __future__ import annotations

import re

from pipelines.exports.declare import (
    BOOLEAN,
    EPOCH_SECONDS,
    ID,
    TEXT,
    Column,
    Export,
    InPath,
    Type,
)

EVENT_TYPE = re.compile(r"(?P<value>users\.[a-z]+(?:\.[a-z]+)?\.[A-Z][A-Za-z]+)")


def _of_event(name: str, *fields: str, kind: Type = TEXT) -> Column:
    """A field of the event, in a flat document or in that of the HTTP connector."""
    return Column(tuple(p for f in fields or (name,) for p in (f, f"properties.{f}")), name, kind)


def _of_user(name: str) -> Column:
    return Column((name, f"user.{name}"), name, ID)


EVENTS = Export(
    vendor="braze",
    name="events",
    title="Braze Currents events",
    files=("*.json", "*.jsonl", "*.ndjson"),
    shape="documents",
    wrappers=("events",),
    columns=(
        Column("id", "event_id", ID, filled=True),
        Column(InPath(EVENT_TYPE, unless="event_type"), "event_type", TEXT, filled=True),
        _of_user("user_id"),
        _of_user("external_user_id"),
        Column(
            (
                "device_id",
                "user.device_id",
                "push_token_device_id",
                "properties.push_token_device_id",
            ),
            "device_id",
            ID,
        ),
        _of_event("push_token", kind=ID),
        _of_event("app_id", kind=ID),
        _of_event("campaign_id", kind=ID),
        _of_event("canvas_id", kind=ID),
        _of_event("canvas_step_id", kind=ID),
        _of_event("message_variation_id", "message_variation_id", "canvas_variation_id", kind=ID),
        _of_event("dispatch_id", kind=ID),
        _of_event("send_id", kind=ID),
        _of_event("subscription_group_id", kind=ID),
        _of_event("email", "email_address"),
        _of_event("phone", "to_phone_number", "user_phone_number", "phone_number", kind=ID),
        _of_event("platform"),
        _of_event("campaign_name"),
        _of_event("canvas_name"),
        _of_event("canvas_step_name"),
        _of_event("message_variation_name"),
        _of_event("link_url", "url"),
        _of_event("channel"),
        _of_event("subscription_status"),
        _of_event("state_change_source"),
        _of_event("inbound_action", "action"),
        _of_event("token_change", "push_token_state_change_type"),
        _of_event("machine_open"),
        _of_event("is_suspected_bot_click", kind=BOOLEAN),
        _of_event("is_push_disabled", "push_token_foreground_push_disabled", kind=BOOLEAN),
        _of_event("is_provisionally_opted_in", "push_token_provisionally_opted_in", kind=BOOLEAN),
        Column("time", "occurred_at", EPOCH_SECONDS, filled=True),
    ),
    dated_by="occurred_at",
    description="One row per event as often as it was delivered.",
)

EXPORTS: tuple[Export, ...] = (EVENTS,)
