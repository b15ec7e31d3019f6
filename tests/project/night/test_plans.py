"""How DuckDB goes about the models: what it plans on a warehouse that is built already."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from tests.project.conftest import compile_nodes
from tests.project.night.nights import BUILT, PROJECT, Told, copy_project

NAMES = {path.stem for path in (PROJECT / "models").rglob("*.sql")}


def test_no_model_is_looked_up_row_by_row(published: Told, tmp_path: Path) -> None:
    """Before a correlated subquery that is no plain join, DuckDB keeps all rows it is asked of."""
    target = copy_project(tmp_path / "project") / "target"
    target.mkdir()
    shutil.copyfile(published.root / BUILT, target / "customer360.duckdb")

    compile_nodes(target.parent, "model")

    compiled = (target / "compiled" / "customer360" / "models").rglob("*.sql")
    models = {path.stem: path.read_text() for path in compiled if path.stem in NAMES}
    assert models.keys() == NAMES
    with duckdb.connect(str(target / "customer360.duckdb"), read_only=True) as connection:
        plans = {name: _plan(connection, sql) for name, sql in models.items()}
    assert [name for name, plan in plans.items() if "DELIM_JOIN" in plan] == []


def _plan(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    found = connection.execute(f"explain {sql}").fetchone()
    assert found is not None
    return str(found[1])
