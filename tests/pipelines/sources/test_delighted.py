from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from pipelines.sources.delighted import EXPORTS

from .conftest import Land

RESPONSE: dict[str, Any] = {
    "id": "1",
    "person": "10",
    "survey_type": "nps",
    "score": 0,
    "comment": "Cold coffee,\n“twice”",
    "permalink": "https://app.delighted.com/r/made-up",
    "created_at": 1781258460,
    "updated_at": None,
    "person_properties": {"purchase_experience": "Retail Store", "country": "USA"},
    "notes": [],
    "tags": ["delivery"],
    "additional_answers": [
        {
            "id": "4",
            "value": {"free_response": None, "scale": 4, "select_one": None, "select_many": None},
            "question": {"id": "scale_z9", "type": "scale", "text": "How was the delivery?"},
        }
    ],
}
EXPANDED = RESPONSE | {
    "id": "2",
    "person": {
        "id": "11",
        "name": "Bo Ek",
        "email": "bo@example.com",
        "phone_number": "+12025550111",
        "created_at": 1781000000,
    },
    "score": 10,
    "comment": None,
    "created_at": 1781258461,
    "updated_at": 1781300000,
    "person_properties": None,
}
PERSON: dict[str, Any] = {
    "id": "10",
    "email": "ada@example.com",
    "name": "Ada Byron",
    "created_at": 1780000000,
    "phone_number": None,
    "last_sent_at": 1781200000,
    "last_responded_at": 1781258460,
    "next_survey_scheduled_at": None,
}
UNSUBSCRIBED = {"person_id": "10", "email": "ada@example.com", "unsubscribed_at": 1781300000}


def test_a_page_of_responses_lands_scores_with_their_people(land: Land) -> None:
    [landed] = land("survey_responses.json", json.dumps([RESPONSE, EXPANDED]), EXPORTS)

    assert landed.name == "survey_responses"
    assert landed.column("response_id") == ["1", "2"]
    assert landed.column("person_id") == ["10", "11"]
    assert landed.column("score") == [0, 10]
    assert landed.column("comment") == ["Cold coffee,\n“twice”", None]
    assert landed.column("created_at")[0] == datetime.fromisoformat("2026-06-12 10:01:00")
    assert landed.column("updated_at")[0] is None
    assert json.loads(landed.column("person_properties")[0])["country"] == "USA"


def test_a_response_may_hold_its_person(land: Land) -> None:
    [landed] = land("survey_responses.json", json.dumps([EXPANDED]), EXPORTS)

    [response] = landed.rows
    assert response["person_id"] == "11"
    assert response["person_email"] == "bo@example.com"
    assert response["person_phone"] == "+12025550111"
    assert response["person_full_name"] == "Bo Ek"


@pytest.mark.parametrize("separator", [",", "\n"], ids=["array", "lines"])
def test_people_are_no_responses(land: Land, separator: str) -> None:
    documents = separator.join(json.dumps(d) for d in (PERSON, PERSON | {"id": "12"}))
    content = f"[{documents}]" if separator == "," else documents
    [landed] = land("people.json", content, EXPORTS)

    assert landed.name == "persons"
    assert landed.column("person_id") == ["10", "12"]
    assert landed.column("email") == ["ada@example.com"] * 2


def test_a_score_in_words_is_rejected_with_its_column(land: Land) -> None:
    [landed] = land("r.json", json.dumps([RESPONSE, EXPANDED | {"score": "ten"}]), EXPORTS)

    assert landed.column("response_id") == ["1"]
    assert [(r.line, r.column) for r in landed.reading.rejects] == [(2, "score")]


def test_unsubscribes_are_no_known_layout(land: Land) -> None:
    [landed] = land("unsubscribes.json", json.dumps([UNSUBSCRIBED]), EXPORTS)

    assert "unknown layout" in str(landed.reading.refusal)
