"""Klaviyo's reports of messages: what a campaign or a flow's message did in sum.

Both report the same metrics. Their spellings come in two generations (`Revenue`, then
`Conversion value`), a rate is `0.07%` in one and `0.0024` in the other, a count may be `64517.0`.
"""

from __future__ import annotations

from pipelines.exports.declare import (
    ID,
    INTEGER,
    MONEY,
    PERCENT,
    TEXT,
    TIMESTAMP,
    Column,
    Export,
)

REPORTS = ("*.csv", "*.xlsx")

MESSAGE_METRICS = (
    Column("Tags", "tags", TEXT, required=False),
    Column("Unique Opens", "unique_open_count", INTEGER, required=False),
    Column("Open Rate", "open_rate", PERCENT, required=False),
    Column("Total Opens", "open_count", INTEGER, required=False),
    Column(
        "Unique Apple Privacy Opens",
        "unique_apple_privacy_open_count",
        INTEGER,
        required=False,
    ),
    Column(
        "Total Apple Privacy Opens",
        "apple_privacy_open_count",
        INTEGER,
        required=False,
    ),
    Column("Unique Clicks", "unique_click_count", INTEGER, required=False),
    Column("Click Rate", "click_rate", PERCENT, required=False),
    Column("Total Clicks", "click_count", INTEGER, required=False),
    Column(
        ("Unsubscribes", "Unique unsubscribes", "Total Unsubscribes"),
        "unsubscribe_count",
        INTEGER,
        required=False,
    ),
    Column(
        ("Spam Complaints", "Total spam complaints", "Spam"),
        "spam_complaint_count",
        INTEGER,
        required=False,
    ),
    Column(
        ("Bounces", "Total bounced", "Bounced"),
        "bounce_count",
        INTEGER,
        required=False,
    ),
    Column(
        (
            "Unique Placed Order",
            "Count of unique conversions",
            "Unique Ordered Product",
            "Placed Order",
            "Placed Orders",
            "Total Placed Order",
        ),
        "conversion_count",
        INTEGER,
        required=False,
    ),
    Column(
        ("Placed Order Rate", "Conversion rate", "Ordered Product Rate"),
        "conversion_rate",
        PERCENT,
        required=False,
    ),
    Column(
        ("Revenue", "Conversion value", "Ordered Product Value", "Total Placed Order Value"),
        "conversion_value",
        MONEY,
        required=False,
    ),
)

CAMPAIGNS = Export(
    vendor="klaviyo",
    name="campaigns",
    title="Klaviyo campaign report",
    files=REPORTS,
    columns=(
        Column(("Campaign ID", "Campaign Message ID"), "campaign_id", ID, filled=True),
        Column(("Campaign Name", "Campaign Message Name"), "campaign_name", TEXT),
        Column(("Subject", "Subject line"), "subject", TEXT, required=False),
        Column(("List", "Lists", "Audiences list"), "audience_names", TEXT, required=False),
        Column(
            ("Campaign Channel", "Campaign Message Channel"),
            "channel",
            TEXT,
            required=False,
        ),
        Column("Total Recipients", "recipient_count", INTEGER),
        Column(
            ("Successful Deliveries", "Total delivered"),
            "delivered_count",
            INTEGER,
            required=False,
        ),
        *MESSAGE_METRICS,
        Column(("Send Time", "Message send date time", "Send Date"), "sent_at", TIMESTAMP),
    ),
    dated_by="sent_at",
    description="One row per campaign, with its totals to the day of the export.",
)

FLOWS = Export(
    vendor="klaviyo",
    name="flows",
    title="Klaviyo flow report",
    files=REPORTS,
    columns=(
        Column("Flow ID", "flow_id", ID, filled=True),
        Column("Flow Name", "flow_name", TEXT),
        Column(("Message ID", "Flow Message ID"), "message_id", ID, required=False),
        Column(("Message Name", "Flow Message Name"), "message_name", TEXT, required=False),
        Column(
            ("Message Channel", "Flow Message Channel", "Channel"), "channel", TEXT, required=False
        ),
        Column(("Status", "Flow Status", "Message Status"), "status", TEXT, required=False),
        # a day, a month as 08/2025, or a range as May 01 2025 - May 31 2025
        Column(("Date", "Day", "Month"), "period", TEXT, filled=True),
        Column(
            ("Total Recipients", "Recipients"),
            "recipient_count",
            INTEGER,
            required=False,
        ),
        Column(
            ("Delivered", "Successful Deliveries", "Total Delivered"),
            "delivered_count",
            INTEGER,
            required=False,
        ),
        *MESSAGE_METRICS,
    ),
    description="One row per message of a flow (or per flow) and period.",
)
