"""Typeform: the responses to a form, as its CSV or XLSX download and as the Responses API answers.

Sources: the download of a form's results; https://www.typeform.com/developers/responses/

A download has one row per response. Between the token (`#`) and the dates stand the form's own
questions, word for word: with commas, line breaks and `{{field:…}}` in them, a column for each
choice of some, an `Other` for several. Hidden fields stand among them under their names. All of it
lands as one JSON object of question and answer; which answers mean something to the customer is
said by the seed survey_question_rules. Only what was answered is in it.

The API tells a question by its id and its `ref`, not by its words, and dates a response that was
never handed in to the year 1.

Neither names the form: several forms need a folder each, `typeform/<form>/…`.
"""

from __future__ import annotations

from pipelines.exports.declare import (
    ID,
    INTEGER,
    JSON,
    TEXT,
    TIMESTAMP,
    Column,
    Export,
    Others,
)

DOWNLOADS = ("*.csv", "*.xlsx")
API_RESPONSES = ("*.json", "*.jsonl", "*.ndjson")
NEVER = ("0001-01-01T00:00:00Z",)

RESPONSES = Export(
    vendor="typeform",
    name="responses",
    title="Typeform results download",
    files=DOWNLOADS,
    columns=(
        Column("#", "response_id", ID, filled=True),
        Column("Response Type", "response_type", TEXT, required=False),
        Column("Tags", "tags", TEXT, required=False),
        Column("Ending", "ending", TEXT, required=False),
        Column("Network ID", "network_id", TEXT, required=False),
        Column(Others(), "answers", JSON),
        Column("Start Date (UTC)", "started_at", TIMESTAMP, filled=True),
        Column("Stage Date (UTC)", "staged_at", TIMESTAMP, required=False),
        Column("Submit Date (UTC)", "submitted_at", TIMESTAMP),
    ),
    dated_by="started_at",
    description="One row per response, with its answers as a JSON object.",
)

FORM_RESPONSES = Export(
    vendor="typeform",
    name="api_responses",
    title="Typeform API responses",
    files=API_RESPONSES,
    shape="documents",
    wrappers=("items",),
    columns=(
        Column(("token", "response_id"), "response_id", ID, filled=True),
        Column("response_type", "response_type", TEXT),
        Column("metadata.network_id", "network_id", TEXT),
        Column("hidden", "hidden_fields", JSON),
        Column("landed_at", "started_at", TIMESTAMP, filled=True),
        Column("submitted_at", "submitted_at", TIMESTAMP),
    ),
    nulls=NEVER,
    dated_by="started_at",
    description="One row per response.",
)

ANSWERS = Export(
    vendor="typeform",
    name="api_answers",
    title="Typeform API answers",
    files=API_RESPONSES,
    shape="documents",
    wrappers=("items",),
    each="answers",
    columns=(
        Column(("^token", "^response_id"), "response_id", ID, filled=True),
        Column("#", "answer_number", INTEGER, filled=True),
        Column("field.id", "question_id", ID),
        Column("field.ref", "question_ref", TEXT),
        Column("field.type", "question_type", TEXT),
        Column(
            (
                "text", "email", "phone_number", "number", "boolean", "choice.label",
                "choices.labels", "date", "url", "file_url",
            ),
            "answer",
            TEXT,
        ),
        Column("^landed_at", "started_at", TIMESTAMP, filled=True),
    ),
    description="One row per answered question of a response.",
)  # fmt: skip

EXPORTS: tuple[Export, ...] = (RESPONSES, FORM_RESPONSES, ANSWERS)
