"""Splink's part of identity: who is most probably one, told the same way every time."""

from __future__ import annotations

import logging
import random
import subprocess
import sys
from datetime import date
from itertools import product
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines.matching import probable_pairs

LIKELY = 0.99
TEXTS = pa.list_(pa.string())
SCHEMA = pa.schema(
    (
        ("record_id", pa.string()),
        ("given_name", pa.string()),
        ("family_name", pa.string()),
        ("phones", TEXTS),
        ("email_names", TEXTS),
        ("postal_codes", TEXTS),
        ("birth_date", pa.date32()),
    )
)
GIVEN = ("berta", "clara", "dora", "emil", "fritz", "gustav", "heinrich", "ludwig", "martha")
FAMILY = ("adler", "bauer", "conrad", "decker", "engel", "graf", "huber", "jung", "kaiser")
Person = dict[str, Any]


def person(record: str, name: str, phone: str, postal_code: str, **more: object) -> Person:
    given, _, family = name.partition(" ")
    return {
        "record_id": f"order_id:{record}",
        "given_name": given,
        "family_name": family,
        "phones": [phone],
        "postal_codes": [f"DE {postal_code}"],
        **more,
    }


TOWN = [
    person(f"{n}", f"{given} {family}", f"+4989{100_000 + n * 7919}", f"{80_000 + n * 131}")
    for n, (given, family) in enumerate(product(GIVEN, FAMILY))
]
BORN, LATER = date(1980, 5, 17), date(1990, 3, 2)
PEOPLE = [
    *TOWN,
    person("swapped", "johann becker", "+49301", "10115"),
    person("swapped too", "joahnn becker", "+49301", "10115"),
    person("lost digit", "sabine vogel", "+4930902266", "10117"),
    person("lost digit too", "sabine vogel", "+493090226", "10117"),
    person("one letter", "katharina roth", "+49303", "10119", birth_date=BORN),
    person("one letter too", "katarina roth", "+49304", "10119", birth_date=BORN),
    person("here", "norbert lang", "+49305", "10178"),
    person("elsewhere", "norbert lang", "+41446681800", "20095"),
]


def pairs(people: list[Person], threads: int = 2) -> pa.Table:
    with duckdb.connect(config={"threads": threads}) as session:
        session.register("people", pa.Table.from_pylist(people, schema=SCHEMA))
        return probable_pairs(session.sql("select * from people"), session)


def likely(table: pa.Table) -> set[tuple[str, str]]:
    return {
        (row["record_a"].removeprefix("order_id:"), row["record_b"].removeprefix("order_id:"))
        for row in table.to_pylist()
        if row["match_probability"] >= LIKELY
    }


def test_slips_of_pen_and_ear_are_found_and_namesakes_are_not() -> None:
    assert likely(pairs(PEOPLE)) == {
        ("swapped", "swapped too"),
        ("lost digit", "lost digit too"),
        ("one letter", "one letter too"),
    }


def test_days_of_birth_that_differ_weigh_against_it() -> None:
    def born(one: date | None, other: date | None) -> float:
        two = [
            person("old", "sabine vogel", "+4930902266", "10117", birth_date=one),
            person("young", "sabine vogel", "+493090226", "10117", birth_date=other),
        ]
        [found] = pairs([*TOWN, *two]).to_pylist()
        return float(found["match_probability"])

    assert born(BORN, LATER) < born(BORN, None) < born(BORN, BORN)


def test_where_all_live_at_one_postal_code_it_tells_nothing() -> None:
    village = [{**one, "postal_codes": ["DE 10117"]} for one in PEOPLE]
    names_only = ("here", "elsewhere")

    assert names_only not in likely(pairs(village))


def test_a_common_name_counts_for_less_than_a_rare_one() -> None:
    crowd = [
        person(f"crowd {n}", "sabine vogel", f"+4922{n * 7919}", f"{50_000 + n}") for n in range(40)
    ]
    [rare], [common] = (
        [
            row["match_probability"]
            for row in pairs(people).to_pylist()
            if row["record_a"] == "order_id:lost digit"
        ]
        for people in (PEOPLE, [*PEOPLE, *crowd])
    )

    assert common < rare


def test_the_order_of_people_and_the_threads_change_nothing() -> None:
    mixed = PEOPLE.copy()
    random.Random(6).shuffle(mixed)  # noqa: S311 (the same order each time)
    found = pairs(PEOPLE)

    assert len(found) > 0
    assert pairs(mixed, threads=1).equals(found)
    assert pairs(mixed, threads=2).equals(found)


@pytest.mark.parametrize("people", [[], PEOPLE[-1:]], ids=["nobody", "one"])
def test_who_is_alone_is_in_no_pair(people: list[Person]) -> None:
    assert len(pairs(people)) == 0


def test_nothing_is_logged_or_printed(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        pairs(PEOPLE)

    assert not caplog.text
    assert capfd.readouterr() == ("", "")


def test_a_missing_splink_is_told_with_the_way_out() -> None:
    code = """
import sys, duckdb
sys.modules['splink'] = None
from pipelines.matching import probable_pairs
probable_pairs(duckdb.sql("select 'a' as record_id union all select 'b'"), duckdb)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "pip install 'customer360[probabilistic]'" in run.stderr
