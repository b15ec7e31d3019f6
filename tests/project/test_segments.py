"""Segments are data: what a definition may say, who is in a segment, who came and who left."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from .scratch import PROJECT, SETTINGS, Row, ScratchProject

COLUMNS = {
    "customer_id": "varchar",
    "recency_class": "varchar",
    "order_count": "bigint",
    "net_revenue": "decimal(18, 2)",
    "is_known": "boolean",
    "last_ordered_at": "timestamp",
    "bought_categories": "varchar[]",
    "bought_category_dates": "map(varchar, date)",
}
CUSTOMERS = """
select
    people.*,
    {{ segment_names() }} as segments
from main.people
cross join {{ ref('int_as_of') }}
"""

DEFINITIONS = "models/marts/segments/segments.yml"
# dbt takes long to start, so that one process tries all the wrong definitions
COMPILE_EACH = """
import contextlib, io, json, pathlib, sys
from dbt.cli.main import dbtRunner
for name, text in json.load(sys.stdin).items():
    pathlib.Path("%s").write_text(text)
    with contextlib.redirect_stdout(io.StringIO()):
        done = dbtRunner().invoke(["compile", "--quiet", "--select", "segments", "customer_360"])
    results = done.result.results if done.result else []
    errors = [str(done.exception)] + [str(one.message) for one in results]
    print(json.dumps([name, done.success, " ".join(errors)]))
"""


def definition(name: str, where: Any, **others: Any) -> dict[str, Any]:  # noqa: ANN401 (YAML)
    whole = {"name": name, "title": name, "owner": "Growth", "description": "Some."}
    return whole | {"where": where} | others


@dataclass(frozen=True)
class Project(ScratchProject):
    """The models of segments over a customer_360 of a few columns."""

    columns: Mapping[str, str]

    def define(self, *definitions: dict[str, Any]) -> str:
        """Have these segments in the place of those that are shipped; what the file says now."""
        whole = shipped()
        whole["models"][0]["config"]["meta"]["definitions"] = list(definitions)
        self.write(DEFINITIONS, whole)
        return (self.folder / DEFINITIONS).read_text()

    def night(
        self, day: date, *people: Row, options: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Build with these people, each a row of the columns."""
        with duckdb.connect(str(self.warehouse)) as connection:
            columns = ", ".join(f"{name} {type_}" for name, type_ in self.columns.items())
            connection.execute(f"create or replace table people ({columns})")
            connection.execute("create or replace table today (as_of_date date)")
            connection.execute("insert into today values ($1)", [day])
            places = ", ".join("?" * len(self.columns))
            for person in people:
                connection.execute(f"insert into people values ({places})", person)
        return self.dbt("run", *options)


def shipped() -> Any:  # noqa: ANN401 (YAML)
    """The project's own file of segments."""
    return yaml.safe_load((PROJECT / DEFINITIONS).read_text())


def segments_project(folder: Path, columns: Mapping[str, str] = COLUMNS) -> Project:
    project = Project(folder, columns)
    project.copy(*SETTINGS, "models/marts/segments", "models/groups.yml")
    project.write("models/customer_360.sql", CUSTOMERS)
    project.write("models/int_as_of.sql", "select as_of_date from main.today")
    described = [{"name": name, "data_type": type_} for name, type_ in columns.items()]
    models = [{"name": "customer_360", "columns": described}]
    project.write("models/customer_360.yml", {"models": models})
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return segments_project(tmp_path)


def person(name: str, recency: str | None = "active", orders: int = 1, **others: object) -> Row:
    known = others.get("is_known", True)
    rest = (others.get(column) for column in list(COLUMNS)[5:])
    return (name, recency, orders, 10 * orders, known, *rest)


def test_a_segment_holds_those_who_meet_its_condition(project: Project) -> None:
    project.define(
        definition(
            "regulars",
            {
                "all": [
                    {"column": "order_count", "at_least": 2, "less_than": 5},
                    {
                        "any": [
                            {"column": "recency_class", "is_one_of": ["active", "won't say"]},
                            {"not": {"column": "is_known", "is": True}},
                        ]
                    },
                ]
            },
        ),
        definition(
            "a_month_ago",
            {"column": "last_ordered_at", "days_ago_at_least": 30, "days_ago_at_most": 31},
        ),
        definition("never_classed", {"column": "recency_class", "is_known": False}),
        definition("tea", {"column": "bought_categories", "contains": "Tea"}),
        definition("tea_and", {"column": "bought_categories", "contains_any": ["It's", "Tea"]}),
        definition(
            "other_than_tea",
            {
                "all": [
                    {"column": "bought_categories", "is_known": True},
                    {"not": {"column": "bought_categories", "contains": "Tea"}},
                ]
            },
        ),
        definition(
            "dated", {"column": "bought_category_dates", "of": "It's", "days_ago_at_least": 1}
        ),
    )
    people = (
        person("regular", "active", 2, bought_categories=["Tea"]),
        person("quotes", "won't say", 4),
        person("too often", "active", 5),
        person(
            "lost",
            "lost",
            3,
            bought_categories=["Green Tea", "It's"],
            bought_category_dates={"It's": "2026-06-29", "Green Tea": "2026-06-30"},
        ),
        person("browser", None, 3, is_known=None),
        person("a month", "lost", last_ordered_at="2026-05-31 23:00:00"),
        person("more", "lost", last_ordered_at="2026-05-29 23:00:00"),
        person("late in the evening", "lost", last_ordered_at="2026-05-30 03:00:00"),
    )

    zone = ("--vars", "business_timezone: America/New_York")
    built = project.night(date(2026, 6, 30), *people, options=zone)

    assert built.returncode == 0, built.stdout
    found = project.rows("select segment_name, customer_id from marts.segment_members order by all")
    assert found == [
        ("a_month_ago", "a month"),
        ("dated", "lost"),
        ("never_classed", "browser"),
        ("other_than_tea", "lost"),
        ("regulars", "browser"),
        ("regulars", "quotes"),
        ("regulars", "regular"),
        ("tea", "regular"),
        ("tea_and", "lost"),
        ("tea_and", "regular"),
    ]
    overlaps = project.rows(
        "select other_segment_name, shared_customer_count, shared_customer_share "
        "from marts.segment_overlaps where segment_name = 'never_classed'"
    )
    assert [(name, count, float(str(share))) for name, count, share in overlaps] == [
        ("regulars", 1, 1.0)
    ]


def test_history_remembers_who_came_and_left_from_night_to_night(project: Project) -> None:
    project.define(definition("active", {"column": "recency_class", "is": "active"}))
    nights = (
        (date(2026, 6, 1), ("stays", "leaves", "returns"), ()),
        (date(2026, 6, 2), ("stays", "returns"), ()),
        (date(2026, 6, 3), ("stays", "enters"), ()),
        (date(2026, 6, 3), ("stays", "enters"), ()),
        (date(2026, 5, 1), ("somebody else",), ("--vars", "as_of: 2026-05-01")),
        (date(2026, 6, 4), ("stays", "enters", "returns"), ("--full-refresh",)),
    )
    for day, names, options in nights:
        built = project.night(day, *(person(name) for name in names), options=options)
        assert built.returncode == 0, built.stdout

    found = project.rows(
        "select customer_id, spell_number, day(entered_on), day(left_on), is_current "
        "from marts.segment_history order by all"
    )
    assert found == [
        ("enters", 1, 3, None, True),
        ("leaves", 1, 1, 2, False),
        ("returns", 1, 1, 3, False),
        ("returns", 2, 4, None, True),
        ("stays", 1, 1, None, True),
    ]
    summary = project.rows(
        "select customer_count, previous_customer_count, entered_count, left_count, "
        "cast(size_drift as double) from marts.segments"
    )
    assert summary == [(3, 2, 1, 0, 0.5)]


WRONG = {
    "customer_360 has no column shoe_size": definition("s", {"column": "shoe_size", "is": 1}),
    "two cannot be compared with order_count, which is bigint": definition(
        "s", {"column": "order_count", "is": "two"}
    ),
    "1 cannot be compared with recency_class": definition(
        "s", {"column": "recency_class", "is": 1}
    ),
    "cannot be asked of order_count": definition("s", {"column": "order_count", "like": "%"}),
    "nothing is asked of order_count": definition("s", {"column": "order_count"}),
    "contains: a cannot be asked of recency_class": definition(
        "s", {"column": "recency_class", "contains": "a"}
    ),
    "contains_any: Tea cannot be asked of bought_categories": definition(
        "s", {"column": "bought_categories", "contains_any": "Tea"}
    ),
    "1 cannot be compared with bought_categories, which is varchar": definition(
        "s", {"column": "bought_categories", "contains_any": ["Tea", 1]}
    ),
    "say which by of": definition("s", {"column": "bought_category_dates", "is_known": True}),
    "of cannot be asked of order_count": definition(
        "s", {"column": "order_count", "of": "Tea", "is": 1}
    ),
    "a condition is a mapping": definition("s", "order_count > 1 or true"),
    "one of all, any and not": definition("s", {"sql": "true"}),
    "all has a list of conditions": definition("s", {"all": "true"}),
    "it has no owner": definition("s", {"column": "order_count", "is": 1}, owner=""),
    "it has a sql": definition("s", {"column": "order_count", "is": 1}, sql="true"),
    "a name is of lower-case letters": definition(
        "s' or true --", {"column": "order_count", "is": 1}
    ),
    "has a backslash": definition("s", {"column": "recency_class", "is": "\\' or true --"}),
}


SAME = definition("s", {"column": "order_count", "is": 1})
RIGHT = definition("right", {"column": "order_count", "is": 1})


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bool, str]]:
    """What dbt says to each wrong definition."""
    project = segments_project(tmp_path_factory.mktemp("segments"))
    texts = {complaint: project.define(RIGHT, wrong) for complaint, wrong in WRONG.items()}
    texts["there are two of this name"] = project.define(SAME, SAME)
    done = subprocess.run(
        [sys.executable, "-c", COMPILE_EACH % DEFINITIONS],
        cwd=project.folder,
        env=project.environment,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (json.loads(line) for line in done.stdout.splitlines())
    return {name: (bool(success), " ".join(text.split())) for name, success, text in lines}


@pytest.mark.parametrize("complaint", [*WRONG, "there are two of this name"])
def test_a_wrong_definition_stops_the_build_and_is_named(
    complaints: dict[str, tuple[bool, str]], complaint: str
) -> None:
    has_passed, text = complaints[complaint]

    assert not has_passed
    assert f"segment {WRONG.get(complaint, SAME)['name']}: " in text
    assert complaint in text
    assert "models/marts/segments/segments.yml" in text


def test_a_quote_in_a_text_is_a_quote(project: Project) -> None:
    project.define(definition("quoted", {"column": "recency_class", "is": "x' or 'a' = 'a"}))

    built = project.night(date(2026, 6, 1), person("ada"), person("bob", "x' or 'a' = 'a"))

    assert built.returncode == 0, built.stdout
    assert project.rows("select customer_id from marts.segment_members") == [("bob",)]
