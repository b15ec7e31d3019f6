"""Delighted: survey responses and the people who were asked, as the API answers.

Sources: https://app.delighted.com/docs/api/listing-survey-responses and /listing-people

Both are arrays of objects, told apart by the response's `survey_type`. A response names its person
by id, or holds the person when it was asked for with `expand[]=person`. Times are epoch seconds.
Every project counts its people and responses for itself: several projects need a folder each,
`delighted/<project>/…`. What stands in `person_properties` is the user's own choice.

The spreadsheet that the web site hands out has no documented columns and is not read.
"""

from __future__ import annotations

from pipelines.exports.declare import (
    EPOCH_SECONDS,
    ID,
    INTEGER,
    JSON,
    TEXT,
    Column,
    Export,
)

RESPONSES = ("*.json", "*.jsonl", "*.ndjson")

SURVEY_RESPONSES = Export(
    vendor="delighted",
    name="survey_responses",
    title="Delighted survey responses",
    files=RESPONSES,
    shape="documents",
    columns=(
        Column("id", "response_id", ID, filled=True),
        Column(("person.id", "person"), "person_id", ID, filled=True),
        Column("person.email", "person_email", TEXT),
        Column("person.phone_number", "person_phone", ID),
        Column("person.name", "person_full_name", TEXT),
        Column("survey_type", "survey_type", TEXT, filled=True),
        Column("score", "score", INTEGER),
        Column("comment", "comment", TEXT),
        Column("person_properties", "person_properties", JSON),
        Column("additional_answers", "additional_answers", JSON),
        Column("tags", "tags", JSON),
        Column("created_at", "created_at", EPOCH_SECONDS, filled=True),
        Column("updated_at", "updated_at", EPOCH_SECONDS),
    ),
    dated_by="created_at",
    description="One row per answer to a survey.",
)

PERSONS = Export(
    vendor="delighted",
    name="persons",
    title="Delighted people",
    files=RESPONSES,
    shape="documents",
    where=("survey_type", ()),
    columns=(
        Column("id", "person_id", ID, filled=True),
        Column("email", "email", TEXT),
        Column("phone_number", "phone", ID),
        Column("name", "full_name", TEXT),
        Column("created_at", "created_at", EPOCH_SECONDS, filled=True),
        Column("last_sent_at", "last_sent_at", EPOCH_SECONDS),
        Column("last_responded_at", "last_responded_at", EPOCH_SECONDS),
        Column("next_survey_scheduled_at", "next_survey_scheduled_at", EPOCH_SECONDS),
    ),
    description="One row per person who is or was to be asked.",
)

EXPORTS: tuple[Export, ...] = (SURVEY_RESPONSES, PERSONS)
