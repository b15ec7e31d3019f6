"""Klaviyo: the profiles of a list or segment, campaign and flow reports, and API responses.

Reports are CSV downloads. Their spellings come in two generations (`Revenue`, then
`Conversion value`), a rate is `0.07%` in one and `0.0024` in the other, a count may be `64517.0`.
Times in a download are in the account's zone and say no offset: they are read as UTC, so let the
account show UTC where hours matter.

API responses are JSON:API documents (https://developers.klaviyo.com/en/reference/api_overview):
`{"data": [...], "included": [...]}`, or one resource a line. What a single person received,
opened and clicked comes from the events alone. An event names its metric by id; the metric's name
comes with the response when it was asked for with `include=metric`, or from a file of metrics.
"""

from __future__ import annotations

from pipelines.exports.declare import (
    BOOLEAN,
    EPOCH_SECONDS,
    ID,
    INTEGER,
    JSON,
    MONEY,
    PERCENT,
    TEXT,
    TIMESTAMP,
    Column,
    Export,
)

REPORTS = ("*.csv", "*.xlsx")
RESPONSES = ("*.json", "*.jsonl", "*.ndjson")
PROPERTIES = "attributes.event_properties"
CONSENTS = "attributes.subscriptions"

PROFILES = Export(
    vendor="klaviyo",
    name="profiles",
    title="Klaviyo list or segment export",
    files=REPORTS,
    columns=(
        Column("Klaviyo ID", "profile_id", ID, filled=True),
        Column("Email", "email", TEXT),
        Column("Phone Number", "phone", ID, required=False),
        Column("External ID", "external_id", ID, required=False),
        Column("First Name", "first_name", TEXT, required=False),
        Column("Last Name", "last_name", TEXT, required=False),
        Column("City", "city", TEXT, required=False),
        Column(("State / Region", "Region"), "region", TEXT, required=False),
        Column("Zip Code", "postal_code", TEXT, required=False),
        Column("Country", "country", TEXT, required=False),
        Column("Locale", "locale", TEXT, required=False),
        Column("Source", "source", TEXT, required=False),
        Column("Email Marketing Consent", "email_consent", TEXT, required=False),
        Column("Email Marketing Consent Timestamp", "email_consent_at", TIMESTAMP, required=False),
        Column("SMS Marketing Consent", "sms_consent", TEXT, required=False),
        Column("SMS Marketing Consent Timestamp", "sms_consent_at", TIMESTAMP, required=False),
        Column("Email Suppressions", "email_suppressions", TEXT, required=False),
        Column(("Profile Created On", "Created"), "created_at", TIMESTAMP, required=False),
        Column(("Last Updated", "Updated"), "updated_at", TIMESTAMP, required=False),
        Column("Date Added", "added_at", TIMESTAMP, required=False),
        Column("First Active", "first_active_at", TIMESTAMP, required=False),
        Column("Last Active", "last_active_at", TIMESTAMP, required=False),
        Column("Last Open", "last_opened_at", TIMESTAMP, required=False),
        Column("Last Click", "last_clicked_at", TIMESTAMP, required=False),
    ),
    description="One row per profile of the list or segment.",
)

API_PROFILES = Export(
    vendor="klaviyo",
    name="api_profiles",
    title="Klaviyo API profiles",
    files=RESPONSES,
    shape="documents",
    wrappers=("data",),
    where=("type", ("profile",)),
    columns=(
        Column("id", "profile_id", ID, filled=True),
        Column("attributes.email", "email", TEXT),
        Column("attributes.phone_number", "phone", ID),
        Column("attributes.external_id", "external_id", ID),
        Column("attributes.first_name", "first_name", TEXT),
        Column("attributes.last_name", "last_name", TEXT),
        Column("attributes.location.city", "city", TEXT),
        Column("attributes.location.region", "region", TEXT),
        Column("attributes.location.zip", "postal_code", TEXT),
        Column("attributes.location.country", "country", TEXT),
        Column("attributes.locale", "locale", TEXT),
        Column(f"{CONSENTS}.email.marketing.consent", "email_consent", TEXT),
        Column(f"{CONSENTS}.email.marketing.consent_timestamp", "email_consent_at", TIMESTAMP),
        Column(
            f"{CONSENTS}.email.marketing.can_receive_email_marketing", "can_receive_email", BOOLEAN
        ),
        Column(f"{CONSENTS}.sms.marketing.consent", "sms_consent", TEXT),
        Column(f"{CONSENTS}.sms.marketing.consent_timestamp", "sms_consent_at", TIMESTAMP),
        Column(f"{CONSENTS}.sms.marketing.can_receive_sms_marketing", "can_receive_sms", BOOLEAN),
        Column("attributes.properties", "properties", JSON),
        Column("attributes.created", "created_at", TIMESTAMP),
        Column("attributes.updated", "updated_at", TIMESTAMP),
        Column("attributes.last_event_date", "last_event_at", TIMESTAMP),
    ),
    description="One row per profile resource.",
)

EVENTS = Export(
    vendor="klaviyo",
    name="events",
    title="Klaviyo API events",
    files=RESPONSES,
    shape="documents",
    wrappers=("data",),
    where=("type", ("event",)),
    columns=(
        Column("id", "event_id", ID, filled=True),
        Column(
            ("relationships.profile.data.id", "attributes.profile_id"),
            "profile_id",
            ID,
        ),
        Column(("relationships.metric.data.id", "attributes.metric_id"), "metric_id", ID),
        Column(
            ("attributes.metric.name", "attributes.metric_name", "attributes.metric"),
            "metric_name",
            TEXT,
        ),
        Column(f"{PROPERTIES}.$message", "message_id", ID),
        Column(f"{PROPERTIES}.$flow", "flow_id", ID),
        Column(f"{PROPERTIES}.Campaign Name", "campaign_name", TEXT),
        Column(f"{PROPERTIES}.Subject", "subject", TEXT),
        Column(f"{PROPERTIES}.URL", "link_url", TEXT),
        Column(f"{PROPERTIES}.$event_id", "source_event_id", TEXT),
        Column(f"{PROPERTIES}.$value", "value_amount", MONEY),
        Column(
            (f"{PROPERTIES}.machine_open", f"{PROPERTIES}.Apple Privacy Open"),
            "is_machine_open",
            BOOLEAN,
        ),
        Column(PROPERTIES, "event_properties", JSON),
        Column("attributes.timestamp", "occurred_at", EPOCH_SECONDS, filled=True),
    ),
    dated_by="occurred_at",
    description="One row per event of a profile.",
)

METRICS = Export(
    vendor="klaviyo",
    name="metrics",
    title="Klaviyo API metrics",
    files=RESPONSES,
    shape="documents",
    wrappers=("included", "data"),
    where=("type", ("metric",)),
    columns=(
        Column("id", "metric_id", ID, filled=True),
        Column("attributes.name", "metric_name", TEXT, filled=True),
        Column("attributes.integration.name", "integration_name", TEXT),
    ),
    description="One row per metric resource, asked for or included beside events.",
)

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

EXPORTS: tuple[Export, ...] = (PROFILES, API_PROFILES, EVENTS, METRICS, CAMPAIGNS, FLOWS)
