from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from decimal import Decimal
from hashlib import md5
from typing import Any

import pytest

from pipelines.sources.mailchimp import EXPORTS

from .conftest import Land, Landed

CAMPAIGNS = """\
Title,Subject,List,"Send Date","Send Weekday","Total Recipients","Successful Deliveries",\
"Soft Bounces","Hard Bounces","Total Bounces","Times Forwarded","Forwarded Opens","Unique Opens",\
"Open Rate","Total Opens","Unique Clicks","Click Rate","Total Clicks",Unsubscribes,\
"Abuse Complaints","Folder Id","Unique Id","Total Orders","Total Revenue",Visits
"Café club … May","Zoë's picks","Tasting club","Feb 24, 2017 11:29 am",Friday,"1,750","1,742",\
5,3,8,0,0,716,41.10%,901,35,2.01%,44,1,0,0,17671f6028,0,0,n/a
"""

# as an old Mac's spreadsheet saves it again: no spaces in the header, no signs, MacRoman
RESAVED = """\
Title,Subject,List,Send_Date,Send_Weekday,Total_Recipients,Successful_Deliveries,Soft_Bounces,\
Hard_Bounces,Total_Bounces,Times_Forwarded,Forwarded_Opens,Unique_Opens,Open_Rate,Total_Opens,\
Unique_Clicks,Click_Rate,Total_Clicks,Unsubscribes,Abuse_Complaints
Café club … May,Zoë's picks,Tasting club,2/24/17 11:29,Friday,1750,1742,5,3,8,0,0,716,41.1,901,\
35,2.01,44,1,0
"""

MEMBER = "Email Address,First Name,Last Name,Phone Number,Favourite Tea,MEMBER_RATING,OPTIN_TIME,"
MEMBER += "OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,"
SUBSCRIBED = f"""\
{MEMBER}LAST_CHANGED,LEID,EUID,NOTES,TAGS
Ada@Example.com,Ada,Byron,+442079460000,Assam,4,"2025-08-31 09:30:00",203.0.113.7,\
"2025-08-31 09:31:12",203.0.113.7,51.5,-0.1,0,1,Europe/London,GB,H9,"2026-01-02 10:00:00",\
90498395,810826c56e,,"""
SUBSCRIBED += '"""VIP"",""Blog"""\n'
UNSUBSCRIBED = f"""\
{MEMBER}UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,\
LEID,EUID,NOTES,TAGS
bob@example.com,Bob,,,,2,"2025-08-31 09:30:00",,"2025-08-31 09:31:12",,,,,,,US,CA,\
"2026-02-03 10:00:00",Café club,17671f6028,NORMAL,,90498396,910826c56e,,
"""
CLEANED = f"""\
{MEMBER}CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID,NOTES,TAGS
cy@example.com,,,,,1,,,"2025-08-31 09:31:12",,,,,,,,,"2026-03-04 10:00:00",Café club,17671f6028,\
90498397,a10826c56e,,
"""

ADA, BOB = (md5(email.encode()).hexdigest() for email in ("ada@example.com", "bob@example.com"))  # noqa: S324
OPENED = {"action": "open", "timestamp": "2017-02-24T12:00:00+00:00", "ip": "203.0.113.7"}
CLICKED = {
    "action": "click",
    "timestamp": "2017-02-24T12:01:00+00:00",
    "url": "https://shop.example.com/",
    "ip": "203.0.113.7",
}
ANSWER: dict[str, Any] = {
    "emails": [
        {
            "campaign_id": "17671f6028",
            "list_id": "57afe96172",
            "email_id": ADA,
            "email_address": "Ada@Example.com",
            "activity": [OPENED, CLICKED],
        },
        {
            "campaign_id": "17671f6028",
            "list_id": "57afe96172",
            "email_id": BOB,
            "email_address": "bob@example.com",
            "activity": [],
        },
    ],
    "campaign_id": "17671f6028",
    "total_items": 2,
}
REPORT: dict[str, Any] = {
    "id": "17671f6028",
    "campaign_title": "Café club … May",
    "list_id": "57afe96172",
    "emails_sent": 1750,
    "unsubscribed": 1,
    "send_time": "2017-02-24T11:29:00+00:00",
    "bounces": {"hard_bounces": 3, "soft_bounces": 5, "syntax_errors": 0},
    "opens": {
        "opens_total": 901,
        "proxy_excluded_opens": 512,
        "unique_opens": 716,
        "proxy_excluded_unique_opens": 430,
        "open_rate": 0.411,
    },
    "clicks": {"clicks_total": 44, "unique_clicks": 40, "unique_subscriber_clicks": 35},
}


def by_name(landed: list[Landed]) -> dict[str | None, Landed]:
    """Those readings that have rows; an answer may be offered to exports it holds nothing of."""
    return {one.name: one for one in landed if one.rows}


def archive(**members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in members.items():
            packed.writestr(f"{name}_members_export_57afe96172.csv", content)
    return target.getvalue()


def test_a_report_of_campaigns_is_read(land: Land) -> None:
    [landed] = land("campaigns.csv", CAMPAIGNS, EXPORTS)

    assert landed.name == "campaigns"
    assert landed.column("campaign_id") == ["17671f6028"]
    assert landed.column("recipient_count") == [1750]
    assert landed.column("sent_at") == [datetime.fromisoformat("2017-02-24 11:29")]
    assert landed.column("conversion_count") == [0]
    assert "Visits" in landed.reading.ignored


def test_an_old_macs_report_says_the_same(land: Land) -> None:
    [landed] = land("campaigns.csv", CAMPAIGNS, EXPORTS)
    [resaved] = land("resaved.csv", RESAVED.encode("mac_roman"), EXPORTS)

    for column in ("title", "subject", "open_rate", "click_rate", "delivered_count", "sent_at"):
        assert resaved.column(column) == landed.column(column)
    assert resaved.column("open_rate") == [Decimal("0.411")]
    assert resaved.column("title") == ["Café club … May"]
    assert resaved.column("campaign_id") == [None]


def test_an_audience_is_one_file_a_status(land: Land) -> None:
    packed = archive(subscribed=SUBSCRIBED, unsubscribed=UNSUBSCRIBED, cleaned=CLEANED)
    landed = land("audience_export.zip", packed, EXPORTS)

    assert [one.name for one in landed] == ["members"] * 3
    assert [one.column("member_status")[0] for one in landed] == [
        "subscribed",
        "unsubscribed",
        "cleaned",
    ]
    subscribed, unsubscribed, cleaned = (one.rows[0] for one in landed)
    assert (subscribed["email"], subscribed["tags"]) == ("Ada@Example.com", '"VIP","Blog"')
    assert subscribed["confirmed_at"] == datetime.fromisoformat("2025-08-31 09:31:12")
    assert subscribed["unsubscribed_at"] is None
    assert unsubscribed["unsubscribed_at"] == datetime.fromisoformat("2026-02-03 10:00:00")
    assert unsubscribed["unsubscribe_campaign_id"] == "17671f6028"
    assert cleaned["cleaned_at"] == datetime.fromisoformat("2026-03-04 10:00:00")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("subscribed_email_audience_export_57afe96172.csv", "subscribed"),
        ("nonsubscribed_members_export_57afe96172.csv", "nonsubscribed"),
        ("export.csv", None),
    ],
)
def test_a_status_stands_in_the_name_of_the_file_alone(
    land: Land, name: str, status: str | None
) -> None:
    [landed] = land(name, SUBSCRIBED, EXPORTS)

    assert landed.column("member_status") == [status]


def test_the_address_of_a_members_machine_stays_in_the_file(land: Land) -> None:
    [landed] = land("subscribed_members_export_1.csv", SUBSCRIBED, EXPORTS)

    assert "203.0.113.7" not in map(str, landed.rows[0].values())


def test_a_phone_that_a_spreadsheet_rounded_refuses_the_file(land: Land) -> None:
    damaged = SUBSCRIBED.replace("+442079460000", "4.42079E+11")
    [landed] = land("subscribed_members_export_1.csv", damaged, EXPORTS)

    assert landed.reading.refusal is not None


@pytest.mark.parametrize("is_paged", [False, True])
def test_an_answer_lands_activities_and_all_recipients(land: Land, is_paged: bool) -> None:
    content = json.dumps(ANSWER, indent=None if is_paged else 1) + "\n"
    landed = by_name(land("activity.json", content * (2 if is_paged else 1), EXPORTS))

    assert set(landed) == {"recipients", "activities"}
    assert landed["recipients"].column("subscriber_id")[:2] == [ADA, BOB]
    opened, clicked = landed["activities"].rows[:2]
    assert (opened["action"], opened["subscriber_id"]) == ("open", ADA)
    assert (clicked["action"], clicked["link_url"]) == ("click", "https://shop.example.com/")
    assert clicked["occurred_at"] == datetime.fromisoformat("2017-02-24 12:01:00")


def test_one_action_a_line_is_read_too(land: Land) -> None:
    recipient = {key: value for key, value in ANSWER["emails"][0].items() if key != "activity"}
    bounced = {"action": "bounce", "type": "hard", "timestamp": "2017-02-24T11:30:00+00:00"}
    lines = "\n".join(json.dumps(recipient | action) for action in (OPENED, bounced))
    landed = by_name(land("activity.jsonl", lines, EXPORTS))

    assert landed["activities"].column("action") == ["open", "bounce"]
    assert landed["activities"].column("bounce_type") == [None, "hard"]
    assert landed["recipients"].column("email") == ["Ada@Example.com"] * 2


@pytest.mark.parametrize("content", [{"reports": [REPORT], "total_items": 1}, REPORT])
def test_a_report_knows_opens_without_those_of_proxies(
    land: Land, content: dict[str, object]
) -> None:
    landed = by_name(land("reports.json", json.dumps(content), EXPORTS))

    assert set(landed) == {"api_reports"}
    [report] = landed["api_reports"].rows
    assert (report["unique_open_count"], report["unique_human_open_count"]) == (716, 430)
    assert report["sent_at"] == datetime.fromisoformat("2017-02-24 11:29:00")
