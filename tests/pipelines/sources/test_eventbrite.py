from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from pipelines.sources.eventbrite import EXPORTS

from .conftest import Land

REPORT = """\
Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,\
Order Type,Currency,Total Paid,Fees Paid,Eventbrite Fees,Eventbrite Payment Processing,\
Attendee Status,Home City,Home Country,"How did you hear of us, and when?"
11211912243,2026-05-02 17:03:12-04:00,Ada,Byron,ada@example.com,1,,General Admission,18441583423,,\
Eventbrite Completed,USD,$25.00,2.10,1.50,0.60,Checked In,London,United Kingdom,A friend
11211912243,2026-05-02 17:03:12-04:00,Bob,Guest,ada@example.com,1,,General Admission,18441583424,,\
Eventbrite Completed,USD,$25.00,2.10,1.50,0.60,Attending,,,
11211912250,2026-05-03 09:00:00-04:00,Cy,Late,cy@example.org,1,,General Admission,18441583430,,\
Free Order,USD,0.00,0.00,0.00,0.00,Refunded,,,
11211912251,2026-05-03 09:30:00-04:00,Di,Gone,di@example.org,1,,General Admission,18441583431,,\
Free Order,USD,0.00,0.00,0.00,0.00,Deleted,,,
"""

BRITISH = """\
Event Name,Event ID,Order no.,Order Date,First Name,Surname,Email,Buyer Email,Attendee no.,\
Attendee Status,Date Attending,Check-In Date
Cupping Night,690193285697,11,2026-05-02 17:03:12+01:00,Ada,Byron,ada@example.com,ada@example.com,\
91,Checked In,"May 20, 2026 at 7:00 PM","May 20, 2026 at 7:04 PM"
"""
GERMAN = """\
Bestellnr.,Bestelldatum,Vorname,Nachname,E-Mail,Anzahl,Ticketart,Teilnehmernr.,Bestellungstyp,\
Gesamtzahlungsbetrag,Eventbrite-Gebühren,Teilnehmerstatus,Mobiltelefon
11,2026-05-02 17:03:12+02:00,Ada,Byron,ada@example.com,1,Eintritt,91,Kostenlos,0.00,0.00,\
Eingecheckt,+49 30 23125 000
"""


def test_several_attendees_of_an_order_are_as_many_rows(land: Land) -> None:
    [landed] = land("report.csv", REPORT, EXPORTS)

    assert landed.name == "attendees"
    assert landed.column("attendee_id")[:2] == ["18441583423", "18441583424"]
    assert landed.column("order_id")[:2] == ["11211912243", "11211912243"]
    assert landed.column("email")[:2] == ["ada@example.com", "ada@example.com"]
    assert landed.column("first_name")[:2] == ["Ada", "Bob"]


def test_every_status_lands_as_written(land: Land) -> None:
    [landed] = land("report.csv", REPORT, EXPORTS)

    statuses = ["Checked In", "Attending", "Refunded", "Deleted"]
    assert landed.column("attendee_status") == statuses


def test_orders_are_dated_in_utc_and_paid_in_money(land: Land) -> None:
    [landed] = land("report.csv", REPORT, EXPORTS)

    assert landed.column("ordered_at")[0] == datetime.fromisoformat("2026-05-02 21:03:12")
    assert landed.column("total_paid")[0] == Decimal(25)
    assert landed.reading.data_until == datetime.fromisoformat("2026-05-03 13:30:00")


def test_questions_of_the_organizer_stay_in_the_file(land: Land) -> None:
    [landed] = land("report.csv", REPORT, EXPORTS)

    assert "How did you hear of us, and when?" in landed.reading.ignored
    assert "A friend" not in str(landed.rows)


def test_a_report_of_all_events_names_them_and_their_times(land: Land) -> None:
    [landed] = land("report.csv", BRITISH, EXPORTS)

    assert landed.column("event_id") == ["690193285697"]
    assert landed.column("event_name") == ["Cupping Night"]
    assert landed.column("last_name") == ["Byron"]
    assert landed.column("event_time") == [datetime.fromisoformat("2026-05-20 19:00:00")]
    assert landed.column("checked_in_time") == [datetime.fromisoformat("2026-05-20 19:04:00")]


def test_headers_follow_the_language_of_the_account(land: Land) -> None:
    [landed] = land("bericht.csv", GERMAN, EXPORTS)

    assert landed.column("attendee_id") == ["91"]
    assert landed.column("attendee_status") == ["Eingecheckt"]
    assert landed.column("ordered_at") == [datetime.fromisoformat("2026-05-02 15:03:12")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("11/29/24 22:28", "2024-11-29 22:28:00"),
        ("2026-05-02 17:03:12", "2026-05-02 17:03:12"),
        ('"Sep 15, 2012"', "2012-09-15 00:00:00"),
    ],
)
def test_an_order_date_without_an_offset_is_read_as_utc(
    land: Land, written: str, read: str
) -> None:
    report = f"Attendee #,Order #,Email,Attendee Status,Order Date\n9,1,,Attending,{written}\n"
    [landed] = land("report.csv", report, EXPORTS)

    assert landed.column("ordered_at") == [datetime.fromisoformat(read)]


def test_a_report_of_orders_is_none_of_attendees(land: Land) -> None:
    [landed] = land("orders.csv", "Order #,Order Date,Email,Quantity\n1,2026-05-02,,2\n", EXPORTS)

    assert landed.reading.refusal is not None
    assert "Attendee #" in landed.reading.refusal
