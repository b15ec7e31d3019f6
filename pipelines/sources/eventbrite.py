"""Eventbrite: the attendee report (CSV, XLSX), one row per ticket.

The organizer chooses the columns and adds questions of their own; headers follow the language of
the account. Declared are those of American and British English, German and Italian. A report of one
event names no event: give each event a folder, `eventbrite/<event>/…`.

Several tickets of an order have one buyer, whose address stands on all of them unless the organizer
asks each guest. Order dates carry an offset; one without is read as UTC. The time of the event has
none: it lands as written and is read in the business time zone.
"""

from __future__ import annotations

from pipelines.exports.declare import DAY, ID, INTEGER, MONEY, TEXT, Column, Export, timestamp

ORDER_TIME = timestamp(
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%m/%d/%y %H:%M",
    "%m/%d/%Y %H:%M",
    "%b %d, %Y",
)
EVENT_TIME = timestamp(
    "%b %d, %Y at %I:%M %p", "%B %d, %Y at %I:%M %p", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"
)

ATTENDEES = Export(
    vendor="eventbrite",
    name="attendees",
    title="Eventbrite attendee report",
    files=("*.csv", "*.xlsx"),
    dated_by="ordered_at",
    columns=(
        Column(("Attendee #", "Attendee no.", "Teilnehmernr."), "attendee_id", ID, filled=True),
        Column(
            ("Order #", "Order no.", "Order ID", "Bestellnr.", "Ordine n.", "ID ordine"),
            "order_id",
            ID,
            filled=True,
        ),
        Column(("Event ID", "ID evento"), "event_id", ID, required=False),
        Column(("Email", "E-Mail", "Indirizzo e-mail"), "email", TEXT),
        Column(("Buyer Email", "E-mail acquirente"), "buyer_email", TEXT, required=False),
        Column(("Mobile Phone", "Cell Phone", "Mobiltelefon"), "mobile_phone", ID, required=False),
        Column(("Event Name", "Nome evento"), "event_name", TEXT, required=False),
        Column(("First Name", "Vorname", "Nome"), "first_name", TEXT, required=False),
        Column(("Last Name", "Surname", "Nachname", "Cognome"), "last_name", TEXT, required=False),
        Column(("Buyer First Name", "Nome acquirente"), "buyer_first_name", TEXT, required=False),
        Column(
            ("Buyer Last Name", "Buyer Surname", "Cognome acquirente"),
            "buyer_last_name",
            TEXT,
            required=False,
        ),
        Column(("Home City", "Billing City"), "city", TEXT, required=False),
        Column(
            ("Home State", "County of Residence", "Billing State"), "region", TEXT, required=False
        ),
        Column(("Home Country", "Billing Country"), "country", TEXT, required=False),
        Column("Gender", "gender", TEXT, required=False),
        Column(
            ("Ticket Type", "Ticketart", "Tipologia biglietto"), "ticket_type", TEXT, required=False
        ),
        Column(("Order Type", "Bestellungstyp"), "order_type", TEXT, required=False),
        Column(("Attendee Status", "Teilnehmerstatus"), "attendee_status", TEXT, filled=True),
        Column("Currency", "currency", TEXT, required=False),
        Column(("Quantity", "Anzahl"), "quantity", INTEGER, required=False),
        Column(("Total Paid", "Gesamtzahlungsbetrag"), "total_paid", MONEY, required=False),
        Column("Birth Date", "birth_date", DAY, required=False),
        Column(("Order Date", "Bestelldatum"), "ordered_at", ORDER_TIME, filled=True),
        Column(("Date Attending", "Data partecipazione"), "event_time", EVENT_TIME, required=False),
        Column(("Check-In Date", "Data check-in"), "checked_in_time", EVENT_TIME, required=False),
    ),
    description="One row per ticket; the newest report of an attendee tells their status.",
)

EXPORTS: tuple[Export, ...] = (ATTENDEES,)
