"""What readers open holds the marts, no raw contact, and stays whole while nights go by."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines import warehouse
from pipelines.errors import ActionableError
from pipelines.marts import Mart, MartColumn, declared_marts
from pipelines.progress import Progress
from pipelines.publish import PublishedMart, publish, salt
from pipelines.warehouse import Night

PEOPLE = Mart(
    schema="marts",
    name="people",
    description="One row per person's record.",
    columns=(
        MartColumn("person_id", "The person's id.", "plain"),
        MartColumn("email", "Where to write to.", "hashed"),
        MartColumn("note", "What a clerk typed.", "plain"),
        MartColumn("secret", "Nobody's business.", "dropped"),
    ),
)
VISITS = Mart(schema="marts", name="visits", description="One row per visit.", columns=())

BUILD = """
create schema marts;
create schema raw_shop;
create table raw_shop.people as select 'ada@example.com' as email;
create table marts.people as
select 1 as person_id, 'ada@example.com' as email, 'wrote to Bob.B@example.org' as note,
    'hush' as secret, 12.50::decimal(18, 2) as paid_amount, ['b@example.com', 'x'] as tags
union all
select 2, null, 'has no address', 'hush', null, null;
create view marts.visits as
select 'https://shop.example/?mail=ada%40example.com&utm=x' as page_url, 7 as visit_count;
"""

HOLD_OPEN = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(connection.execute("select note from people order by person_id").fetchall(), flush=True)
"""


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return built_night(tmp_path, "night-1")


def built_night(tmp_path: Path, run_id: str) -> Night:
    night = warehouse.begin(tmp_path / "warehouse", run_id)
    with duckdb.connect(str(night.database)) as connection:
        connection.execute("drop schema if exists marts cascade")
        connection.execute("drop schema if exists raw_shop cascade")
        connection.execute(BUILD)
    return night


def read(night: Night, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(night.published), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_marts_are_published_with_views_as_tables_and_nothing_else(night: Night) -> None:
    published = publish(night, [PEOPLE, VISITS], Progress())

    assert published == (PublishedMart("people", 2), PublishedMart("visits", 1))
    names = "select table_schema, table_name, table_type from information_schema.tables order by 2"
    assert read(night, names) == [
        ("main", "people", "BASE TABLE"),
        ("main", "visits", "BASE TABLE"),
    ]
    assert not night.published.with_name("marts.duckdb.wal").exists()


def test_the_same_query_works_in_the_build_and_in_the_published_file(night: Night) -> None:
    publish(night, [PEOPLE], Progress())

    assert read(night, "select count(*) from marts.people") == [(2,)]
    assert read(night, "select count(*) from people") == [(2,)]


def test_contacts_leave_as_hashes_and_nowhere_as_themselves(night: Night) -> None:
    publish(night, [PEOPLE, VISITS], Progress())

    assert read(night, "select length(email), tags[2:] from people order by person_id") == [
        (64, ["x"]),
        (None, None),
    ]
    written, clerk = r"https://shop\.example/\?mail=[0-9a-f]{16}&utm=x", "wrote to [0-9a-f]{16}"
    assert read(night, f"select regexp_full_match(page_url, '{written}') from visits") == [(True,)]
    assert read(night, f"select note from people where regexp_full_match(note, '{clerk}')")
    for file in night.published.parent.rglob("*.*"):
        if file.is_file():
            assert b"ada@" not in file.read_bytes()
            assert b"hush" not in file.read_bytes()


def test_a_person_has_the_same_hash_every_night_and_another_in_another_warehouse(
    tmp_path: Path,
) -> None:
    hashes = []
    for folder, run_id in (("a", "night-1"), ("a", "night-2"), ("b", "night-1")):
        night = built_night(tmp_path / folder, run_id)
        publish(night, [PEOPLE], Progress())
        hashes.append(read(night, "select email from people where person_id = 1"))
        warehouse.keep(night)

    assert hashes[0] == hashes[1]
    assert hashes[0] != hashes[2]


def test_a_contact_is_hashed_by_its_name_when_the_model_forgot_its_tag(night: Night) -> None:
    publish(night, [Mart("marts", "people", "One row per person.", ())], Progress())

    assert read(night, "select length(email), secret from people order by person_id") == [
        (64, "hush"),
        (None, "hush"),
    ]


def test_texts_with_an_address_stay_apart_and_equal_ones_equal(night: Night) -> None:
    texts = "select unnest(['a:x@example.com', 'a:y@example.com', 'a:x@example.com']) as v"
    with duckdb.connect(str(night.database)) as connection:
        connection.execute(f"create table marts.ids as {texts}")

    publish(night, [Mart("marts", "ids", "One row per id.", ())], Progress())

    assert read(night, "select count(distinct v) from ids") == [(2,)]


def test_lists_and_maps_leave_as_carefully_as_texts(night: Night) -> None:
    columns = (MartColumn("user_ids", "Logins.", "hashed"), MartColumn("user_id", "One.", "hashed"))
    with duckdb.connect(str(night.database)) as connection:
        connection.execute(
            "create table marts.kept as select ['ada@example.com', '7'] as user_ids, "
            "'ada@example.com' as user_id, map(['Tea', 'ada@example.com'], [1, 2]) as counts, "
            "cast(null as map(varchar, integer)) as no_counts"
        )

    publish(night, [Mart("marts", "kept", "One row.", columns)], Progress())

    found = "user_ids[1] = user_id, len(user_ids), counts['Tea'], map_values(counts), no_counts"
    assert read(night, f"select {found} from kept") == [(True, 2, 1, [1, 2], None)]
    assert read(night, "select contains(cast(counts as varchar), 'ada@') from kept") == [(False,)]


LISTS_OF_NOBODY = """
create table marts.kept as
select
    range as row_id,
    cast(null as varchar[]) as no_ids,
    if(range = 7, [], null) as empty_ids,
    if(range < 7, ['x'], null) as few_ids,
    cast(null as map(varchar, date)) as no_dates
from range(130000)
"""
# The parts of a column as DuckDB stores them: elements of a list, keys and values of a map
STORED_PARTS = """
select row_group_id, column_name, count(distinct column_path) filter (where count > 0)
from pragma_storage_info('kept') where column_name <> 'row_id' group by all order by all
"""


def test_every_row_group_stores_elements_of_lists_that_nobody_has(night: Night) -> None:
    """DuckDB 1.0 cannot read a list column without; tests/read_published.py tries it."""
    with duckdb.connect(str(night.database)) as connection:
        connection.execute(LISTS_OF_NOBODY)
        built = connection.execute("from marts.kept").fetchall()

    published = publish(night, [Mart("marts", "kept", "One row.", ())], Progress())

    assert published == (PublishedMart("kept", 130_000),)
    assert read(night, "from kept") == built
    assert read(night, STORED_PARTS) == [
        (row_group, column, parts)
        for row_group in (0, 1)
        for column, parts in (("empty_ids", 4), ("few_ids", 4), ("no_dates", 7), ("no_ids", 4))
    ]


def test_a_table_of_lists_without_a_row_is_published(night: Night) -> None:
    with duckdb.connect(str(night.database)) as connection:
        connection.execute("create table marts.kept (row_id integer, ids varchar[])")

    publish(night, [Mart("marts", "kept", "One row.", ())], Progress())

    assert read(night, "from kept") == []


def test_the_salt_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = salt(tmp_path)

    assert salt(tmp_path) == first
    assert (tmp_path / "salt").stat().st_mode & 0o777 == 0o600


def test_parquet_holds_the_rows_of_the_file(night: Night) -> None:
    publish(night, [PEOPLE, VISITS], Progress())

    parquet = night.published.parent / "parquet"
    assert sorted(path.name for path in parquet.iterdir()) == ["people.parquet", "visits.parquet"]
    rows = read(night, f"from read_parquet('{parquet}/people.parquet') order by 1")
    assert rows == read(night, "from people order by 1")


def test_descriptions_travel_with_the_tables(night: Night) -> None:
    publish(night, [PEOPLE], Progress())

    assert read(night, "select comment from duckdb_tables()") == [("One row per person's record.",)]
    query = "select comment from duckdb_columns() where column_name = 'email'"
    assert read(night, query) == [("Where to write to.",)]


def test_a_column_that_reads_back_otherwise_stops_the_night(night: Night) -> None:
    """Parquet knows no hugeint: the value comes back rounded, and is not let pass."""
    with duckdb.connect(str(night.database)) as connection:
        connection.execute("create table marts.sums as select 9007199254740993::hugeint as total")
    sums = Mart("marts", "sums", "One row.", ())

    with pytest.raises(RuntimeError, match="Parquet file sums does not read back"):
        publish(night, [sums], Progress())


def test_a_project_without_marts_publishes_nothing(night: Night) -> None:
    with pytest.raises(ActionableError, match="no mart"):
        publish(night, [], Progress())


def test_a_reader_keeps_its_file_through_twenty_nights(tmp_path: Path) -> None:
    root = tmp_path / "warehouse"
    night = built_night(tmp_path, "night-00")
    publish(night, [PEOPLE], Progress())
    warehouse.keep(night)
    command = [sys.executable, "-c", HOLD_OPEN, str(root / "published" / "marts.duckdb")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        answers = set()
        for number in range(1, 21):
            night = built_night(tmp_path, f"night-{number:02}")
            with duckdb.connect(str(night.database)) as connection:
                connection.execute("update marts.people set note = ?", [f"night {number}"])
            publish(night, [PEOPLE], Progress())
            warehouse.keep(night)
            print(file=reader.stdin, flush=True)
            answers.add(reader.stdout.readline())
        reader.stdin.close()

    assert len(answers) == 1
    assert "has no address" in answers.pop()
    kept = warehouse.current(root)
    assert kept is not None
    assert read(kept, "select distinct note from people") == [("night 20",)]


def test_the_manifest_says_what_is_a_mart_and_what_is_personal(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"nodes": NODES}))

    assert declared_marts(manifest) == (
        Mart(
            "marts",
            "load_rejects",
            "One row per reject.",
            (
                MartColumn("line_number", "The line.", "plain"),
                MartColumn("rejected_text", "The row.", "dropped"),
                MartColumn("email", "An address.", "hashed"),
                MartColumn("phone", "A number.", "dropped"),
            ),
        ),
    )


def column(name: str, description: str, meta: dict[str, object]) -> dict[str, object]:
    return {"name": name, "description": description, "meta": {}, "config": {"meta": meta}}


NODES = {
    "model.c.load_rejects": {
        "resource_type": "model",
        "fqn": ["c", "marts", "operations", "load_rejects"],
        "schema": "marts",
        "alias": "load_rejects",
        "description": "One row per reject.",
        "columns": {
            "line_number": column("line_number", "The line.", {}),
            "rejected_text": column("rejected_text", "The row.", {}),
            "email": column("email", "An address.", {"personal": True}),
            "phone": column("phone", "A number.", {"personal": "drop"}),
        },
    },
    "model.c.stg_a": {"resource_type": "model", "fqn": ["c", "staging", "a", "stg_a"]},
    "test.c.b": {"resource_type": "test", "fqn": ["c", "marts", "core", "b"]},
}
