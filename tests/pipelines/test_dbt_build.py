"""A build is judged by every node that was due, and its messages quote no one."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import warehouse
from pipelines.dbt_build import Build, NodeResult, build, heard, lines_of, manifest_path
from pipelines.dbt_messages import clean_message
from pipelines.progress import Progress
from pipelines.variables import Variables
from pipelines.warehouse import Night

PROFILE = """
customer360:
  target: duckdb
  outputs:
    duckdb: {type: duckdb, path: "{{ env_var('C360_WAREHOUSE') }}", threads: 1}
"""

PROJECT = """
name: tiny
version: "0.1.0"
profile: customer360
vars: {as_of: null}
models: {tiny: {marts: {+materialized: table}}}
"""

PEOPLE_YAML = """
models:
  - name: people
    columns:
      - name: person_id
        data_tests: [unique]
"""

UNIT_TEST_YAML = """
unit_tests:
  - name: people_has_one
    model: people
    given: []
    expect: {rows: [{person_id: 1}]}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    files = {
        "dbt_project.yml": PROJECT,
        "profiles.yml": PROFILE,
        "models/marts/people.yml": PEOPLE_YAML,
        "models/marts/people.sql": "select 1 as person_id, '{{ var('as_of') }}' as as_of",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def fresh_night(tmp_path: Path, name: str) -> Night:
    night = warehouse.begin(tmp_path / "warehouse", name)
    duckdb.connect(str(night.database)).close()
    return night


def test_a_green_build_ran_every_node_and_lets_go_of_the_file(
    tmp_path: Path, project: Path
) -> None:
    night = fresh_night(tmp_path, "night-1")

    result = build(night, project, Variables(date(2026, 3, 1)), Progress())

    assert result.passed, result.problems
    assert {(node.kind, node.status) for node in result.nodes} == {
        ("model", "success"),
        ("test", "pass"),
    }
    assert manifest_path(night).exists()
    with duckdb.connect(str(night.database)) as connection:
        assert connection.execute("select as_of from people").fetchall() == [("2026-03-01",)]
    assert warehouse.keep(night).database.exists()


def test_unit_tests_run_when_the_project_is_another_than_last_time(
    tmp_path: Path, project: Path
) -> None:
    (project / "models/marts/unit_tests.yml").write_text(UNIT_TEST_YAML)

    def kinds(name: str) -> set[str]:
        night = fresh_night(tmp_path, name)
        result = build(night, project, Variables(), Progress())
        assert result.passed, result.problems
        warehouse.keep(night)
        return {node.kind for node in result.nodes}

    assert kinds("night-1") == {"model", "test", "unit test"}
    assert kinds("night-2") == {"model", "test"}
    (project / "models/marts/people.sql").write_text("select 1 as person_id, 2 as as_of")
    assert kinds("night-3") == {"model", "test", "unit test"}


def test_red_and_skipped_nodes_are_told_without_a_value_of_any_row(
    tmp_path: Path, project: Path
) -> None:
    broken = "select cast('ada@example.com' as integer) as person_id"
    (project / "models/marts/people.sql").write_text(broken)

    result = build(fresh_night(tmp_path, "night-1"), project, Variables(), Progress())

    assert not result.passed
    assert {(node.kind, node.status) for node in result.nodes} == {
        ("model", "error"),
        ("test", "skipped"),
    }
    cause, others = result.problems
    assert cause.startswith("model people: error. Conversion Error")
    assert others == "skipped, as they build on what is red: 1"
    assert "ada" not in str(result)


def test_a_project_that_cannot_be_read_is_red(tmp_path: Path, project: Path) -> None:
    (project / "models/marts/people.sql").write_text("select * from {{ ref('nobody') }}")

    result = build(fresh_night(tmp_path, "night-1"), project, Variables(), Progress())

    assert not result.passed
    assert "nobody" in result.problems[0]


def test_a_node_without_a_result_is_red() -> None:
    done = NodeResult("model.a", "model", "a", "success", 0.1, "OK")

    assert Build((done,), frozenset({"model.a"})).passed
    assert Build((done,), frozenset({"model.a", "test.b"})).problems == ("test.b did not run",)


def test_a_build_of_nothing_is_red() -> None:
    assert not Build((), frozenset()).passed


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (None, ""),
        (
            "Got 3 results, configured to fail if != 0",
            "Got 3 results, configured to fail if != 0",
        ),
        (
            "Runtime Error in model a (models/a.sql)\n  Binder Error: no column b\n  LINE 1",
            "Binder Error: no column b",
        ),
        (
            "Runtime Error in model a (models/a.sql)\n  Conversion Error: string 'ada@example.com'",
            "Conversion Error (dbt's log in the night's folder quotes the value)",
        ),
        (
            "Compilation Error in model a (models/a.sql)\n  it depends on b, which was not found",
            "it depends on b, which was not found",
        ),
    ],
)
def test_messages_keep_the_cause_and_drop_the_values(message: str | None, shown: str) -> None:
    assert clean_message(message) == shown


def test_a_dbt_that_dies_halfway_is_red() -> None:
    command = [sys.executable, "-c", 'print(\'{"due": ["model.a"]}\', flush=True); exit(9)']
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        result = heard(lines_of(child), Progress())

    assert result.problems == ("dbt died with exit code 9; its logs are in the night's folder",)
