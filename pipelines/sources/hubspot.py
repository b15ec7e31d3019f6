"""HubSpot: contacts as the export button writes them (CSV, XLSX), and contacts of the API.

Whoever exports chooses the columns; a column's header is the property's label in the language of
the user, and a portal may rename it. Declared are the labels in English, German, French and Spanish
and the property's internal name, which the exports API writes when asked for `NAMES`. Times are the
portal's, without an offset: they land as written and are read in the business time zone.

API contacts (https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide) are
`{"results": [...]}` or one object a line; all their properties are text, their times UTC. Other
objects look alike, but only a contact has a `lastmodifieddate`.

Several ids or addresses in one cell are separated by semicolons. A merged contact keeps the ids and
addresses of those it took in.
"""

from __future__ import annotations

import re

from pipelines.exports.declare import DAY, ID, TEXT, TIMESTAMP, Column, Export

CONTACTS = Export(
    vendor="hubspot",
    name="contacts",
    title="HubSpot contacts export",
    files=("*.csv", "*.xlsx"),
    columns=(
        Column(
            (
                "Record ID",
                "hs_object_id",
                "Datensatz-ID",
                "ID de fiche d'informations",
                "ID de registro",
            ),
            "contact_id",
            ID,
            filled=True,
        ),
        Column(("Email", "E-Mail", "Correo", "Correo electrónico"), "email", TEXT),
        Column(
            ("Additional email addresses", "hs_additional_emails"),
            "additional_emails",
            TEXT,
            required=False,
        ),
        Column(
            ("Merged contact IDs", "Merged record IDs", "hs_merged_object_ids"),
            "merged_contact_ids",
            TEXT,
            required=False,
        ),
        Column(
            ("Phone Number", "phone", "Telefonnummer", "Numéro de téléphone", "Número de teléfono"),
            "phone",
            ID,
            required=False,
        ),
        Column(
            (
                "Mobile Phone Number",
                "mobilephone",
                "Mobiltelefonnummer",
                "Numéro de téléphone mobile",
                "Número de teléfono móvil",
            ),
            "mobile_phone",
            ID,
            required=False,
        ),
        Column(
            (
                "Primary Associated Company ID",
                "Associated Company IDs (Primary)",
                "associatedcompanyid",
            ),
            "company_id",
            ID,
            required=False,
        ),
        Column("Associated Company IDs", "company_ids", TEXT, required=False),
        Column(
            ("First Name", "firstname", "Vorname", "Prénom", "Nombre"),
            "first_name",
            TEXT,
            required=False,
        ),
        Column(
            ("Last Name", "lastname", "Nachname", "Nom de famille", "Nom", "Apellidos"),
            "last_name",
            TEXT,
            required=False,
        ),
        Column(
            (
                "Company Name",
                "company",
                "Associated Company",
                "Primary company",
                "Unternehmensname",
                "Nom de l'entreprise",
                "Nombre de la empresa",
            ),
            "company_name",
            TEXT,
            required=False,
        ),
        Column(("Job Title", "jobtitle", "Cargo"), "job_title", TEXT, required=False),
        Column(("City", "Stadt", "Ort", "Ville", "Ciudad"), "city", TEXT, required=False),
        Column(
            ("State/Region", "state", "Bundesland/Region", "Estado/región"),
            "region",
            TEXT,
            required=False,
        ),
        Column(
            ("Postal Code", "zip", "Postleitzahl", "Code postal", "Código postal"),
            "postal_code",
            ID,
            required=False,
        ),
        Column(
            ("Country/Region", "Country", "Land/Region", "Pays/région", "País/región"),
            "country",
            TEXT,
            required=False,
        ),
        Column(("Preferred language", "hs_language"), "language", TEXT, required=False),
        Column(("Gender", "Geschlecht", "Genre", "Género"), "gender", TEXT, required=False),
        Column(
            (
                "Lifecycle Stage",
                "lifecyclestage",
                "Lifecycle-Phase",
                "Phase du cycle de vie",
                "Etapa del ciclo de vida",
            ),
            "lifecycle_stage",
            TEXT,
            required=False,
        ),
        Column(
            ("Lead Status", "hs_lead_status", "Lead-Status", "Statut du lead", "Estado del lead"),
            "lead_status",
            TEXT,
            required=False,
        ),
        Column(
            (
                "Contact owner",
                "hubspot_owner_id",
                "Zuständiger Mitarbeiter",
                "Propriétaire du contact",
                "Propietario del contacto",
            ),
            "owner",
            TEXT,
            required=False,
        ),
        Column(
            ("Marketing contact status", "hs_marketable_status"),
            "marketing_status",
            TEXT,
            required=False,
        ),
        Column(
            ("Original Traffic Source", "Original Source", "hs_analytics_source"),
            "original_source",
            TEXT,
            required=False,
        ),
        Column(
            ("Unsubscribed from all email", "hs_email_optout"),
            "is_unsubscribed",
            TEXT,
            required=False,
        ),
        # a portal names its kinds of mail itself; this is the one that each portal starts with
        Column(
            re.compile("Opted out of email: Marketing.*", re.IGNORECASE),
            "is_opted_out_of_marketing",
            TEXT,
            required=False,
        ),
        Column(
            ("Email hard bounce reason", "hs_email_hard_bounce_reason_enum"),
            "hard_bounce_reason",
            TEXT,
            required=False,
        ),
        Column(
            ("Date of birth", "date_of_birth", "Geburtsdatum", "Date de naissance"),
            "birth_date",
            DAY,
            required=False,
        ),
        Column(
            (
                "Create Date",
                "createdate",
                "Erstelldatum",
                "Erstellungsdatum",
                "Date de création",
                "Fecha de creación",
            ),
            "create_time",
            TIMESTAMP,
            required=False,
        ),
        Column(
            ("Last Modified Date", "lastmodifieddate", "Datum der letzten Änderung"),
            "last_modified_time",
            TIMESTAMP,
            required=False,
        ),
        Column(
            ("Last Activity Date", "notes_last_updated"),
            "last_activity_time",
            TIMESTAMP,
            required=False,
        ),
        Column(
            (
                "Became a Marketing Qualified Lead Date",
                "hs_lifecyclestage_marketingqualifiedlead_date",
            ),
            "became_qualified_time",
            TIMESTAMP,
            required=False,
        ),
        Column(
            ("Became a Customer Date", "hs_lifecyclestage_customer_date"),
            "became_customer_time",
            TIMESTAMP,
            required=False,
        ),
    ),
    description="One row per contact of the exported view; times are the portal's own.",
)

PROPERTIES = {
    "email": "email",
    "additional_emails": "hs_additional_emails",
    "merged_contact_ids": "hs_merged_object_ids",
    "phone": "phone",
    "mobile_phone": "mobilephone",
    "company_id": "associatedcompanyid",
    "first_name": "firstname",
    "last_name": "lastname",
    "company_name": "company",
    "job_title": "jobtitle",
    "city": "city",
    "region": "state",
    "postal_code": "zip",
    "country": "country",
    "language": "hs_language",
    "gender": "gender",
    "lifecycle_stage": "lifecyclestage",
    "lead_status": "hs_lead_status",
    "owner": "hubspot_owner_id",
    "marketing_status": "hs_marketable_status",
    "original_source": "hs_analytics_source",
    "is_unsubscribed": "hs_email_optout",
    "hard_bounce_reason": "hs_email_hard_bounce_reason_enum",
}

API_CONTACTS = Export(
    vendor="hubspot",
    name="api_contacts",
    title="HubSpot API contacts",
    files=("*.json", "*.jsonl", "*.ndjson"),
    shape="documents",
    wrappers=("results",),
    columns=(
        Column("id", "contact_id", ID, filled=True),
        *(Column(f"properties.{source}", name, TEXT) for name, source in PROPERTIES.items()),
        Column("archived", "is_archived", TEXT),
        Column("properties.date_of_birth", "birth_date", DAY),
        Column(("createdAt", "properties.createdate"), "created_at", TIMESTAMP),
        Column("properties.lastmodifieddate", "updated_at", TIMESTAMP, filled=True),
        Column("properties.notes_last_updated", "last_activity_at", TIMESTAMP),
        Column(
            "properties.hs_lifecyclestage_marketingqualifiedlead_date",
            "became_qualified_at",
            TIMESTAMP,
        ),
        Column("properties.hs_lifecyclestage_customer_date", "became_customer_at", TIMESTAMP),
    ),
    description="One row per contact of an API response, with the properties it was asked for.",
)

EXPORTS: tuple[Export, ...] = (CONTACTS, API_CONTACTS)
