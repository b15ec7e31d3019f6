from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from pipelines.exports.declare import Export
from pipelines.sources.marketo import EXPORTS

from .conftest import Land

LEADS = """\
company,id,firstName,lastName,email,phone,dateOfBirth,leadScore,unsubscribed,cookies,\
createdAt,updatedAt,mBtestboolean24
Analytical Engines,102488,Ada,Byron,ada@example.com,null,1990-12-10,42,false,\
"_mch-example.com-1504887553-12345,_mch-example.com-1504887999-67890",\
2017-09-08T16:39:14Z,2017-09-08T16:39:13Z,null
null,102489,null,null,null,null,null,null,true,null,2017-09-08T16:39:14Z,null,true
"""

ACTIVITIES = """\
marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,\
primaryAttributeValue,attributes
558681,102419,2017-09-08T16:38:14Z,12,null,102419,null,\
"{""Source Type"":""List import"",""Created Date"":""2017-09-08""}"
a1b2-c3,102420,2017-09-09T08:00:00Z,11,7,55,June.Mail 1,\
"{""Is Bot Activity"":true,""Link"":""https://example.com/?a=1,2"",""Campaign Run ID"":9}"
"""

MEMBERS = """\
isExhausted,program,membershipDate,statusName,programId,reachedSuccess,leadId,updatedAt
0,June Fair,2019-04-12T05:58:10Z,02 Opened,1001,0,452,2019-04-12T05:58:10Z
0,June Fair,2019-04-12T05:58:10Z,03 Clicked,1001,1,454,2019-04-12T05:58:10Z
"""


def test_a_lead_extract_is_landed_with_the_columns_it_has(land: Land) -> None:
    [landed] = land("leads.csv", LEADS, EXPORTS)

    assert landed.name == "leads"
    assert landed.column("lead_id") == ["102488", "102489"]
    assert landed.column("birth_date") == [date(1990, 12, 10), None]
    assert landed.column("lead_score") == [Decimal(42), None]
    assert landed.column("is_unsubscribed") == [False, True]
    assert landed.column("updated_at") == [datetime.fromisoformat("2017-09-08 16:39:13"), None]
    assert landed.column("city") == [None, None]
    assert landed.reading.ignored == ("mBtestboolean24",)


def test_the_word_null_is_no_value_in_any_column(land: Land) -> None:
    [landed] = land("leads.csv", LEADS, EXPORTS)

    assert landed.column("company") == ["Analytical Engines", None]
    assert landed.column("first_name") == ["Ada", None]
    assert landed.column("email") == ["ada@example.com", None]


def test_a_lead_keeps_all_its_cookies(land: Land) -> None:
    [landed] = land("leads.csv", LEADS, EXPORTS)

    assert landed.column("cookies")[0].count("_mch-") == 2


def test_a_list_saved_from_the_user_interface_is_a_lead_file(land: Land) -> None:
    [landed] = land("list.csv", "Id,Email Address,First Name\n7,ada@example.com,Ada\n", EXPORTS)

    assert landed.name == "leads"
    assert landed.column("email") == ["ada@example.com"]


def test_a_lead_without_an_id_is_rejected(land: Land) -> None:
    [landed] = land("leads.csv", "id,email\nnull,ada@example.com\n8,bob@example.com\n", EXPORTS)

    assert landed.column("lead_id") == ["8"]
    assert [(r.line, r.column) for r in landed.reading.rejects] == [(2, "lead_id")]


def test_names_without_an_id_are_no_known_layout(land: Land) -> None:
    [landed] = land("leads.csv", 'firstName,lastName\n"A""da","Byron"\n', EXPORTS)

    assert landed.reading.refusal is not None
    assert "unknown layout" in landed.reading.refusal
    assert "id" in landed.reading.refusal


def test_a_quote_inside_a_quoted_field_refuses_the_file(land: Land) -> None:
    [landed] = land("leads.csv", 'id,firstName\n"7","A"da"\n"8","Bob"\n', EXPORTS)

    assert landed.reading.refusal is not None
    assert "quot" in landed.reading.refusal
    assert landed.rows == []


def test_the_same_quote_doubled_is_read(land: Land) -> None:
    [landed] = land("leads.csv", 'id,firstName\n"7","A""da"\n"8","Bob"\n', EXPORTS)

    assert landed.column("first_name") == ['A"da', "Bob"]


def test_rounded_ids_refuse_the_file(land: Land) -> None:
    [landed] = land("leads.csv", "id,email\n1.02488E+15,ada@example.com\n", EXPORTS)

    assert landed.reading.refusal is not None


def test_activities_keep_their_attributes_as_json(land: Land) -> None:
    [landed] = land("activities.csv", ACTIVITIES, EXPORTS)

    assert landed.name == "activities"
    assert landed.column("activity_id") == ["558681", "a1b2-c3"]
    assert landed.column("activity_type_id") == [12, 11]
    assert landed.column("primary_attribute_value") == [None, "June.Mail 1"]
    assert json.loads(landed.column("attributes")[1])["Link"] == "https://example.com/?a=1,2"
    assert landed.reading.data_until == datetime.fromisoformat("2017-09-09 08:00:00")


def test_activities_of_the_time_before_guids_are_no_leads(land: Land) -> None:
    [landed] = land("export.csv", ACTIVITIES.replace("marketoGUID", "id"), EXPORTS)

    assert landed.name == "activities"
    assert landed.column("activity_id") == ["558681", "a1b2-c3"]


def test_attributes_that_are_no_json_are_rejected(land: Land) -> None:
    broken = (
        "marketoGUID,leadId,activityDate,activityTypeId,attributes\n1,2,2017-09-08T16:38:14Z,12,{\n"
    )
    [landed] = land("activities.csv", broken, EXPORTS)

    assert [reject.column for reject in landed.reading.rejects] == ["attributes"]


@pytest.mark.parametrize(("delimiter", "suffix"), [("\t", "tsv"), (";", "ssv")])
def test_extracts_may_be_separated_otherwise(land: Land, delimiter: str, suffix: str) -> None:
    [landed] = land(f"members.{suffix}", MEMBERS.replace(",", delimiter), EXPORTS)

    assert landed.name == "program_members"
    assert landed.column("lead_id") == ["452", "454"]
    assert landed.column("has_reached_success") == [False, True]
    assert landed.column("member_status") == ["02 Opened", "03 Clicked"]


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_marketo_writes_null_for_nothing(export: Export) -> None:
    assert export.nulls == ("null",)
