from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from pipelines.sources.typeform import EXPORTS

from .conftest import Land, Landed

LIKELY = "How likely are you to recommend us, {{field:7d95}}, to a friend?"
HEADER = (
    '#,email,"How likely are you to recommend us,\n{{field:7d95}}, to a friend?",Espresso,Filter,'
    '"Other","What went wrong?","Other",Response Type,Start Date (UTC),Stage Date (UTC),'
    "Submit Date (UTC),Network ID,Tags,Ending\n"
)
CSV = (
    HEADER + "hefup1,ada@example.com,9,Espresso,,Moka,,,completed,2026-06-01 10:00:00,,"
    '2026-06-01 10:02:30,98eebf,"vip, tea",Thanks\n'
    'hefup2,,,,Filter,,"Late,\nand ""cold""",\'+12025550111,partial,2026-06-02 10:00:00,'
    "2026-06-02 10:01:00,,98eebf,,\n"
    "hefup3,,,,,,,,started,2026-06-03 10:00:00,,,98eebf,,\n"
)
OLD = "#,Yoga?,Start Date (UTC),Submit Date (UTC)\n0681,0,2018-04-03 09:05:14,2018-04-03 09:05:40\n"

ITEM: dict[str, Any] = {
    "landing_id": "21085286",
    "token": "21085286",
    "response_id": "21085286",
    "response_type": "completed",
    "landed_at": "2026-06-01T10:00:00Z",
    "submitted_at": "2026-06-01T10:02:30Z",
    "metadata": {"network_id": "98eebf", "browser": "default", "platform": "other"},
    "hidden": {"email": "ada@example.com", "user_id": "207119551"},
    "calculated": {"score": 0},
    "answers": [
        {
            "field": {"id": "NRsxU591jIW9", "ref": "nps", "type": "opinion_scale"},
            "type": "number",
            "number": 9,
        },
        {
            "field": {"id": "DlXFaesGBpoF", "ref": "01F-why", "type": "long_text"},
            "type": "text",
            "text": "Because,\nwell",
        },
        {
            "field": {"id": "k6TP9oLGgHjl", "ref": "drinks", "type": "multiple_choice"},
            "type": "choices",
            "choices": {"labels": ["Espresso", "Filter"]},
        },
        {
            "field": {"id": "x", "ref": "legal", "type": "legal"},
            "type": "boolean",
            "boolean": False,
        },
    ],
}
LEFT: dict[str, Any] = {
    "token": "5fcb3f9c",
    "landed_at": "2026-06-02T10:00:00Z",
    "submitted_at": "0001-01-01T00:00:00Z",
    "hidden": {},
    "answers": None,
}


def by_name(landed: list[Landed]) -> dict[str | None, Landed]:
    return {one.name: one for one in landed}


def test_questions_land_word_for_word_with_what_was_answered(land: Land) -> None:
    [landed] = land("responses.csv", CSV, EXPORTS)
    first, second, third = landed.column("answers")

    assert landed.name == "responses"
    assert json.loads(first) == {
        "email": "ada@example.com",
        LIKELY: "9",
        "Espresso": "Espresso",
        "Other": "Moka",
    }
    assert json.loads(second) == {
        "Filter": "Filter",
        "What went wrong?": 'Late,\nand "cold"',
        "Other__2": "+12025550111",
    }
    assert third is None
    assert landed.reading.ignored == ()


def test_what_is_not_the_users_own_has_a_column(land: Land) -> None:
    [landed] = land("responses.csv", CSV, EXPORTS)

    assert landed.column("response_id") == ["hefup1", "hefup2", "hefup3"]
    assert landed.column("response_type") == ["completed", "partial", "started"]
    assert landed.column("tags")[0] == "vip, tea"
    assert landed.column("staged_at")[1] == datetime.fromisoformat("2026-06-02 10:01:00")
    assert landed.column("submitted_at") == [
        datetime.fromisoformat("2026-06-01 10:02:30"),
        None,
        None,
    ]


def test_the_older_layout_has_fewer_columns(land: Land) -> None:
    [landed] = land("responses.csv", OLD, EXPORTS)

    assert landed.column("answers") == ['{"Yoga?":"0"}']
    assert landed.column("response_type") == [None]


def test_a_workbook_holds_the_same_answers(land: Land, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["#", LIKELY, "Start Date (UTC)", "Submit Date (UTC)"])
    started, submitted = datetime(2026, 6, 1, 10), datetime(2026, 6, 1, 10, 2, 30)
    book.active.append(["hefup1", 9, started, submitted])
    book.save(tmp_path / "book.xlsx")

    [landed] = land("responses.xlsx", (tmp_path / "book.xlsx").read_bytes(), EXPORTS)

    assert [json.loads(a) for a in landed.column("answers")] == [{LIKELY: "9"}]
    assert landed.column("submitted_at") == [submitted]


def test_a_response_without_its_token_is_rejected(land: Land) -> None:
    [landed] = land("responses.csv", CSV.replace("hefup2", ""), EXPORTS)

    assert landed.column("response_id") == ["hefup1", "hefup3"]
    assert [(r.line, r.column) for r in landed.reading.rejects] == [(4, "response_id")]


def test_a_page_of_the_api_lands_responses_and_answers(land: Land) -> None:
    page = json.dumps({"total_items": 2, "page_count": 1, "items": [ITEM, LEFT]}, indent=1)
    landed = by_name(land("responses.json", page, EXPORTS))

    responses = landed["api_responses"]
    assert responses.column("response_id") == ["21085286", "5fcb3f9c"]
    assert responses.column("submitted_at") == [
        datetime.fromisoformat("2026-06-01 10:02:30"),
        None,
    ]
    assert json.loads(responses.column("hidden_fields")[0])["user_id"] == "207119551"
    answers = landed["api_answers"]
    assert answers.column("question_ref") == ["nps", "01F-why", "drinks", "legal"]
    assert answers.column("answer_number") == [1, 2, 3, 4]
    assert answers.column("answer") == [
        "9",
        "Because,\nwell",
        '["Espresso","Filter"]',
        "false",
    ]
