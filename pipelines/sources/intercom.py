"""Intercom: contacts and conversations, as the API answers.

Source: https://developers.intercom.com/docs/references/rest-api/api.intercom.io/

A conversation asked for by its id holds its parts (messages, notes, assignments); in a list of
conversations they are missing, and only `statistics` tell of replies. Older versions of the API
say `user_id` for a contact's `external_id`, and give a conversation's contacts as a bare array.

What people wrote (subjects, bodies, remarks) is left in the file on purpose. The place of a contact
is that of its network, not an address, and is left there too. Times are epoch seconds.
"""

from __future__ import annotations

from pipelines.exports.declare import (
    BOOLEAN,
    EPOCH_SECONDS,
    ID,
    INTEGER,
    JSON,
    TEXT,
    Column,
    Export,
)

RESPONSES = ("*.json", "*.jsonl", "*.ndjson")

CONTACTS = Export(
    vendor="intercom",
    name="contacts",
    title="Intercom contacts",
    files=RESPONSES,
    shape="documents",
    wrappers=("data", "contacts", "users"),
    where=("type", ("contact", "user", "lead")),
    columns=(
        Column("id", "contact_id", ID, filled=True),
        Column(("external_id", "user_id"), "external_id", ID),
        Column("email", "email", TEXT),
        Column(("formatted_phone", "phone"), "phone", ID),
        Column("name", "full_name", TEXT),
        Column(("role", "type"), "role", TEXT),
        Column(("language_override", "browser_language"), "language", TEXT),
        Column("custom_attributes", "custom_attributes", JSON),
        Column("unsubscribed_from_emails", "is_unsubscribed", BOOLEAN),
        Column("has_hard_bounced", "has_hard_bounced", BOOLEAN),
        Column("marked_email_as_spam", "has_marked_as_spam", BOOLEAN),
        Column("created_at", "created_at", EPOCH_SECONDS),
        Column("signed_up_at", "signed_up_at", EPOCH_SECONDS),
        Column(("last_seen_at", "last_request_at"), "last_seen_at", EPOCH_SECONDS),
        Column("last_replied_at", "last_replied_at", EPOCH_SECONDS),
        Column("updated_at", "updated_at", EPOCH_SECONDS),
    ),
    description="One row per lead or user.",
)

STATISTICS = "statistics"
CONVERSATIONS = Export(
    vendor="intercom",
    name="conversations",
    title="Intercom conversations",
    files=RESPONSES,
    shape="documents",
    wrappers=("conversations",),
    where=("type", ("conversation",)),
    columns=(
        Column("id", "conversation_id", ID, filled=True),
        Column("source.author.id", "author_id", ID),
        Column("source.author.type", "author_type", TEXT),
        Column("source.author.email", "author_email", TEXT),
        Column("contacts", "contacts", JSON),
        Column("source.type", "source_type", TEXT),
        Column("source.delivered_as", "delivered_as", TEXT),
        Column("source.url", "page_url", TEXT),
        Column("state", "state", TEXT),
        Column("tags.tags", "tags", JSON),
        Column("conversation_rating.rating", "rating", INTEGER),
        Column(f"{STATISTICS}.count_conversation_parts", "part_count", INTEGER),
        Column(f"{STATISTICS}.count_reopens", "reopen_count", INTEGER),
        Column(f"{STATISTICS}.time_to_admin_reply", "seconds_to_reply", INTEGER),
        Column("created_at", "created_at", EPOCH_SECONDS, filled=True),
        Column(f"{STATISTICS}.first_contact_reply_at", "first_contact_reply_at", EPOCH_SECONDS),
        Column(f"{STATISTICS}.first_admin_reply_at", "first_admin_reply_at", EPOCH_SECONDS),
        Column(f"{STATISTICS}.last_contact_reply_at", "last_contact_reply_at", EPOCH_SECONDS),
        Column(f"{STATISTICS}.last_admin_reply_at", "last_admin_reply_at", EPOCH_SECONDS),
        Column(f"{STATISTICS}.last_close_at", "last_closed_at", EPOCH_SECONDS),
        Column("conversation_rating.created_at", "rated_at", EPOCH_SECONDS),
        Column("updated_at", "updated_at", EPOCH_SECONDS),
    ),
    dated_by="created_at",
    description="One row per conversation.",
)

CONVERSATION_PARTS = Export(
    vendor="intercom",
    name="conversation_parts",
    title="Intercom conversation parts",
    files=RESPONSES,
    shape="documents",
    wrappers=("conversations",),
    where=("type", ("conversation",)),
    each=("conversation_parts.conversation_parts",),
    columns=(
        Column("^id", "conversation_id", ID, filled=True),
        Column("id", "part_id", ID, filled=True),
        Column("author.id", "author_id", ID),
        Column("author.type", "author_type", TEXT),
        Column("part_type", "part_type", TEXT),
        Column("created_at", "created_at", EPOCH_SECONDS, filled=True),
    ),
    description="One row per message, note, assignment or other part after the first message.",
)

EXPORTS: tuple[Export, ...] = (CONTACTS, CONVERSATIONS, CONVERSATION_PARTS)
