"""Intermediate tables in a file of their own: C360_INTERMEDIATE."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.errors import ActionableError
from pipelines.intermediate_file import remove_intermediate
from tests.project.scratch import ScratchProject, scratch_project

RELATIONS = """
select table_name from duckdb_tables()
union all
select view_name from duckdb_views() where not internal
"""


@pytest.fixture
def project(tmp_path: Path) -> ScratchProject:
    """A clock, a table, a view, a memory of both and a mart: 3 and a 3 for each build before."""
    project = scratch_project(tmp_path)
    models = {
        "intermediate/clock/int_as_of": "select date '2026-06-30' as as_of_date",
        "intermediate/int_numbers": "select 3 as n from {{ ref('int_as_of') }}",
        "intermediate/int_looks": "{{ config(materialized='view') }} from {{ ref('int_numbers') }}",
        "intermediate/int_memories": "{{ config(materialized='incremental', full_refresh=false) }} "
        "select n from {{ ref('int_looks') }}",
        "marts/sums": "select sum(n)::bigint as total from {{ ref('int_memories') }}",
    }
    for name, sql in models.items():
        project.write(f"models/{name}.sql", sql)
    project.write("models/groups.yml", {"groups": [{"name": "analytics", "owner": {"name": "a"}}]})
    columns = [{"name": "total", "data_type": "bigint"}]
    project.write("models/marts/sums.yml", {"models": [{"name": "sums", "columns": columns}]})
    return project


def build(project: ScratchProject) -> None:
    done = project.dbt("build")
    assert done.returncode == 0, done.stdout


def relations(database: Path) -> set[str]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return {name for (name,) in connection.execute(RELATIONS).fetchall()}


def test_what_a_build_needs_again_stays_and_the_rest_goes_with_its_file(
    project: ScratchProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(project)
    everything = relations(project.warehouse)
    file = project.folder / "intermediate.duckdb"
    monkeypatch.setenv("C360_INTERMEDIATE", str(file))

    for _ in range(2):
        build(project)
        moved = relations(file)
        remove_intermediate()

    assert moved == {"int_numbers", "int_looks"}
    assert relations(project.warehouse) == everything - moved
    assert project.rows("from marts.sums") == [(9,)]
    assert not file.exists()


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("C360_INTERMEDIATE", str(tmp_path / "nowhere" / "intermediate.duckdb"))

    with pytest.raises(ActionableError, match="nowhere"):
        remove_intermediate()
