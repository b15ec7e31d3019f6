from __future__ import annotations

import io
import json
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from pipelines.sources.hubspot import EXPORTS

from .conftest import Land

CONTACTS = """\
Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Lifecycle Stage,\
Became a Marketing Qualified Lead Date,Create Date,Last Modified Date,Associated Company,\
Associated Company IDs,Unsubscribed from all email,Opted out of email: Marketing Information,\
Favourite Tea
101,Ada,Byron,ada@example.com,+44 20 7946 0000,Sam Seller,In Progress,Marketing Qualified Lead,\
2024-03-05 17:02,2024-02-01 09:30,2024-03-05 17:02,Analytical Engines,8001;8002,No,Yes,Assam
102,,,forgotten-77@gdpr-forgotten.hubspot.com,,,,Lead,,2024-02-02 10:00,,,,,,
103,Bob,,bob@example.org-1688758203663,,,NEW,Subscriber,,2024-02-03 23:59,,,,Yes,,
"""

GERMAN = """\
Datensatz-ID,Vorname,Nachname,E-Mail,Telefonnummer,Zuständiger Mitarbeiter,Lead-Status,\
Lifecycle-Phase,Erstelldatum
101,Ada,Byron,ada@example.com,+49 30 23125 000,Sam Seller,Neu,Abonnent,2024-02-01 09:30
"""
FRENCH = """\
ID de fiche d'informations,Prénom,Nom,E-mail,Phase du cycle de vie,Date de création
101,Ada,Byron,ada@example.com,Abonné,2024-02-01 09:30
"""
INTERNAL = """\
hs_object_id,firstname,lastname,email,lifecyclestage,hs_lead_status,createdate,hs_additional_emails,\
hs_merged_object_ids
101,Ada,Byron,ada@example.com,subscriber,NEW,2024-02-01 09:30,a.byron@example.org;ada@example.net,\
99;100
"""

CONTACT: dict[str, Any] = {
    "id": "101",
    "properties": {
        "createdate": "2024-02-01T08:30:00.000Z",
        "email": "ada@example.com",
        "firstname": "Ada",
        "lastname": None,
        "hs_additional_emails": "a.byron@example.org",
        "hs_email_optout": "true",
        "hs_lifecyclestage_marketingqualifiedlead_date": "2024-03-05T16:02:09.001Z",
        "hs_object_id": "101",
        "lastmodifieddate": "2024-03-05T16:02:11.123Z",
        "lifecyclestage": "marketingqualifiedlead",
    },
    "createdAt": "2024-02-01T08:30:00.000Z",
    "updatedAt": "2024-03-05T16:02:11.123Z",
    "archived": False,
}
COMPANY = {"id": "8001", "properties": {"name": "Engines", "hs_lastmodifieddate": "2024-03-05"}}


def test_an_export_lands_contacts_with_times_as_written(land: Land) -> None:
    [landed] = land("all-contacts.csv", CONTACTS, EXPORTS)

    assert landed.name == "contacts"
    assert landed.column("contact_id") == ["101", "102", "103"]
    assert landed.column("lifecycle_stage") == ["Marketing Qualified Lead", "Lead", "Subscriber"]
    assert landed.column("create_time")[0] == datetime.fromisoformat("2024-02-01 09:30:00")
    assert landed.column("became_qualified_time") == [
        datetime.fromisoformat("2024-03-05 17:02:00"),
        None,
        None,
    ]
    assert landed.column("company_ids") == ["8001;8002", None, None]
    assert landed.column("is_unsubscribed") == ["No", None, "Yes"]
    assert landed.column("is_opted_out_of_marketing") == ["Yes", None, None]
    assert landed.reading.ignored == ("Favourite Tea",)


def test_addresses_of_merged_and_forgotten_contacts_land_as_written(land: Land) -> None:
    [landed] = land("all-contacts.csv", CONTACTS, EXPORTS)

    assert landed.column("email")[1:] == [
        "forgotten-77@gdpr-forgotten.hubspot.com",
        "bob@example.org-1688758203663",
    ]


@pytest.mark.parametrize(
    ("content", "stage"),
    [(GERMAN, "Abonnent"), (FRENCH, "Abonné"), (INTERNAL, "subscriber")],
    ids=["German", "French", "internal names"],
)
def test_headers_are_labels_of_the_portal_s_language(land: Land, content: str, stage: str) -> None:
    [landed] = land("kontakte.csv", content, EXPORTS)

    assert landed.column("contact_id") == ["101"]
    assert landed.column("first_name") == ["Ada"]
    assert landed.column("email") == ["ada@example.com"]
    assert landed.column("lifecycle_stage") == [stage]
    assert landed.column("create_time") == [datetime.fromisoformat("2024-02-01 09:30:00")]


def test_labels_are_read_in_any_case(land: Land) -> None:
    older = CONTACTS.replace("First Name", "First name").replace("Create Date", "Create date")
    [landed] = land("all-contacts.csv", older, EXPORTS)

    assert landed.column("first_name") == ["Ada", None, "Bob"]


def test_a_merged_contact_keeps_ids_and_addresses(land: Land) -> None:
    [landed] = land("contacts.csv", INTERNAL, EXPORTS)

    assert landed.column("merged_contact_ids") == ["99;100"]
    assert landed.column("additional_emails") == ["a.byron@example.org;ada@example.net"]


def test_a_workbook_is_read_too(land: Land) -> None:
    book = openpyxl.Workbook()
    for row in ("Record ID,Email,Date of birth", "101,ada@example.com,1990-12-10"):
        book.active.append(row.split(","))
    content = io.BytesIO()
    book.save(content)

    [landed] = land("contacts.xlsx", content.getvalue(), EXPORTS)

    assert landed.column("birth_date") == [date(1990, 12, 10)]


def test_rounded_ids_refuse_the_file(land: Land) -> None:
    [landed] = land("contacts.csv", "Record ID,Email\n5.27763E+12,ada@example.com\n", EXPORTS)

    assert landed.reading.refusal is not None


def test_companies_are_no_contacts(land: Land) -> None:
    [table] = land("companies.csv", "Record ID,Company name\n8001,Engines\n", EXPORTS)
    [answer] = land("companies.json", json.dumps({"results": [COMPANY]}), EXPORTS)

    assert table.reading.refusal is not None
    assert "Email" in table.reading.refusal
    assert answer.reading.refusal is not None


@pytest.mark.parametrize(
    "content",
    [json.dumps({"results": [CONTACT], "paging": {}}), json.dumps(CONTACT) + "\n"],
    ids=["response", "lines"],
)
def test_contacts_of_the_api_land_in_utc(land: Land, content: str) -> None:
    [landed] = land("contacts.json", content, EXPORTS)

    [contact] = landed.rows
    assert landed.name == "api_contacts"
    assert (contact["contact_id"], contact["email"]) == ("101", "ada@example.com")
    assert contact["created_at"] == datetime.fromisoformat("2024-02-01 08:30:00")
    assert contact["updated_at"] == datetime.fromisoformat("2024-03-05 16:02:11.123")
    assert contact["became_qualified_at"] == datetime.fromisoformat("2024-03-05 16:02:09.001")
    assert contact["is_unsubscribed"] == "true"
    assert contact["lifecycle_stage"] == "marketingqualifiedlead"
