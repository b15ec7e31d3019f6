"""Write what readers open: the marts alone, in a fresh file and as Parquet, without raw contacts.

Tables stand in the file's main schema, so `select … from customer_360` and, because the file is
called marts.duckdb, `select … from marts.customer_360` both work, as they do in the build.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.errors import ActionableError
from pipelines.files import flush_tree, write_text
from pipelines.marts import Mart
from pipelines.memory import limit_memory
from pipelines.private_copy import assert_closed
from pipelines.progress import Progress
from pipelines.published_sql import MACROS, filler, is_nested, published_column
from pipelines.read_back import Fingerprints, fingerprint, read_back
from pipelines.sql_text import identifier, literal
from pipelines.warehouse import Night

STORAGE_VERSION = "v1.0.0"  # any DuckDB since 1.0 opens it

# Where no row of a row group (122,880 rows) has an element in a list, DuckDB since 1.1 leaves out a
# field that DuckDB 1.0 needs in order to read the column. Tables with lists or maps are therefore
# written with rows that have elements, which are then deleted: the file keeps their elements.
ROWS_PER_FILLER = 50_000

SETTINGS = "set TimeZone = 'UTC'; set temp_directory = {spill}; set preserve_insertion_order = true"


@dataclass(frozen=True)
class PublishedMart:
    """A mart that readers can open, and how many rows it has."""

    name: str
    row_count: int


def publish(night: Night, marts: Sequence[Mart], progress: Progress) -> tuple[PublishedMart, ...]:
    """Write, read back in a new process, and flush; keeping the night flips the link."""
    if not marts:
        raise ActionableError("the dbt project has no mart to publish below models/marts")
    parquet = night.published.parent / "parquet"
    parquet.mkdir(parents=True)
    with progress.step("Write the published marts", len(marts)) as advance:
        written: Fingerprints = {}
        with _connection(night) as connection:
            for mart in marts:
                written[mart.name] = _write(connection, mart, parquet)
                advance()
    assert_closed(night.published)
    with progress.step("Read the published marts back"):
        _compare(written, read_back(night.published, parquet))
        flush_tree(night.published.parent)
    return tuple(PublishedMart(name, int(found["rows"])) for name, found in written.items())


def salt(root: Path) -> str:
    """The secret of this warehouse that goes into every hash; made once, readable by its owner."""
    path = root / "salt"
    if not path.exists():
        write_text(path, secrets.token_hex(32), mode=0o600)
    return path.read_text(encoding="utf-8")


def _connection(night: Night) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    limit_memory(connection)
    connection.execute(SETTINGS.format(spill=literal(str(night.workspace / "spill"))))
    connection.execute(f"attach {literal(str(night.database))} as build (read_only)")
    connection.execute(
        f"attach {literal(str(night.published))} as fresh (storage_version '{STORAGE_VERSION}')"
    )
    connection.execute(MACROS)
    connection.execute("set variable salt = ?", [salt(night.root)])
    return connection


def _write(connection: duckdb.DuckDBPyConnection, mart: Mart, parquet: Path) -> dict[str, str]:
    """Copy one mart and give the fingerprint of what was to be written."""
    source, table = (
        f"build.{identifier(mart.schema)}.{identifier(mart.name)}",
        f"fresh.{identifier(mart.name)}",
    )
    described = connection.execute(f"describe {source}").fetchall()
    items = [published_column(name, kind, mart.treatment(name)) for name, kind, *_ in described]
    selected = f"(select {', '.join(item for item in items if item)} from {source})"
    _create(connection, table, selected)
    file = literal(str(parquet / f"{mart.name}.parquet"))
    connection.execute(f"copy {table} to {file} (format parquet, compression zstd)")
    _describe(connection, mart, table)
    return fingerprint(connection, selected)


def _create(connection: duckdb.DuckDBPyConnection, table: str, selected: str) -> None:
    """Write a table so that every DuckDB since 1.0 reads it."""
    described = connection.execute(f"describe from {selected}").fetchall()
    types = {identifier(name): kind for name, kind, *_ in described}
    if any(map(is_nested, types.values())):
        connection.execute(f"create table {table} as from {_with_fillers(selected, types)}")
        plain = [f"{name} is null" for name, kind in types.items() if not is_nested(kind)]
        connection.execute(f"delete from {table} where {' and '.join(plain)}")
    else:
        connection.execute(f"create table {table} as from {selected}")


def _with_fillers(selected: str, types: dict[str, str]) -> str:
    """The rows in their order, with a filler before each ROWS_PER_FILLER of them and at the end."""
    values = ", ".join(
        f"case when is_filler then {filler(kind)} else {name} end as {name}"
        for name, kind in types.items()
    )
    is_first = f"row_number() over () % {ROWS_PER_FILLER} = 1"
    copies = f"unnest(case when {is_first} then [true, false] else [false] end) as is_filler"
    last = ", ".join(map(filler, types.values()))
    return f"(select {values} from (select *, {copies} from {selected}) union all select {last})"


def _describe(connection: duckdb.DuckDBPyConnection, mart: Mart, table: str) -> None:
    """Carry the descriptions along, so that a reader's tool shows them."""
    connection.execute(f"comment on table {table} is {literal(mart.description)}")
    present = {row[0] for row in connection.execute(f"describe {table}").fetchall()}
    for column in mart.columns:
        if column.name in present:
            name = f"{table}.{identifier(column.name)}"
            connection.execute(f"comment on column {name} is {literal(column.description)}")


def _compare(written: Fingerprints, found: tuple[Fingerprints, Fingerprints]) -> None:
    for kind, fingerprints in zip(("table", "Parquet file"), found, strict=True):
        for name, expected in written.items():
            if fingerprints.get(name) != expected:
                raise RuntimeError(f"the published {kind} {name} does not read back as written")
