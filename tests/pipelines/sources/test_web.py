from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.sources.web import EXPORTS

from .conftest import Land

ORDER = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "ajs-1",
    "anonymousId": "browser-1",
    "userId": "42",
    "context": {
        "campaign": {"source": "newsletter", "medium": "email", "name": "June Sale"},
        "page": {"url": "https://example.com/thanks?gclid=G1", "referrer": ""},
        "traits": {"email": "ada@example.com"},
        "userAgent": "Mozilla/5.0 (iPhone)",
        "locale": "en-GB",
        "device": {"type": "ios"},
    },
    "properties": {"order_id": "1001", "revenue": "25.00", "total": 31.5, "currency": "GBP"},
    "originalTimestamp": "2025-06-02T12:00:00.111+02:00",
    "timestamp": "2025-06-02T10:00:00.500Z",
    "receivedAt": "2025-06-02T10:00:01.000Z",
}
PAGE = {
    "type": "page",
    "name": "Home",
    "messageId": "ajs-2",
    "anonymousId": "browser-1",
    "properties": {"url": "https://example.com/", "title": "Home"},
    "receivedAt": "2025-06-02T09:00:00Z",
}
IDENTIFY = {
    "type": "identify",
    "messageId": "ajs-3",
    "userId": "42",
    "traits": {"email": "ada@example.com", "phone": "+442079460000"},
    "timestamp": "2025-06-02T09:30:00Z",
}


def lines(*documents: dict[str, Any]) -> str:
    """JSON lines."""
    return "".join(f"{json.dumps(document)}\n" for document in documents)


def test_segment_events_are_landed_typed(land: Land) -> None:
    [landed] = land("segment.jsonl", lines(ORDER), EXPORTS)

    assert landed.name == "segment_events"
    [event] = landed.rows
    assert (event["message_id"], event["anonymous_id"], event["user_id"]) == (
        "ajs-1",
        "browser-1",
        "42",
    )
    assert (event["campaign_source"], event["campaign_name"]) == ("newsletter", "June Sale")
    assert event["page_url"] == "https://example.com/thanks?gclid=G1"
    assert event["email"] == "ada@example.com"
    assert (event["revenue"], event["total"]) == (Decimal(25), Decimal("31.5"))
    assert event["occurred_at"] == datetime.fromisoformat("2025-06-02 10:00:00.500000")
    assert event["original_occurred_at"] == datetime.fromisoformat("2025-06-02 10:00:00.111000")


def test_values_are_found_wherever_the_call_puts_them(land: Land) -> None:
    [landed] = land("segment.jsonl", lines(ORDER, PAGE, IDENTIFY), EXPORTS)

    assert landed.column("page_url")[1] == "https://example.com/"
    assert landed.column("email") == ["ada@example.com", None, "ada@example.com"]
    assert landed.column("phone") == [None, None, "+442079460000"]
    assert landed.column("occurred_at")[1] == datetime.fromisoformat("2025-06-02 09:00:00")


def test_a_handmade_event_is_landed_without_an_id(land: Land) -> None:
    handmade = {
        "user_id": "43",
        "action": "track",
        "event": "Email Opened",
        "timestamp": "2025-06-02T10:00:00Z",
    }
    [landed] = land("segment.jsonl", lines(ORDER, handmade), EXPORTS)

    assert landed.column("message_id") == ["ajs-1", None]
    assert landed.column("user_id") == ["42", "43"]
    assert landed.column("event_type") == ["track", "track"]


def test_an_event_without_any_time_is_rejected_and_not_lost(land: Land) -> None:
    timeless = {"type": "track", "event": "User Registered"}
    [landed] = land("segment.jsonl", lines(ORDER, timeless), EXPORTS)

    assert landed.reading.landed == 1
    assert [(r.line, r.column) for r in landed.reading.rejects] == [(2, "occurred_at")]


def test_a_line_cut_off_is_rejected(land: Land) -> None:
    [landed] = land("segment.jsonl", lines(ORDER) + '{"type": "track", "eve\n', EXPORTS)

    assert landed.reading.landed == 1
    assert [r.line for r in landed.reading.rejects] == [2]


def parameter(key: str, **value: str | float) -> dict[str, Any]:
    """An event parameter as BigQuery nests it, with all its typed fields."""
    fields = ("string_value", "int_value", "float_value", "double_value")
    return {"key": key, "value": {field: value.get(field) for field in fields}}


def ga4_event(**changes: object) -> dict[str, Any]:
    return {
        "event_date": "20250602",
        "event_timestamp": 1748858400123456,
        "event_name": "purchase",
        "user_pseudo_id": "123.456",
        "user_id": None,
        "batch_event_index": 1,
        "event_params": [
            parameter("page_location", string_value="https://example.com/thanks"),
            parameter("ga_session_id", int_value=1748850000),
            parameter("value", double_value=25.5),
        ],
        "device": {"category": "mobile", "language": "en-gb"},
        "geo": {"country": "United Kingdom"},
        "traffic_source": {"source": "google", "medium": "organic", "name": "(organic)"},
        "collected_traffic_source": {"manual_source": "newsletter", "gclid": "G1"},
        "ecommerce": {"transaction_id": "1001", "purchase_revenue": 25.5},
        "items": [{"item_id": "SOCK", "quantity": 2}],
        **changes,
    }


def as_text(event: dict[str, Any]) -> dict[str, Any]:
    """BigQuery's JSON export writes 64-bit integers as text and leaves nulls out."""
    text: dict[str, Any] = json.loads(
        json.dumps(event),
        object_hook=lambda pairs: {
            key: str(value) if isinstance(value, int) else value
            for key, value in pairs.items()
            if value is not None
        },
    )
    return text


def as_parquet(*events: dict[str, Any]) -> bytes:
    file = BytesIO()
    pq.write_table(pa.Table.from_pylist(list(events)), file)
    return file.getvalue()


def test_ga4_events_are_landed_from_json(land: Land) -> None:
    [landed] = land("events_20250602.json", lines(as_text(ga4_event())), EXPORTS)

    assert landed.name == "ga4_events"
    [event] = landed.rows
    assert event["occurred_at"] == datetime.fromisoformat("2025-06-02 10:00:00.123456")
    assert event["event_timestamp"] == 1748858400123456
    assert event["ga_session_id"] == "1748850000"
    assert event["page_location"] == "https://example.com/thanks"
    assert event["event_value"] == Decimal("25.5")
    assert (event["collected_source"], event["first_source"]) == ("newsletter", "google")
    assert (event["transaction_id"], event["purchase_revenue"]) == ("1001", Decimal("25.5"))


def test_ga4_events_are_the_same_from_nested_parquet(land: Land) -> None:
    [from_json] = land("events.json", lines(as_text(ga4_event())), EXPORTS)
    [from_parquet] = land("events.parquet", as_parquet(ga4_event()), EXPORTS)

    [one], [other] = from_json.rows, from_parquet.rows
    differing = {name for name in one if one[name] != other[name]}
    assert differing <= {"items", "_file_id", "_run_id", "_exported_at"}


def test_a_parameter_is_found_in_whichever_field_it_stands(land: Land) -> None:
    as_string = [parameter("ga_session_id", string_value="1748850000")]
    [landed] = land("events.json", lines(as_text(ga4_event(event_params=as_string))), EXPORTS)

    assert landed.column("ga_session_id") == ["1748850000"]


def test_a_transaction_that_is_not_set_is_none(land: Land) -> None:
    unset = ga4_event(event_name="page_view", ecommerce={"transaction_id": "(not set)"})
    [landed] = land("events.json", lines(as_text(unset)), EXPORTS)

    assert landed.column("transaction_id") == [None]


def test_a_file_of_another_kind_is_refused(land: Land) -> None:
    [landed] = land("other.json", lines({"hello": "world"}), EXPORTS)

    assert landed.reading.refusal is not None
