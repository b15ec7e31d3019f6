"""Marketo: the bulk extracts of leads, activities and program members.

Source: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/bulk-extract

Whoever starts an extract chooses its columns, so each export asks only for its key and takes the
rest when it is there; a file of names without an `id` belongs to nobody and is no known layout.
A list saved from the user interface has the same columns under their display names.

Missing values are written as the word `null`, in text columns too. Times are UTC.
"""

from __future__ import annotations

from pipelines.exports.declare import (
    BOOLEAN,
    DECIMAL,
    ID,
    INTEGER,
    JSON,
    TEXT,
    TIMESTAMP,
    Column,
    Export,
    day,
)

FILES = ("*.csv", "*.tsv", "*.ssv", "*.txt")
NULLS = ("null",)
BIRTH_DAY = day("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ", "%m/%d/%Y")

LEADS = Export(
    vendor="marketo",
    name="leads",
    title="Marketo bulk lead extract",
    files=FILES,
    columns=(
        Column(("id", "Marketo ID"), "lead_id", ID, filled=True),
        Column(("email", "Email Address"), "email", TEXT, required=False),
        Column(("phone", "Phone Number"), "phone", ID, required=False),
        Column(("mobilePhone", "Mobile Phone Number"), "mobile_phone", ID, required=False),
        Column(("firstName", "First Name"), "first_name", TEXT, required=False),
        Column(("lastName", "Last Name"), "last_name", TEXT, required=False),
        Column(("company", "Company Name"), "company", TEXT, required=False),
        Column(("title", "Job Title"), "job_title", TEXT, required=False),
        Column("city", "city", TEXT, required=False),
        Column("state", "region", TEXT, required=False),
        Column(("postalCode", "Postal Code"), "postal_code", TEXT, required=False),
        Column("country", "country", TEXT, required=False),
        Column(("dateOfBirth", "Date of Birth"), "birth_date", BIRTH_DAY, required=False),
        Column(("gender", "Marketo Social Gender"), "gender", TEXT, required=False),
        Column(("leadStatus", "Lead Status"), "lead_status", TEXT, required=False),
        Column(("leadScore", "Person Score", "Lead Score"), "lead_score", DECIMAL, required=False),
        Column(("leadSource", "Lead Source"), "lead_source", TEXT, required=False),
        Column(
            ("originalSourceType", "Original Source Type"),
            "original_source_type",
            TEXT,
            required=False,
        ),
        Column(
            ("originalSourceInfo", "Original Source Info"),
            "original_source_info",
            TEXT,
            required=False,
        ),
        Column(
            ("originalReferrer", "Original Referrer"), "original_referrer", TEXT, required=False
        ),
        Column(
            ("acquisitionProgramId", "Acquisition Program Id"),
            "acquisition_program_id",
            ID,
            required=False,
        ),
        Column("unsubscribed", "is_unsubscribed", BOOLEAN, required=False),
        Column(("emailInvalid", "Email Invalid"), "is_email_invalid", BOOLEAN, required=False),
        Column(("doNotCall", "Do Not Call"), "is_do_not_call", BOOLEAN, required=False),
        Column(("blackListed", "Black Listed"), "is_block_listed", BOOLEAN, required=False),
        Column(("isAnonymous", "Is Anonymous"), "is_anonymous", BOOLEAN, required=False),
        Column("cookies", "cookies", TEXT, required=False),
        Column(("createdAt", "Created At"), "created_at", TIMESTAMP, required=False),
        Column(("updatedAt", "Updated At"), "updated_at", TIMESTAMP, required=False),
    ),
    nulls=NULLS,
    description="One row per lead of the extract, with the columns its user chose.",
)

ACTIVITIES = Export(
    vendor="marketo",
    name="activities",
    title="Marketo bulk activity extract",
    files=FILES,
    columns=(
        # `id`, an integer, was the key before `marketoGUID`, a string
        Column(("marketoGUID", "id"), "activity_id", ID, filled=True),
        Column("leadId", "lead_id", ID, filled=True),
        Column("activityDate", "occurred_at", TIMESTAMP, filled=True),
        Column("activityTypeId", "activity_type_id", INTEGER, filled=True),
        Column("campaignId", "campaign_id", ID, required=False),
        Column("primaryAttributeValueId", "primary_attribute_value_id", ID, required=False),
        Column("primaryAttributeValue", "primary_attribute_value", TEXT, required=False),
        Column("actionResult", "action_result", TEXT, required=False),
        # one object; its keys are display names, such as "Campaign Run ID"
        Column("attributes", "attributes", JSON, required=False),
    ),
    dated_by="occurred_at",
    nulls=NULLS,
    description="One row per thing a lead did or that was done to it.",
)

PROGRAM_MEMBERS = Export(
    vendor="marketo",
    name="program_members",
    title="Marketo bulk program member extract",
    files=FILES,
    columns=(
        Column("programId", "program_id", ID, filled=True),
        Column("leadId", "lead_id", ID, filled=True),
        Column("program", "program_name", TEXT, required=False),
        Column("statusName", "member_status", TEXT),
        Column("statusReason", "status_reason", TEXT, required=False),
        Column("reachedSuccess", "has_reached_success", BOOLEAN, required=False),
        Column("acquiredBy", "is_acquired_by_program", BOOLEAN, required=False),
        Column("isExhausted", "is_exhausted", BOOLEAN, required=False),
        Column("reachedSuccessDate", "reached_success_at", TIMESTAMP, required=False),
        Column("membershipDate", "joined_at", TIMESTAMP, required=False),
        Column("createdAt", "created_at", TIMESTAMP, required=False),
        Column("updatedAt", "updated_at", TIMESTAMP, required=False),
    ),
    nulls=NULLS,
    description="One row per lead and program it is a member of.",
)

# leads come last: an `id` alone makes a lead file, and older activity files have one too
EXPORTS: tuple[Export, ...] = (ACTIVITIES, PROGRAM_MEMBERS, LEADS)
