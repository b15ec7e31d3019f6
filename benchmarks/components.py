"""How fast connected components are found: the materialization, and scipy on the same edges.

    python benchmarks/components.py [--edges 1000000 10000000] [--shapes real giant] [--nodes text]

Both start at a table of pairs in a DuckDB file and end at a table of nodes and components there,
each in a process of its own, one after the other. Ours is `dbt run` of one model of the project's
materialization, after dbt has read the project; scipy is what a program would do instead: fetch,
number the nodes (numpy for numbers, Arrow for texts), `connected_components`, write. The table
shows the ratio of the seconds; the components must be equal.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse
from scipy.sparse import csgraph

from tests.project.scratch import DATABASE, ScratchProject, scratch_project

Ends = np.ndarray[Any, np.dtype[np.int64]]

MODEL = """
{{{{ config(materialized='connected_components', nodes='{nodes}', max_rounds={max_rounds}) }}}}
select node_a, node_b from main.{pairs}
"""

# Ends of the edges as numbers, for {m} edges. A person of the real shape has two orders with one
# e-mail address, a telephone and a browser that one in twenty shares with a neighbour; in the hub
# shape one in ten shares the browser of a kiosk. The random graph has a mean degree of three, most
# of its nodes in one giant component.
SHAPES = {
    "real": """
        select
            unnest([i * 8, i * 8 + 1, i * 8, i * 8 + 1]) as s,
            unnest([
                i * 8 + 4, i * 8 + 4, i * 8 + 5, (i - if(hash(i) % 20 = 0, i % 2, 0)) * 8 + 6
            ]) as t
        from range({m} // 4) as people (i)""",
    "hub": """
        select
            unnest([i * 8, i * 8 + 1, i * 8, i * 8 + 1]) as s,
            unnest([
                i * 8 + 4, i * 8 + 4, i * 8 + 5, if(hash(i) % 10 = 0, 6, i * 8 + 6)
            ]) as t
        from range({m} // 4) as people (i)""",
    "chains of 1,000": """
        select i + i // 1000 as s, i + i // 1000 + 1 as t from range({m}) as edges (i)""",
    "chains of 1,000,000": """
        select i + i // 1000000 as s, i + i // 1000000 + 1 as t from range({m}) as edges (i)""",
    "giant": """
        select
            cast(hash(i) % ({m} * 2 // 3) as bigint) as s,
            cast(hash(i + {m}) % ({m} * 2 // 3) as bigint) as t
        from range({m}) as edges (i)""",
}

# A permutation of the numbers, so that nothing gains from their order
SCATTERED = "({end} * 1103515245 + 12345) % 2147483647"
NODES = {"numbers": SCATTERED, "text": f"'customer' || {SCATTERED} || '@example.com'"}


def write_project(folder: Path, models: dict[str, str]) -> ScratchProject:
    """A dbt project with the given models, to be run in its folder."""
    project = scratch_project(folder)
    for name, sql in models.items():
        project.write(f"models/{name}.sql", sql)
    return project


def model(pairs: str, nodes: str = "text", max_rounds: int = 60) -> str:
    """The SQL of a model that closes a table of pairs."""
    return MODEL.format(pairs=pairs, nodes=nodes, max_rounds=max_rounds)


def ours() -> Callable[[], None]:
    """The materialization, by dbt, which has read the project."""
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - scipy's peak has no dbt in it
    from dbt.contracts.graph.manifest import Manifest  # noqa: PLC0415

    parsed = dbtRunner().invoke(["--quiet", "parse"]).result

    def run() -> None:
        result = dbtRunner(manifest=cast(Manifest, parsed)).invoke(["--quiet", "run"])
        assert result.success, result.exception or result.result

    return run


def scipys() -> Callable[[], None]:
    """Fetch, number, scipy, write; what DuckDB imports for an Arrow table is imported before."""
    with duckdb.connect() as warm:
        warm.register("nothing", pa.table({"node": [1]}))
        warm.execute("select * from nothing").to_arrow_table()

    def run() -> None:
        with duckdb.connect(DATABASE) as connection:
            connection.register("found", found_by_scipy(connection))
            connection.execute("create table scipys as from found")

    return run


def found_by_scipy(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The nodes of the table `pairs` and the component of each."""
    nodes, a, b = _numbered(connection)
    links = sparse.coo_matrix((np.ones(len(a), np.int8), (a, b)), shape=(len(nodes),) * 2)
    _, labels = csgraph.connected_components(links, directed=False)
    return pa.table({"node": nodes, "component": labels})


def _numbered(connection: duckdb.DuckDBPyConnection) -> tuple[pa.Array, Ends, Ends]:
    """The distinct nodes, and each edge's ends as positions among them."""
    pairs = connection.execute("select node_a, node_b from pairs").to_arrow_table()
    both = pa.chunked_array(pairs["node_a"].chunks + pairs["node_b"].chunks)
    if pa.types.is_integer(both.type):
        nodes, ends = np.unique(both.to_numpy(), return_inverse=True)
        return pa.array(nodes), ends[: pairs.num_rows], ends[pairs.num_rows :]
    encoded = pc.dictionary_encode(both).combine_chunks()
    ends = encoded.indices.to_numpy()
    return encoded.dictionary, ends[: pairs.num_rows], ends[pairs.num_rows :]


METHODS = {"ours": ours, "scipy": scipys}


def _run(method: str) -> None:
    """One method in this process and folder; prints what it took as JSON."""
    run = METHODS[method]()
    before, started = os.times(), time.perf_counter()
    run()
    seconds, after = time.perf_counter() - started, os.times()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cpu = after.user + after.system - before.user - before.system
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_gib": peak / 1024**2}))


def _measure(method: str, folder: Path) -> dict[str, float]:
    output = subprocess.run(
        [sys.executable, __file__, "--method", method],
        cwd=folder,
        env=os.environ | {"C360_WAREHOUSE": DATABASE, "DO_NOT_TRACK": "1"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    measured: dict[str, float] = json.loads(output.splitlines()[-1])
    return measured


def _compare(shape: str, edges: int, nodes: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_project(folder, {"ours": model("pairs", nodes)})
        with duckdb.connect(str(folder / DATABASE)) as connection:
            a, b = (NODES[nodes].format(end=end) for end in "st")
            connection.execute(
                f"create table pairs as select {a} as node_a, {b} as node_b "
                f"from ({SHAPES[shape].format(m=edges)}) order by hash(s, t)"
            )
        found = {method: _measure(method, folder) for method in METHODS}
        with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
            count = _equal_components(connection)
    us, them = found["ours"], found["scipy"]
    print(
        f"{shape:<20} {edges:>11,} {nodes:<8} {count:>10,} "
        f"{us['seconds']:>7.1f} s {us['cpu']:>7.1f} CPU s {us['peak_gib']:>5.1f} GiB   "
        f"{them['seconds']:>7.1f} s {them['cpu']:>7.1f} CPU s {them['peak_gib']:>5.1f} GiB   "
        f"{us['seconds'] / them['seconds']:>5.2f} {us['cpu'] / them['cpu']:>5.2f}",
        flush=True,
    )


def _equal_components(connection: duckdb.DuckDBPyConnection) -> int:
    """How many components there are; an error when the two disagree on any node."""
    row = connection.execute("""
        select
            count(distinct ours.component) as ours,
            count(distinct scipys.component) as theirs,
            count(distinct (ours.component, scipys.component)) as both_,
            count(*) - (select count(*) from scipys) as missing
        from ours inner join scipys on ours.node = scipys.node
    """).fetchall()[0]
    assert row == (row[0], row[0], row[0], 0), f"components differ: {row}"
    return int(row[0])


def main() -> None:
    """Compare the two on each shape, size and kind of node."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edges", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--shapes", choices=SHAPES, nargs="+", default=list(SHAPES))
    parser.add_argument("--nodes", choices=NODES, nargs="+", default=list(NODES))
    parser.add_argument("--method", choices=METHODS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.method:
        _run(arguments.method)
        return
    print(f"{'shape':<20} {'edges':>11} {'nodes':<8} {'components':>10}   ours, scipy, ratios")
    for edges in arguments.edges:
        for nodes in arguments.nodes:
            for shape in arguments.shapes:
                _compare(shape, edges, nodes)


if __name__ == "__main__":
    main()
