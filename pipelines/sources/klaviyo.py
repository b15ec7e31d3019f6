"""Klaviyo: the profiles of a list or segment, campaign and flow reports, and API responses.

Lists, segments and reports are CSV downloads. Times in them are in the account's zone and say no
offset: they are read as UTC, so let the account show UTC where hours matter.

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
    JSON,
    MONEY,
    TEXT,
    TIMESTAMP,
    Column,
    Export,
)
from pipelines.sources.klaviyo_reports import CAMPAIGNS, FLOWS, REPORTS

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

EXPORTS: tuple[Export, ...] = (PROFILES, API_PROFILES, EVENTS, METRICS, CAMPAIGNS, FLOWS)
