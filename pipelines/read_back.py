"""Reads every value of published tables again, in a process that knows nothing of the writing.

DuckDB has written files that it could not read in places. The fingerprint of a column is the sum
of its values' hashes: it needs each value, and any order of rows gives the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb

from pipelines.memory import connect_read_only
from pipelines.sql_text import identifier, literal

Fingerprints = dict[str, dict[str, str]]


def fingerprint(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    """Row count and a fingerprint per column of anything that stands after `from`."""
    columns = [row[0] for row in connection.execute(f"describe from {relation}").fetchall()]
    sums = ", ".join(f"cast(sum(hash({identifier(column)})) as varchar)" for column in columns)
    values = connection.execute(f"select cast(count(*) as varchar), {sums} from {relation}")
    return dict(zip(["rows", *columns], values.fetchall()[0], strict=True))


def read_back(database: Path, parquet: Path) -> tuple[Fingerprints, Fingerprints]:
    """Fingerprints of the tables in the file and of the Parquet files, found in a new process."""
    command = [sys.executable, "-m", "pipelines.read_back", str(database), str(parquet)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"the published file cannot be read back (exit {done.returncode})")
    tables, files = json.loads(done.stdout)
    return tables, files


def main(database: Path, parquet: Path) -> None:
    """The new process: print what is found."""
    with connect_read_only(database) as connection:
        names = [row[0] for row in connection.execute("show tables").fetchall()]
        tables = {name: fingerprint(connection, identifier(name)) for name in names}
        files = {
            name: fingerprint(connection, _as_in_table(connection, name, parquet)) for name in names
        }
    sys.stdout.write(json.dumps([tables, files]))


def _as_in_table(connection: duckdb.DuckDBPyConnection, name: str, parquet: Path) -> str:
    """The Parquet file with the table's types: equal values of other types hash differently."""
    described = connection.execute(f"describe {identifier(name)}").fetchall()
    columns = ", ".join(
        f"cast({identifier(row[0])} as {row[1]}) as {identifier(row[0])}" for row in described
    )
    return f"(select {columns} from read_parquet({literal(str(parquet / f'{name}.parquet'))}))"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
