from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from pipelines.sources.klaviyo import EXPORTS

from .conftest import Land, Landed

PROFILES = """\
Email,Klaviyo ID,First Name,Last Name,Phone Number,City,State / Region,Country,Source,\
Email Marketing Consent,Email Marketing Consent Timestamp,Profile Created On,Email Suppressions,\
Favourite Tea
ada@example.com,01HADA,Ada,Byron,+442079460000,London,England,United Kingdom,Form,SUBSCRIBED,\
2025-09-01 12:00:00,2025-08-31 09:30:00,[],Assam
,01HBOB,Bob,,+15005550006,,,US,,NEVER_SUBSCRIBED,,2025-08-31 09:30:00,[],
"""

CAMPAIGNS = """\
Campaign Name,Tags,Subject,List,Send Time,Send Weekday,Total Recipients,Unique Placed Order,\
Placed Order Rate,Revenue,Unique Opens,Open Rate,Total Opens,Unsubscribes,Campaign ID,\
Campaign Channel
June Sale,"sale, june",[MULTIPLE VARIATIONS],"News, VIP",2025-06-02 10:00:00,Monday,64517.0,\
45.0,0.07%,"4,120.50",20000.0,31.00%,25000.0,12.0,01HCAMP1,email
"""

NEWER_CAMPAIGNS = """\
Campaign name,Subject line,Audiences list,Message send date time,Total recipients,\
Count of unique conversions,Conversion value,Unique opens,Open rate,Total bounced,Campaign ID
June Sale,Hello,News,2025-06-02 10:00:00,64517,45,4120.5,20000,0.31,7,01HCAMP1
"""

DAILY_FLOWS = """\
Date,Flow ID,Flow Name,Message ID,Message Name,Total Opens,Total Apple Privacy Opens,\
Unique Apple Privacy Opens
2025-05-01,Sz4,Welcome,Utq,Mail 1,10,6,5
"""

EVENT = {
    "type": "event",
    "id": "5tEv",
    "attributes": {
        "timestamp": 1748858400,
        "datetime": "2025-06-02 10:00:00+00:00",
        "uuid": "2f5c",
        "event_properties": {
            "Campaign Name": "June Sale",
            "Subject": "Hello",
            "$message": "01HCAMP1",
            "$value": 12.5,
            "machine_open": True,
        },
    },
    "relationships": {
        "profile": {"data": {"type": "profile", "id": "01HADA"}},
        "metric": {"data": {"type": "metric", "id": "UKhnmK"}},
    },
}
METRIC = {"type": "metric", "id": "UKhnmK", "attributes": {"name": "Opened Email"}}
PROFILE = {
    "type": "profile",
    "id": "01HADA",
    "attributes": {
        "email": "ada@example.com",
        "phone_number": "+442079460000",
        "first_name": "Ada",
        "created": "2025-08-31T09:30:00+00:00",
        "updated": "2025-09-01T12:00:00+00:00",
        "location": {"city": "London", "country": "United Kingdom"},
        "subscriptions": {
            "email": {
                "marketing": {
                    "can_receive_email_marketing": True,
                    "consent": "SUBSCRIBED",
                    "consent_timestamp": "2025-09-01T12:00:00+00:00",
                }
            }
        },
    },
}


def by_name(landed: list[Landed]) -> dict[str | None, Landed]:
    """Those readings that have rows; a response may be offered to exports it holds nothing of."""
    return {one.name: one for one in landed if one.rows}


def test_a_list_export_lands_profiles(land: Land) -> None:
    [landed] = land("list.csv", PROFILES, EXPORTS)

    assert landed.name == "profiles"
    assert landed.column("profile_id") == ["01HADA", "01HBOB"]
    assert landed.column("email") == ["ada@example.com", None]
    assert landed.column("email_consent") == ["SUBSCRIBED", "NEVER_SUBSCRIBED"]
    assert landed.column("email_consent_at") == [
        datetime.fromisoformat("2025-09-01 12:00:00"),
        None,
    ]
    assert landed.reading.ignored == ("Favourite Tea",)


def test_campaigns_are_read_in_both_spellings(land: Land) -> None:
    [older] = land("older.csv", CAMPAIGNS, EXPORTS)
    [newer] = land("newer.csv", NEWER_CAMPAIGNS, EXPORTS)

    assert (older.name, newer.name) == ("campaigns", "campaigns")
    for column in ("campaign_id", "recipient_count", "unique_open_count", "open_rate", "sent_at"):
        assert older.column(column) == newer.column(column)
    assert newer.column("conversion_count") == older.column("conversion_count") == [45]
    assert newer.column("conversion_value") == older.column("conversion_value")


def test_counts_and_rates_are_read_however_they_are_written(land: Land) -> None:
    [landed] = land("campaigns.csv", CAMPAIGNS, EXPORTS)

    assert landed.column("recipient_count") == [64517]
    assert landed.column("conversion_rate") == [Decimal("0.0007")]
    assert landed.column("conversion_value") == [Decimal("4120.5")]


def test_a_fraction_is_a_rate_too(land: Land) -> None:
    [landed] = land("campaigns.csv", CAMPAIGNS.replace("0.07%", "0.0024"), EXPORTS)

    assert landed.column("conversion_rate") == [Decimal("0.0024")]


def test_a_second_header_in_the_middle_is_no_campaign(land: Land) -> None:
    header, row = CAMPAIGNS.splitlines()
    [landed] = land("campaigns.csv", f"{header}\n{row}\n{header}\n{row}\n", EXPORTS)

    assert landed.reading.landed == 2
    assert landed.reading.skipped == {"header": 1}


def test_flows_are_read_in_three_layouts(land: Land) -> None:
    ranged = 'Flow ID,Flow Name,Date,Message Channel,Status\nSz4,Welcome,"{}",Email,live\n'
    layouts = {
        "2025-05-01": DAILY_FLOWS,
        "May 01 2025 - May 31 2025": ranged.format("May 01 2025 - May 31 2025"),
        "08/2025": "Month,Flow ID,Flow Name\n08/2025,Sz4,Welcome\n",
    }

    for period, content in layouts.items():
        [landed] = land("flows.csv", content, EXPORTS)
        assert landed.name == "flows"
        assert landed.column("period") == [period]


def test_apple_privacy_opens_stand_apart(land: Land) -> None:
    [landed] = land("flows.csv", DAILY_FLOWS, EXPORTS)

    assert landed.column("open_count") == [10]
    assert landed.column("apple_privacy_open_count") == [6]


def test_a_response_lands_its_events_and_their_metrics(land: Land) -> None:
    response = json.dumps({"data": [EVENT], "included": [METRIC], "links": {}}, indent=1)
    landed = by_name(land("events.json", response, EXPORTS))

    [event] = landed["events"].rows
    assert (event["event_id"], event["profile_id"], event["metric_id"]) == (
        "5tEv",
        "01HADA",
        "UKhnmK",
    )
    assert event["occurred_at"] == datetime.fromisoformat("2025-06-02 10:00:00")
    assert (event["message_id"], event["subject"]) == ("01HCAMP1", "Hello")
    assert event["value_amount"] == Decimal("12.5")
    assert event["is_machine_open"] is True
    assert landed["metrics"].column("metric_name") == ["Opened Email"]


def test_one_event_a_line_is_read_too(land: Land) -> None:
    flat: dict[str, Any] = {
        "type": "event",
        "id": "6tEv",
        "attributes": {"timestamp": 1748858400, "metric_name": "Placed Order", "profile_id": "P"},
    }
    lines = f"{json.dumps(EVENT)}\n{json.dumps(flat)}\n"
    events = by_name(land("events.jsonl", lines, EXPORTS))["events"]

    assert events.column("event_id") == ["5tEv", "6tEv"]
    assert events.column("metric_name") == [None, "Placed Order"]
    assert events.column("profile_id") == ["01HADA", "P"]


def test_an_event_without_a_time_is_rejected(land: Land) -> None:
    timeless = {"type": "event", "id": "7tEv", "attributes": {}}
    lines = f"{json.dumps(EVENT)}\n{json.dumps(timeless)}\n"
    events = by_name(land("events.jsonl", lines, EXPORTS))["events"]

    assert events.column("event_id") == ["5tEv"]
    assert [(r.line, r.column) for r in events.reading.rejects] == [(2, "occurred_at")]


def test_a_response_of_profiles_knows_consent(land: Land) -> None:
    landed = by_name(land("profiles.json", json.dumps({"data": [PROFILE]}), EXPORTS))

    assert set(landed) == {"api_profiles"}
    [profile] = landed["api_profiles"].rows
    assert (profile["email"], profile["city"]) == ("ada@example.com", "London")
    assert (profile["email_consent"], profile["can_receive_email"]) == ("SUBSCRIBED", True)
    assert profile["updated_at"] == datetime.fromisoformat("2025-09-01 12:00:00")


def test_a_response_that_holds_one_profile_is_read(land: Land) -> None:
    landed = by_name(land("profile.json", json.dumps({"data": PROFILE}), EXPORTS))

    assert landed["api_profiles"].column("profile_id") == ["01HADA"]
