from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from pipelines.sources.intercom import EXPORTS

from .conftest import Land, Landed

CONTACT: dict[str, Any] = {
    "type": "contact",
    "id": "5ba682d23d7cf92bef87bfd4",
    "workspace_id": "ecahpwf5",
    "external_id": "207119551",
    "role": "user",
    "email": "ada@example.com",
    "phone": "020 7946 0000",
    "formatted_phone": "+442079460000",
    "name": "Ada Byron",
    "has_hard_bounced": False,
    "marked_email_as_spam": False,
    "unsubscribed_from_emails": True,
    "created_at": 1780000000,
    "updated_at": 1781000000,
    "signed_up_at": None,
    "last_seen_at": 1780900000,
    "last_replied_at": 1780800000,
    "language_override": None,
    "browser_language": "en",
    "location": {"type": "location", "country": "Ireland", "city": "Dublin"},
    "custom_attributes": {"paid_subscriber": True},
    "tags": {"type": "list", "data": [], "total_count": 0},
}
OLD_USER: dict[str, Any] = {
    "type": "user",
    "id": "530370b477ad7120001d",
    "user_id": "25",
    "email": "bo@example.com",
    "phone": "+12025550111",
    "unsubscribed_from_emails": False,
    "created_at": 1392734388,
    "last_request_at": 1397574667,
}


def part(number: int, author: str, kind: str = "comment") -> dict[str, Any]:
    return {
        "type": "conversation_part",
        "id": str(number),
        "part_type": kind,
        "body": "<p>Where is it?</p>",
        "created_at": 1781258460 + number,
        "author": {"type": author, "id": "a1", "name": "Bo", "email": "bo@example.com"},
        "attachments": [],
    }


CONVERSATION: dict[str, Any] = {
    "type": "conversation",
    "id": "1911149811",
    "title": "A parcel",
    "created_at": 1781258460,
    "updated_at": 1781260000,
    "source": {
        "type": "conversation",
        "id": "269650473",
        "delivered_as": "customer_initiated",
        "subject": "",
        "body": "<p>Hi, my name is Ada</p>",
        "author": {"type": "user", "id": CONTACT["id"], "email": "ada@example.com"},
        "url": "https://shop.example.com/products/beans",
    },
    "contacts": {
        "type": "contact.list",
        "contacts": [{"type": "contact", "id": CONTACT["id"], "external_id": "207119551"}],
    },
    "state": "closed",
    "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "7", "name": "delivery"}]},
    "conversation_rating": {
        "rating": 4,
        "remark": "Kind, though slow",
        "created_at": 1781260000,
        "contact": {"type": "contact", "id": CONTACT["id"]},
    },
    "statistics": {
        "type": "conversation_statistics",
        "time_to_admin_reply": 120,
        "first_admin_reply_at": 1781258580,
        "last_contact_reply_at": 1781258461,
        "last_admin_reply_at": 1781258580,
        "count_reopens": 0,
        "count_conversation_parts": 3,
    },
    "conversation_parts": {
        "type": "conversation_part.list",
        "conversation_parts": [
            part(1, "user"),
            part(2, "bot", "assignment"),
            part(3, "admin"),
        ],
        "total_count": 3,
    },
}
LISTED = {k: v for k, v in CONVERSATION.items() if k != "conversation_parts"} | {
    "id": "1911149812",
    "contacts": [{"type": "lead", "id": "5bc8f7ae2d96695c18a"}],
    "conversation_rating": None,
    "statistics": None,
}


def by_name(landed: list[Landed]) -> dict[str | None, Landed]:
    return {one.name: one for one in landed if one.rows}


def test_a_page_of_contacts_lands_them(land: Land) -> None:
    page = {"type": "list", "data": [CONTACT], "total_count": 1, "pages": {"type": "pages"}}
    [contact] = by_name(land("contacts.json", json.dumps(page), EXPORTS))["contacts"].rows

    assert (contact["contact_id"], contact["external_id"]) == (CONTACT["id"], "207119551")
    assert (contact["phone"], contact["language"]) == ("+442079460000", "en")
    assert (contact["role"], contact["is_unsubscribed"]) == ("user", True)
    assert contact["created_at"] == datetime.fromisoformat("2026-05-28 20:26:40")
    assert contact["signed_up_at"] is None


def test_users_of_the_older_api_are_contacts(land: Land) -> None:
    page = json.dumps({"type": "user.list", "users": [OLD_USER]})
    [user] = by_name(land("users.json", page, EXPORTS))["contacts"].rows

    assert (user["external_id"], user["role"], user["phone"]) == ("25", "user", "+12025550111")
    assert user["last_seen_at"] == datetime.fromisoformat("2014-04-15 15:11:07")


def test_a_whole_conversation_lands_with_its_parts(land: Land) -> None:
    landed = by_name(land("conversation.json", json.dumps(CONVERSATION, indent=1), EXPORTS))

    assert set(landed) == {"conversations", "conversation_parts"}
    [conversation] = landed["conversations"].rows
    assert conversation["author_type"] == "user"
    assert (conversation["rating"], conversation["part_count"]) == (4, 3)
    assert conversation["created_at"] == datetime.fromisoformat("2026-06-12 10:01:00")
    parts = landed["conversation_parts"]
    assert parts.column("conversation_id") == ["1911149811"] * 3
    assert parts.column("part_id") == ["1", "2", "3"]
    assert parts.column("author_type") == ["user", "bot", "admin"]
    assert parts.column("part_type") == ["comment", "assignment", "comment"]


def test_a_list_of_conversations_has_no_parts(land: Land) -> None:
    page = json.dumps({"type": "conversation.list", "conversations": [LISTED], "total_count": 1})
    landed = by_name(land("conversations.json", page, EXPORTS))

    assert set(landed) == {"conversations"}
    [conversation] = landed["conversations"].rows
    assert json.loads(conversation["contacts"])[0]["id"] == "5bc8f7ae2d96695c18a"
    assert (conversation["rating"], conversation["part_count"]) == (None, None)


def test_what_people_wrote_stays_in_the_file(land: Land) -> None:
    lines = f"{json.dumps(CONVERSATION)}\n{json.dumps(LISTED)}\n"
    landed = land("conversations.jsonl", lines, EXPORTS)
    values = [str(value) for one in landed for row in one.rows for value in row.values()]

    assert values
    assert not [v for v in values if "name is Ada" in v or "Where" in v or "slow" in v]


def test_a_conversation_without_a_time_is_rejected(land: Land) -> None:
    lines = f"{json.dumps(CONVERSATION)}\n{json.dumps(LISTED | {'created_at': None})}\n"
    conversations = by_name(land("conversations.jsonl", lines, EXPORTS))["conversations"]

    assert conversations.column("conversation_id") == ["1911149811"]
    assert [(r.line, r.column) for r in conversations.reading.rejects] == [(2, "created_at")]
