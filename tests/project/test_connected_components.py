"""The materialization `connected_components` finds what a union of sets finds, in any order."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

PROJECT = Path(__file__).parents[2]
Pairs = list[tuple[str, str]]

DBT_PROJECT = """
name: customer360
version: "0.1.0"
profile: customer360
flags: {send_anonymous_usage_stats: false}
"""
MODEL = """
{{{{ config(materialized='connected_components', max_rounds={rounds}) }}}}
select node_a, node_b from main.pairs
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A dbt project that has the macros and nothing else."""
    for folder in ("identity", "engine"):
        shutil.copytree(PROJECT / "macros" / folder, tmp_path / "macros" / folder)
    (tmp_path / "models").mkdir()
    (tmp_path / "dbt_project.yml").write_text(DBT_PROJECT)
    shutil.copy(PROJECT / "profiles.yml", tmp_path)
    return tmp_path


def build(project: Path, pairs: Pairs, rounds: int = 60) -> subprocess.CompletedProcess[str]:
    (project / "models" / "components.sql").write_text(MODEL.format(rounds=rounds))
    with duckdb.connect(str(project / "graph.duckdb")) as connection:
        connection.execute("create or replace table pairs (node_a varchar, node_b varchar)")
        connection.executemany("insert into pairs values (?, ?)", pairs)
    return subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "run"],
        cwd=project,
        env=os.environ | {"C360_WAREHOUSE": "graph.duckdb", "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def components(project: Path) -> dict[str, int]:
    with duckdb.connect(str(project / "graph.duckdb"), read_only=True) as connection:
        return dict(connection.execute("select node, component from components").fetchall())


def tables(project: Path) -> set[str]:
    with duckdb.connect(str(project / "graph.duckdb"), read_only=True) as connection:
        rows = connection.execute("select table_name from information_schema.tables").fetchall()
    return {name for (name,) in rows}


def united(pairs: Pairs) -> set[frozenset[str]]:
    """The components by uniting sets, the slow and plain way."""
    home: dict[str, set[str]] = {}
    for a, b in pairs:
        joined = home.setdefault(a, {a}) | home.setdefault(b, {b})
        home.update(dict.fromkeys(joined, joined))
    return {frozenset(members) for members in home.values()}


def grouped(found: dict[str, int]) -> set[frozenset[str]]:
    members = defaultdict(set)
    for node, component in found.items():
        members[component].add(node)
    return {frozenset(m) for m in members.values()}


def shapes() -> Pairs:
    """A chain of 300, a hub of 300, a ring, loners, and 300 random pairs of 400 nodes."""
    draw = random.Random(5)  # noqa: S311 (the same graph each time)
    chain = [(f"chain {i}", f"chain {i + 1}") for i in range(300)]
    hub = [("hub", f"spoke {i}") for i in range(300)]
    ring = [(f"ring {i}", f"ring {(i + 1) % 50}") for i in range(50)]
    loners = [(f"loner {i}", f"loner {i}") for i in range(20)]
    web = [(f"web {draw.randrange(400)}", f"web {draw.randrange(400)}") for _ in range(300)]
    return chain + hub + ring + loners + web


def test_components_are_those_of_united_sets_in_any_order_of_pairs(project: Path) -> None:
    pairs = shapes()

    assert build(project, pairs).returncode == 0
    first = components(project)
    random.Random(6).shuffle(pairs)  # noqa: S311 (the same order each time)
    assert build(project, [(b, a) for a, b in pairs]).returncode == 0

    assert grouped(first) == united(pairs)
    assert components(project) == first
    assert tables(project) == {"pairs", "components"}


def test_a_node_without_an_edge_is_a_component_of_its_own(project: Path) -> None:
    assert build(project, [("a", "a")]).returncode == 0

    assert components(project) == {"a": 1}


def test_a_graph_that_has_not_converged_is_an_error(project: Path) -> None:
    chain = [(f"{i}", f"{i + 1}") for i in range(300)]

    built = build(project, chain, rounds=2)

    assert built.returncode != 0
    assert "components: components have not converged" in built.stdout
    assert "raise max_rounds" in built.stdout
