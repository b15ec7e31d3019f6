"""Twilio: the message log as the console downloads it, texts and WhatsApp messages both ways.

Statuses change until a message has arrived, was read or has failed, and a log names the last one:
overlapping downloads are told apart by `Sid`, the newest counts. Prices are negative. Numbers are
E.164, `whatsapp:` stands before those of WhatsApp, and a spreadsheet takes the `+` away; where it
has rounded them (4.42079E+11) the file is refused.

What people write stays in the file but for the words that Twilio itself obeys
(https://help.twilio.com/articles/223134027). `YES` is one of them and left out: it answers any
question, not only whether to go on sending.
"""

from __future__ import annotations

from pipelines.exports.declare import (
    ID,
    INTEGER,
    MONEY,
    TEXT,
    TIMESTAMP,
    Column,
    Export,
    one_of,
)

REFUSALS = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT")
CONSENTS = ("START", "UNSTOP")

MESSAGES = Export(
    vendor="twilio",
    name="messages",
    title="Twilio message log",
    files=("*.csv", "*.xlsx"),
    columns=(
        Column("Sid", "message_sid", ID, filled=True),
        Column("From", "sender_address", ID),
        Column("To", "recipient_address", ID),
        Column("ErrorCode", "error_code", ID, required=False),
        Column("Body", "keyword", one_of(*REFUSALS, *CONSENTS), required=False),
        Column("Direction", "direction", TEXT, filled=True),
        Column("Status", "status", TEXT, filled=True),
        Column("PriceUnit", "currency", TEXT, required=False),
        Column("NumSegments", "segment_count", INTEGER, required=False),
        Column("Price", "price", MONEY, required=False),
        Column(("SentDate", "DateSent"), "sent_at", TIMESTAMP),
    ),
    dated_by="sent_at",
    nulls=("null",),
    description="One row per message, sent or received.",
)

EXPORTS: tuple[Export, ...] = (MESSAGES,)
