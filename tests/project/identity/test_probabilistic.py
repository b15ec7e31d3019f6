"""With probabilistic_links the models join who is most probably one, and nobody else.

One build over a small town: pairs of records that are one person or two, and strangers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.project.identity.written import MODELS, PROJECT, START, TABLES, Row, write_table

TESTS = ("assert_components_are_closed", "assert_customers_are_linked_for_a_reason")
GIVEN = ("Berta", "Clara", "Dora", "Emil", "Fritz", "Gustav", "Heinrich", "Ludwig", "Martha")
FAMILY = ("Adler", "Bauer", "Conrad", "Decker", "Engel", "Graf", "Huber", "Jung", "Kaiser")
BORN, LATER = date(1980, 5, 17), date(1990, 3, 2)


def record(own: str, name: str, **more: object) -> Row:
    kind, _, value = own.partition(":")
    first, _, last = name.partition(" ")
    return {
        "source_record_id": own,
        "own_identifier_type": kind,
        "own_identifier": value,
        "source_system": "orders",
        "first_name": first,
        "last_name": last,
        "country_code": "DE",
        "first_seen_at": START,
        "last_seen_at": START,
        "email": f"{value.replace(' ', '.')}@example.com",
        **more,
    }


TOWN = [
    record(
        f"order_id:{n}",
        f"{given} {family}",
        phone=f"+4989{100_000 + n * 7919}",
        postal_code=f"{80_000 + n * 131}",
    )
    for n, (given, family) in enumerate(product(GIVEN, FAMILY))
]


def pair(case: str, one: Row, other: Row) -> list[Row]:
    """Two records of a case, which has a number, a postal code and a family name of its own."""
    number = sum(map(ord, case))
    common = {"phone": f"+49302{number}11", "postal_code": f"1{number:04}"}
    families = {"first_name": "Johann", "last_name": f"Vogel{chr(97 + number % 26)}"}
    return [
        record(f"order_id:{case} {n}", "") | common | families | row
        for n, row in ((1, one), (2, other))
    ]


ONE: dict[str, list[Row]] = {
    case: pair(case, one, other)
    for case, one, other in (
        ("letters swapped", {}, {"first_name": "Joahnn"}),
        ("digit lost", {"phone": "+493090226600"}, {"phone": "+49309022660"}),
        (
            "letter lost, same birthday",
            {"first_name": "Katharina", "birth_date": BORN, "phone": None},
            {"first_name": "Katarina", "birth_date": BORN},
        ),
        (
            "account and guest",
            {"shop_customer_id": "s:1", "first_name": "Margarete"},
            {"first_name": "Magrarete"},
        ),
    )
}
TWO: dict[str, list[Row]] = {
    case: pair(case, one, other)
    for case, one, other in (
        ("ada and ida at home", {"first_name": "Ada"}, {"first_name": "Ida"}),
        ("julia and julian at home", {"first_name": "Julia"}, {"first_name": "Julian"}),
        (
            "namesakes elsewhere",
            {"phone": "+4940111222", "postal_code": "20095"},
            {"phone": "+41446681800", "postal_code": "50667"},
        ),
        ("namesakes next door", {"phone": None}, {"phone": None}),
        (
            "two birthdays",
            {"birth_date": BORN, "phone": "+493090226611"},
            {"birth_date": LATER, "phone": "+49309022661"},
        ),
        (
            "two accounts",
            {"shop_customer_id": "s:2", "first_name": "Sabine"},
            {"shop_customer_id": "s:3", "first_name": "Sabnie"},
        ),
        (
            "two logins",
            {"user_id": "2", "first_name": "Martin"},
            {"user_id": "3", "first_name": "Matrin"},
        ),
        (
            "two names others bear",
            {"first_name": "Clara"},
            {"first_name": "Calra"},
        ),
    )
}
# who else is called Calra
BEARER = record("order_id:bearer", "Calra Zander", phone="+4977112233", postal_code="70173")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town, identified by the project's own models with probabilistic links."""
    folder = tmp_path_factory.mktemp("probabilistic")
    database = folder / "customer360.duckdb"
    cases = [row for rows in (ONE | TWO).values() for row in rows]
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema intermediate")
        for table, columns in TABLES.items():
            given = [*TOWN, BEARER, *cases] if table == "int_contacts_observed" else []
            write_table(connection, table, columns.split(), given)
    command = [sys.executable, "-m", "dbt.cli.main", "build", "--select", *MODELS]
    more = ["customer_identifiers", *TESTS, "--indirect-selection", "empty"]
    more += ["--exclude-resource-type", "unit_test"]
    built = subprocess.run(
        [*command, *more, "--target-path", str(folder), "--vars", '{"probabilistic_links": true}'],
        cwd=PROJECT,
        env=os.environ | {"C360_WAREHOUSE": str(database), "DBT_LOG_PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout
    return folder


def rows(warehouse: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    database = warehouse / "customer360.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query, values).fetchall()


def customers(warehouse: Path, case: str) -> int:
    query = """
        select count(distinct customer_id) from marts.customer_identifiers
        where source_record_id like $1
    """
    return int(rows(warehouse, query, f"order_id:{case} %")[0][0])


@pytest.mark.parametrize("case", ONE)
def test_who_is_most_probably_one_is_one_customer(warehouse: Path, case: str) -> None:
    assert customers(warehouse, case) == 1


@pytest.mark.parametrize("case", TWO)
def test_who_may_be_two_is_two_customers(warehouse: Path, case: str) -> None:
    assert customers(warehouse, case) == 2


def test_strangers_stay_strangers(warehouse: Path) -> None:
    query = "select count(distinct customer_id) from marts.customer_identifiers"

    assert rows(warehouse, query) == [(len(TOWN) + 1 + len(ONE) + 2 * len(TWO),)]


def test_a_match_is_a_link_with_its_probability(warehouse: Path) -> None:
    links = rows(
        warehouse,
        """
        select link_id, count(*), count(distinct customer_id), min(link_probability)
        from marts.customer_identifiers where link_reason = 'probabilistic' group by link_id
        """,
    )

    assert len(links) == len(ONE)
    assert all(link[1:3] == (2, 1) and link[3] >= 0.99 for link in links)


def test_a_refusal_has_a_reason(warehouse: Path) -> None:
    reasons = rows(
        warehouse,
        "select distinct refusal_reason from intermediate.int_people_matched",
    )

    assert {reason for (reason,) in reasons} == {
        *(None, "improbable", "two_accounts", "two_birth_dates", "two_names"),
    }


def test_no_name_and_no_number_reaches_dbt_s_log(warehouse: Path) -> None:
    logged = (warehouse / "dbt.log").read_text() + json.dumps(
        json.loads((warehouse / "run_results.json").read_text())
    )

    assert "Katharina" not in logged
    assert "49309022660" not in logged
