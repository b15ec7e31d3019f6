"""Mailchimp: audience exports and the report of all campaigns as CSV, answers of the Marketing API.

An audience is exported as an archive of one file a status: subscribed, unsubscribed, cleaned (its
address bounced) and nonsubscribed (a buyer who was never asked). Only the name of the file says
which; people who keep several audiences give each a folder of its own. The columns in capitals are
Mailchimp's, the others are named by the account. Addresses of machines are left in the file.

The report of all campaigns is written in the account's time and comes through spreadsheets: `_` for
the spaces of the header, `2/24/17 11:29`, percentages without a sign, MacRoman from an old Mac.

What a single person received, opened and clicked comes from the API alone
(https://mailchimp.com/developer/marketing/api/email-activity-reports/): the answers as they came,
one or more, or one action a line as connectors write it. A person without any activity was sent the
mail too, so the same answer is a list of recipients. Which opens were a mail program's and not a
person's it does not say; only the reports of campaigns count them apart.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.exports.declare import (
    ID,
    INTEGER,
    MONEY,
    PERCENTAGE,
    TEXT,
    TIMESTAMP,
    Column,
    Export,
    InPath,
    Type,
    timestamp,
)

REPORTS = ("*.csv", "*.xlsx")
RESPONSES = ("*.json", "*.jsonl", "*.ndjson")

SENT = timestamp("%b %d, %Y %I:%M %p", "%m/%d/%y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")
STATUS = re.compile(r"(?:^|[/!])(?P<value>(?:un|non)?subscribed|cleaned)_")


def _report(header: str, name: str, kind: Type = INTEGER, *, required: bool = True) -> Column:
    """A column of the report of campaigns, whose header may have lost its spaces."""
    return Column((header, header.replace(" ", "_")), name, kind, required=required)


CAMPAIGNS = Export(
    vendor="mailchimp",
    name="campaigns",
    title="Mailchimp report of campaigns",
    files=REPORTS,
    columns=(
        _report("Unique Id", "campaign_id", ID, required=False),
        Column("Title", "title", TEXT),
        Column("Subject", "subject", TEXT),
        Column(("List", "Audience"), "audience_name", TEXT),
        _report("Total Recipients", "recipient_count"),
        _report("Successful Deliveries", "delivered_count"),
        _report("Soft Bounces", "soft_bounce_count"),
        _report("Hard Bounces", "hard_bounce_count"),
        _report("Times Forwarded", "forward_count", required=False),
        _report("Forwarded Opens", "forwarded_open_count", required=False),
        _report("Unique Opens", "unique_open_count"),
        _report("Open Rate", "open_rate", PERCENTAGE),
        _report("Total Opens", "open_count"),
        _report("Unique Clicks", "unique_click_count"),
        _report("Click Rate", "click_rate", PERCENTAGE),
        _report("Total Clicks", "click_count"),
        Column("Unsubscribes", "unsubscribe_count", INTEGER),
        _report("Abuse Complaints", "complaint_count"),
        _report("Total Orders", "conversion_count", required=False),
        _report("Total Revenue", "conversion_value", MONEY, required=False),
        replace(_report("Send Date", "sent_at", SENT), filled=True),
    ),
    nulls=("n/a",),
    encoding="mac_roman",
    dated_by="sent_at",
    description="One row per campaign, with its totals to the day of the export.",
)

MEMBERS = Export(
    vendor="mailchimp",
    name="members",
    title="Mailchimp audience export",
    files=REPORTS,
    columns=(
        Column("LEID", "leid", ID, required=False),
        Column("EUID", "euid", ID, required=False),
        Column("UNSUB_CAMPAIGN_ID", "unsubscribe_campaign_id", ID, required=False),
        Column("CLEAN_CAMPAIGN_ID", "clean_campaign_id", ID, required=False),
        Column(InPath(STATUS), "member_status", TEXT),
        Column(("Email Address", "Email"), "email", TEXT, filled=True),
        Column("First Name", "first_name", TEXT, required=False),
        Column("Last Name", "last_name", TEXT, required=False),
        Column(("Phone Number", "Phone"), "phone", ID, required=False),
        Column("CC", "country_code", TEXT, required=False),
        Column("REGION", "region", TEXT, required=False),
        Column("TIMEZONE", "timezone", TEXT, required=False),
        Column("TAGS", "tags", TEXT, required=False),
        Column("UNSUB_REASON", "unsubscribe_reason", TEXT, required=False),
        Column("MEMBER_RATING", "member_rating", INTEGER, required=False),
        Column("OPTIN_TIME", "opted_in_at", TIMESTAMP),
        Column("CONFIRM_TIME", "confirmed_at", TIMESTAMP),
        Column("UNSUB_TIME", "unsubscribed_at", TIMESTAMP, required=False),
        Column("CLEAN_TIME", "cleaned_at", TIMESTAMP, required=False),
        Column("LAST_CHANGED", "changed_at", TIMESTAMP, required=False),
    ),
    encoding="mac_roman",
    description="One row per member of the audience with the status that the file is named after.",
)

API_REPORTS = Export(
    vendor="mailchimp",
    name="api_reports",
    title="Mailchimp API reports",
    files=RESPONSES,
    shape="documents",
    wrappers=("reports",),
    columns=(
        Column("id", "campaign_id", ID, filled=True),
        Column("list_id", "audience_id", ID),
        Column("campaign_title", "title", TEXT),
        Column("subject_line", "subject", TEXT),
        Column("list_name", "audience_name", TEXT),
        Column("emails_sent", "recipient_count", INTEGER, filled=True),
        Column("bounces.soft_bounces", "soft_bounce_count", INTEGER),
        Column("bounces.hard_bounces", "hard_bounce_count", INTEGER),
        Column("opens.opens_total", "open_count", INTEGER),
        Column("opens.unique_opens", "unique_open_count", INTEGER),
        Column("opens.proxy_excluded_opens", "human_open_count", INTEGER),
        Column("opens.proxy_excluded_unique_opens", "unique_human_open_count", INTEGER),
        Column("clicks.clicks_total", "click_count", INTEGER),
        Column("clicks.unique_subscriber_clicks", "unique_click_count", INTEGER),
        Column("unsubscribed", "unsubscribe_count", INTEGER),
        Column("abuse_reports", "complaint_count", INTEGER),
        Column("send_time", "sent_at", TIMESTAMP),
    ),
    dated_by="sent_at",
    description="One row per campaign of an answer, with its totals to the moment of the answer.",
)

RECIPIENTS = Export(
    vendor="mailchimp",
    name="recipients",
    title="Mailchimp API e-mail activity, its recipients",
    files=RESPONSES,
    shape="documents",
    wrappers=("emails",),
    columns=(
        Column("campaign_id", "campaign_id", ID, filled=True),
        Column("list_id", "audience_id", ID),
        Column("email_id", "subscriber_id", ID, filled=True),
        Column("email_address", "email", TEXT),
    ),
    description="One row per recipient of a campaign in an answer, active or not.",
)

ACTIVITIES = Export(
    vendor="mailchimp",
    name="activities",
    title="Mailchimp API e-mail activity",
    files=RESPONSES,
    shape="documents",
    wrappers=("emails",),
    each="activity",
    columns=(
        Column("^campaign_id", "campaign_id", ID, filled=True),
        Column("^email_id", "subscriber_id", ID, filled=True),
        Column("action", "action", TEXT, filled=True),
        Column("type", "bounce_type", TEXT),
        Column("url", "link_url", TEXT),
        Column("timestamp", "occurred_at", TIMESTAMP, filled=True),
    ),
    dated_by="occurred_at",
    description="One row per open, click or bounce of a recipient.",
)
SINGLE_ACTIVITIES = replace(
    ACTIVITIES,
    title="Mailchimp API e-mail activity, one action a line",
    each=None,
    columns=tuple(
        replace(column, source=column.source.lstrip("^"))
        if isinstance(column.source, str)
        else column
        for column in ACTIVITIES.columns
    ),
)

EXPORTS: tuple[Export, ...] = (
    CAMPAIGNS,
    MEMBERS,
    API_REPORTS,
    RECIPIENTS,
    ACTIVITIES,
    SINGLE_ACTIVITIES,
)
