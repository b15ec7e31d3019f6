from __future__ import annotations

import gzip
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.exports.query import Stamp
from pipelines.exports.read import read_stored
from pipelines.exports.workspace import Workspace
from pipelines.sources.braze import EXPORTS
from tests.pipelines.exports.conftest import rows

from .conftest import Land

OPENED: dict[str, Any] = {
    "id": "5f0c1b9e-0001-4c1e-9a40-0000000000aa",
    "user_id": "6a01f00d6a01f00d6a01f00d",
    "external_user_id": "7000000004096",
    "time": 1748858400,
    "timezone": "Europe/London",
    "campaign_id": "c3a1",
    "campaign_name": "June Sale",
    "message_variation_id": "v1",
    "dispatch_id": "d1",
    "send_id": None,
    "email_address": "ada@example.com",
    "machine_open": "true",
    "user_agent": "Mozilla/5.0",
}
PUSHED: dict[str, Any] = {
    "id": "5f0c1b9e-0002-4c1e-9a40-0000000000aa",
    "event_type": "users.messages.pushnotification.Send",
    "time": 1748858401,
    "user": {
        "user_id": "6a01f00d6a01f00d6a01f00d",
        "external_user_id": "7000000004096",
        "device_id": "D3",
        "timezone": "Europe/London",
    },
    "properties": {
        "platform": "ios",
        "push_token": "t0k3n",
        "canvas_id": "k1",
        "canvas_name": "Welcome",
        "canvas_step_name": "Day 3",
        "canvas_variation_id": "kv1",
        "dispatch_id": "d2",
    },
}
ANSWERED: dict[str, Any] = {
    "id": "5f0c1b9e-0003-4c1e-9a40-0000000000aa",
    "event_type": "users.messages.sms.InboundReceive",
    "user_id": "6a01f00d6a01f00d6a01f00d",
    "time": 1748858402,
    "user_phone_number": "+442079460000",
    "inbound_phone_number": "+15005550006",
    "action": "Unsubscribed",
    "message_body": "Stop, please. Ada",
}
TOKEN: dict[str, Any] = {
    "id": "5f0c1b9e-0004-4c1e-9a40-0000000000aa",
    "event_type": "users.behaviors.pushnotification.TokenStateChange",
    "user_id": "6a01f00d6a01f00d6a01f00d",
    "time": 1748858403,
    "platform": "web",
    "push_token": "w3b",
    "push_token_device_id": "D4",
    "push_token_foreground_push_disabled": False,
    "push_token_state_change_type": "add",
}


def test_a_file_named_after_a_type_lands_its_events(land: Land) -> None:
    [landed] = land("users.messages.email.Open.jsonl", json.dumps(OPENED), EXPORTS)

    [event] = landed.rows
    assert event["event_type"] == "users.messages.email.Open"
    assert event["occurred_at"] == datetime.fromisoformat("2025-06-02 10:00:00")
    assert (event["email"], event["machine_open"]) == ("ada@example.com", "true")
    assert (event["dispatch_id"], event["send_id"]) == ("d1", None)


@pytest.mark.parametrize(
    ("folder", "event_type"),
    [
        ("event_type=users.messages.email.Open/date=2025-06-02-10", "users.messages.email.Open"),
        ("event_type=users.behaviors.Uninstall/date=2025-06-02", "users.behaviors.Uninstall"),
        (
            "event_type=users.behaviors.subscriptiongroup.StateChange/version=6",
            "users.behaviors.subscriptiongroup.StateChange",
        ),
    ],
)
def test_a_folder_of_a_bucket_says_the_type(tmp_path: Path, folder: str, event_type: str) -> None:
    path = tmp_path / "dataexport.prod-03.S3.integration.6a01+0+7.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(OPENED).encode()))
    stored = f"braze/dataexport.prod-03.S3.integration.6a01/{folder}/{path.name}"

    [reading] = read_stored(path, EXPORTS, Workspace(tmp_path / "work"), Stamp(path=stored))

    assert rows(reading, "event_type") == [(event_type,)]


def test_a_batch_of_the_http_connector_lands_its_events(land: Land) -> None:
    batch = json.dumps({"events": [PUSHED, ANSWERED]})
    [landed] = land("batch.json", batch, EXPORTS)

    pushed, answered = landed.rows
    assert (pushed["user_id"], pushed["external_user_id"]) == (OPENED["user_id"], "7000000004096")
    assert (pushed["device_id"], pushed["push_token"], pushed["platform"]) == ("D3", "t0k3n", "ios")
    assert (pushed["canvas_name"], pushed["message_variation_id"]) == ("Welcome", "kv1")
    assert (answered["phone"], answered["inbound_action"]) == ("+442079460000", "Unsubscribed")


def test_what_people_write_back_stays_in_the_file(land: Land) -> None:
    [landed] = land("events.jsonl", json.dumps(ANSWERED), EXPORTS)

    assert "Stop, please. Ada" not in landed.rows[0].values()


def test_a_push_token_knows_its_device(land: Land) -> None:
    [landed] = land("events.jsonl", json.dumps(TOKEN), EXPORTS)

    [event] = landed.rows
    assert (event["device_id"], event["push_token"]) == ("D4", "w3b")
    assert (event["token_change"], event["is_push_disabled"]) == ("add", False)


def test_an_event_without_a_type_or_a_time_is_rejected(land: Land) -> None:
    timeless = {key: value for key, value in ANSWERED.items() if key != "time"}
    lines = "\n".join(json.dumps(event) for event in (TOKEN, OPENED, timeless))
    [landed] = land("events.jsonl", lines, EXPORTS)

    assert landed.column("event_id") == [TOKEN["id"]]
    assert [(reject.line, reject.column) for reject in landed.reading.rejects] == [
        (2, "event_type"),
        (3, "occurred_at"),
    ]
