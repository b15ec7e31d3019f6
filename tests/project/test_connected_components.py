"""The materialization `connected_components` finds what scipy finds, whatever the graph's shape."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import duckdb
import numpy as np
import pytest
from scipy import sparse
from scipy.sparse import csgraph

from benchmarks.components import model, write_project

from .scratch import ScratchProject

Pairs = list[tuple[int, int]]
Partition = set[frozenset[int]]

# Texts of models called `doubled…` get one of seven numbers: in the first of the former's attempts,
# in each of the latter's
DOUBLING_HASH = """
{% macro duckdb__text_number(text) -%}
    {%- if this.identifier == 'doubled_always' or
        (this.identifier == 'doubled_once' and "'" not in text) -%}
        hash({{ text }}) % 7
    {%- else -%}
        hash({{ text }})
    {%- endif -%}
{%- endmacro %}
"""

CHAINS = [(k * 1001 + i, k * 1001 + i + 1) for k in range(3) for i in range(1000)]
HUBS = [(hub, hub + spoke) for hub in (0, 500, 1000) for spoke in range(1, 400)]
LONERS = [(i, i) for i in range(20)]


def random_graph(seed: int, nodes: int, edges: int) -> Pairs:
    draw = random.Random(seed)  # noqa: S311 (the same graph each time)
    return [(draw.randrange(nodes), draw.randrange(nodes)) for _ in range(edges)]


def two_sided_graph(seed: int, nodes: int, edges: int) -> Pairs:
    """Nodes below `nodes` on the left, those from there on the right."""
    return [(a, nodes + b) for a, b in random_graph(seed, nodes, edges)]


def shuffled(pairs: Pairs) -> Pairs:
    mixed = [(b, a) for a, b in pairs]
    random.Random(6).shuffle(mixed)  # noqa: S311 (the same order each time)
    return mixed


GRAPHS: dict[str, Pairs] = {
    "chains": CHAINS,
    "hubs": HUBS,
    "loners": LONERS,
    "giant": random_graph(1, nodes=2000, edges=3000),
    "dust": random_graph(2, nodes=2000, edges=600),
    "two_sided": two_sided_graph(4, nodes=1000, edges=1100),
    "dense": random_graph(3, nodes=30, edges=900),
}


def text(node: int) -> str:
    return f"customer {node}"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> ScratchProject:
    """Every graph closed as texts and as numbers, in one run of dbt."""
    folder = tmp_path_factory.mktemp("components")
    graphs = GRAPHS | {"giant_shuffled": shuffled(GRAPHS["giant"])}
    models = {f"{name}_text": model(f"{name}_text_pairs") for name in graphs}
    models |= {f"{name}_numbers": model(f"{name}_pairs", "numbers") for name in graphs}
    models |= {name: model("chains_text_pairs") for name in ("doubled_once", "doubled_always")}
    models |= {"with_a_null": model("null_pairs")}
    models |= {"hurried": model("chains_text_pairs", max_rounds=2)}
    project = write_project(folder, models)
    project.write("macros/doubling.sql", DOUBLING_HASH)
    with duckdb.connect(str(project.warehouse)) as connection:
        for name, pairs in graphs.items():
            write_pairs(connection, f"{name}_pairs", "bigint", pairs)
            texts = [(text(a), text(b)) for a, b in pairs]
            write_pairs(connection, f"{name}_text_pairs", "varchar", texts)
        nulls = [("a", "b"), ("a", None), ("c", None), (None, None)]
        write_pairs(connection, "null_pairs", "varchar", nulls)
    project.write("said.txt", project.dbt("run").stdout)
    return project


def write_pairs(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    kind: str,
    pairs: Sequence[tuple[object, object]],
) -> None:
    connection.execute(f"create table {table} (node_a {kind}, node_b {kind})")
    connection.execute(
        f"insert into {table} select unnest(?), unnest(?)",
        [[a for a, _ in pairs], [b for _, b in pairs]],
    )


def found(warehouse: ScratchProject, table: str) -> set[frozenset[object]]:
    members = defaultdict(set)
    for node, component in warehouse.rows(f"select node, component from {table}"):
        members[component].add(node)
    return {frozenset(m) for m in members.values()}


def of_scipy(pairs: Pairs) -> Partition:
    nodes, ends = np.unique(np.array(pairs), return_inverse=True)
    ends = ends.reshape(-1, 2)
    links = sparse.coo_matrix((np.ones(len(ends)), ends.T), shape=(len(nodes), len(nodes)))
    _, labels = csgraph.connected_components(links, directed=False)
    return {frozenset(nodes[labels == label].tolist()) for label in set(labels)}


@pytest.mark.parametrize("graph", GRAPHS)
def test_components_are_scipys(warehouse: ScratchProject, graph: str) -> None:
    expected = of_scipy(GRAPHS[graph])

    assert found(warehouse, f"{graph}_numbers") == expected
    assert found(warehouse, f"{graph}_text") == {frozenset(map(text, m)) for m in expected}


@pytest.mark.parametrize("kind", ["text", "numbers"])
def test_components_have_the_same_numbers_in_any_order_of_pairs(
    warehouse: ScratchProject, kind: str
) -> None:
    ordered, mixed = (
        sorted(warehouse.rows(f"select node, component from {graph}_{kind}"))
        for graph in ("giant", "giant_shuffled")
    )

    assert ordered == mixed


def test_a_pair_with_a_null_adds_nothing(warehouse: ScratchProject) -> None:
    assert found(warehouse, "with_a_null") == {frozenset({"a", "b"})}


def test_two_texts_of_one_number_are_told_apart(warehouse: ScratchProject) -> None:
    assert found(warehouse, "doubled_once") == found(warehouse, "chains_text")


def test_texts_that_no_hash_tells_apart_are_an_error(warehouse: ScratchProject) -> None:
    said = (warehouse.folder / "said.txt").read_text()

    assert "doubled_always: two nodes have the same number, however they are hashed" in said


def test_a_graph_that_has_not_converged_is_an_error(warehouse: ScratchProject) -> None:
    said = (warehouse.folder / "said.txt").read_text()

    assert "hurried: components have not converged" in said
    assert "raise max_rounds" in said


def test_working_tables_are_temporary(warehouse: ScratchProject) -> None:
    tables = {name for (name,) in warehouse.rows("select table_name from duckdb_tables()")}

    assert not [name for name in tables if "__" in str(name)]
