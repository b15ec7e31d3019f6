"""What tests and benchmarks of whole nights share: running one, breaking one, comparing two."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

PROJECT = Path(__file__).parents[3]
PROJECT_PARTS = ("models", "macros", "seeds", "analyses", "tests/dbt")
BUILT = "build/customer360.duckdb"
PUBLISHED = "published/marts.duckdb"

Columns = frozenset[str]
Differences = dict[str, tuple[int, int]]

# What names a run or tells when it was: the same rows in another night differ in these alone
NONE: Columns = frozenset()
OF_THE_RUN = frozenset({"_run_id", "run_id", "landed_at", "load_file_id", "load_reject_id"})

# What the nights remember of each other: who was in a segment, and who was whom, on which of them
MEMORIES = frozenset(
    {"segment_changes", "segment_history", "segment_members", "segments", "identity_changes"}
)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Told:
    """A night that ran: its warehouse, how it ended, and its summary."""

    root: Path
    ended: Ended
    summary: dict[str, Any]


def night(exports: Path, root: Path, project: Path = PROJECT, options: Iterable[str] = ()) -> Told:
    """Run a night with the dbt project in `project`; it must come to its end, green or red."""
    places = ("--exports", exports, "--warehouse", root)
    ended = c360("nightly", "--json", *places, *options, folder=project)
    assert ended.out, ended.err
    return Told(root, ended, json.loads(ended.out))


def copy_of(told: Told, folder: Path) -> Path:
    """A night's warehouse at another place, salt included, so that hashes stay comparable."""
    return shutil.copytree(told.root, folder / "warehouse", symlinks=True)


def c360(*arguments: object, folder: Path = PROJECT) -> Ended:
    """Run the command line in a process of its own; `folder` holds the dbt project it takes."""
    done = subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment(),
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def command(*arguments: object) -> list[str]:
    """The command line as a process is started with it."""
    main = "from pipelines.cli import main; main()"
    return [sys.executable, "-c", main, *map(str, arguments)]


def environment() -> dict[str, str]:
    """What a process needs to find this checkout."""
    return {**os.environ, "COLUMNS": "200", "PYTHONPATH": str(PROJECT)}


def copy_project(target: Path) -> Path:
    """The dbt project at another place, to be changed."""
    for part in PROJECT_PARTS:
        shutil.copytree(PROJECT / part, target / part)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT / name, target)
    return target


def replace(path: Path, old: str, new: str) -> None:
    """Change a text in a file; it must be there once."""
    text = path.read_text()
    assert text.count(old) == 1, f"{path} has {text.count(old)} times: {old}"
    path.write_text(text.replace(old, new))


def use_one_thread(project: Path) -> None:
    """Have dbt build one node after the other, and DuckDB each of them alone."""
    settings = "      threads: {}\n      settings:\n"  # of DuckDB; Spark's are others
    one = settings.format(1) + "        threads: 1\n"
    replace(project / "profiles.yml", settings.format(2), one)


def leave_out(project: Path, *keys: str) -> None:
    """Take these keys out of every properties file of models and seeds, at any depth."""
    for folder in ("models", "seeds"):
        for path in (project / folder).rglob("*.yml"):
            path.write_text(yaml.safe_dump(_without(yaml.safe_load(path.read_text()), keys)))


def _without(node: Any, keys: tuple[str, ...]) -> Any:  # noqa: ANN401 - any YAML
    if isinstance(node, dict):
        return {k: _without(v, keys) for k, v in node.items() if k not in keys}
    return [_without(v, keys) for v in node] if isinstance(node, list) else node


def published_differences(one: Path, other: Path, but: Columns = NONE) -> Differences:
    """The marts in which the published files of two warehouses differ, as `differences`."""
    return differences(one / PUBLISHED, other / PUBLISHED, "main", but)


def raw_differences(one: Path, other: Path, but: Columns = NONE) -> Differences:
    """The raw tables, ledger included, in which two warehouses differ, as `differences`."""
    return differences(one / BUILT, other / BUILT, "raw_%", but)


def differences(one: Path, other: Path, schemas: str, but: Columns = NONE) -> Differences:
    """By table, the number of rows that only `one` or only `other` has, where there are any.

    `schemas` is a pattern. The columns `but` and those that name the run are not compared; a table
    or column that one side lacks is an error.
    """
    with duckdb.connect() as connection:
        for name, path in (("one", one), ("other", other)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        tables = _columns(connection, "one", schemas)
        assert tables, f"{one} has no table in {schemas}"
        assert tables == _columns(connection, "other", schemas)
        found = {
            table: (
                _only(connection, "one", "other", table, columns - but),
                _only(connection, "other", "one", table, columns - but),
            )
            for table, columns in tables.items()
        }
    return {table: counts for table, counts in found.items() if counts != (0, 0)}


def _columns(
    connection: duckdb.DuckDBPyConnection, database: str, schemas: str
) -> dict[str, Columns]:
    query = """
        select concat_ws('.', schema_name, table_name), list(column_name)
        from duckdb_columns()
        semi join duckdb_tables() using (database_oid, schema_oid, table_oid)
        where database_name = ? and schema_name like ?
            and table_name <> 'runs' and not starts_with(table_name, '_dlt_')
        group by schema_name, table_name order by schema_name, table_name
    """
    found = connection.execute(query, [database, schemas]).fetchall()
    return {table: frozenset(columns) - OF_THE_RUN for table, columns in found}


def _only(
    connection: duckdb.DuckDBPyConnection, one: str, other: str, table: str, columns: Columns
) -> int:
    listed = ", ".join(f'"{column}"' for column in sorted(columns))
    query = f"""
        select count(*) from (
            select {listed} from {one}.{table} except all select {listed} from {other}.{table}
        )
    """
    return int(connection.execute(query).fetchall()[0][0])


def rows(database: Path, query: str, **parameters: object) -> list[tuple[Any, ...]]:
    """The rows of a query on a DuckDB file."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        return connection.execute(query, parameters).fetchall()


def truth(world: Path, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query on the tables of the truth."""
    with duckdb.connect() as connection:
        add_truth(connection, world)
        return connection.execute(query).fetchall()


def add_truth(connection: duckdb.DuckDBPyConnection, world: Path) -> None:
    """Attach the truth's tables as a database of views, `truth`, which unqualified names find."""
    connection.execute("attach ':memory:' as truth")
    connection.execute("use truth")
    for path in (world / "truth").glob("*.parquet"):
        connection.execute(f"create view {path.stem} as from read_parquet('{path}')")
