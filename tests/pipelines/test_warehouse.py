"""Nights are private until they are kept, and kept by one rename."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest

from pipelines import warehouse
from pipelines.errors import ActionableError, NoNightError, WarehouseBusyError
from pipelines.warehouse import Night

CRASH_AFTER_COMMIT = """
import os, sys, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("checkpoint")
connection.execute("insert into raw_a.t values (99)")
os._exit(9)
"""

WRITE_AND_WAIT = """
import sys, time, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
time.sleep(60)
"""


def rows(database: Path) -> list[int]:
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute("select v from raw_a.t order by v").fetchall()
    return [v for (v,) in found]


def insert(database: Path, value: int) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema if not exists raw_a")
        connection.execute("create table if not exists raw_a.t (v integer)")
        connection.execute("insert into raw_a.t values (?)", [value])


def one_night(root: Path, value: int) -> Night:
    night = warehouse.begin(root, f"night-{value}")
    insert(night.database, value)
    night.published.parent.mkdir()
    night.published.write_text(str(value))
    return warehouse.keep(night)


def test_each_night_starts_from_the_night_before(tmp_path: Path) -> None:
    one_night(tmp_path, 1)
    one_night(tmp_path, 2)

    assert rows(tmp_path / "build" / "customer360.duckdb") == [1, 2]
    assert (tmp_path / "published" / "marts.duckdb").read_text() == "2"


def test_a_night_under_way_changes_nothing_that_readers_see(tmp_path: Path) -> None:
    one_night(tmp_path, 1)

    insert(warehouse.begin(tmp_path, "night-2").database, 2)

    assert rows(tmp_path / "build" / "customer360.duckdb") == [1]


def test_what_a_killed_night_left_is_cleared_at_the_next_start(tmp_path: Path) -> None:
    killed = warehouse.begin(tmp_path, "night-1")
    insert(killed.database, 1)

    night = warehouse.begin(tmp_path, "night-2")

    assert not killed.folder.exists()
    assert not night.database.exists()


def test_three_nights_are_kept_and_the_oldest_goes(tmp_path: Path) -> None:
    for value in range(5):
        one_night(tmp_path, value)

    assert warehouse.kept_names(tmp_path) == ["night-4", "night-3", "night-2"]
    assert [night.run_id for night in warehouse.lineage(tmp_path)] == [
        "night-4",
        "night-3",
        "night-2",
    ]


def test_a_night_after_a_rollback_forgets_the_night_rolled_back(tmp_path: Path) -> None:
    for value in range(3):
        one_night(tmp_path, value)
    warehouse.make_current(warehouse.night_named(tmp_path, "night-1"))

    one_night(tmp_path, 3)

    assert rows(tmp_path / "build" / "customer360.duckdb") == [0, 1, 3]
    assert warehouse.kept_names(tmp_path) == ["night-3", "night-1", "night-0"]


def test_a_night_that_is_not_kept_is_named_with_those_that_are(tmp_path: Path) -> None:
    one_night(tmp_path, 1)

    with pytest.raises(NoNightError, match="kept: night-1"):
        warehouse.night_named(tmp_path, "night-0")


def test_a_copy_takes_the_log_of_an_interrupted_writer_along(tmp_path: Path) -> None:
    kept = one_night(tmp_path, 1)
    subprocess.run([sys.executable, "-c", CRASH_AFTER_COMMIT, str(kept.database)], check=False)
    assert kept.database.with_name("customer360.duckdb.wal").exists()

    night = warehouse.begin(tmp_path, "night-2")

    assert rows(night.database) == [1, 99]


def test_a_program_that_writes_to_the_warehouse_is_named(tmp_path: Path) -> None:
    kept = one_night(tmp_path, 1)
    command = [sys.executable, "-c", WRITE_AND_WAIT, str(kept.database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(WarehouseBusyError, match=f"process {writer.pid} is writing"):
            warehouse.begin(tmp_path, "night-2")
        writer.kill()


def test_a_night_with_an_open_writer_is_not_kept(tmp_path: Path) -> None:
    night = warehouse.begin(tmp_path, "night-1")
    with duckdb.connect(str(night.database)) as connection:
        connection.execute("create table t as select 1 as v")
        connection.execute("insert into t values (2)")
        with pytest.raises(RuntimeError, match="write-ahead log"):
            warehouse.keep(night)


def test_a_landing_shares_the_published_files_of_the_night_before(tmp_path: Path) -> None:
    before = one_night(tmp_path, 1)
    night = warehouse.begin(tmp_path, "night-2")
    insert(night.database, 2)

    warehouse.share_published(night)
    kept = warehouse.keep(night)

    assert kept.published.read_text() == "1"
    assert kept.published.stat().st_ino == before.published.stat().st_ino


def test_the_working_copy_has_the_same_path_every_night(tmp_path: Path) -> None:
    first = warehouse.begin(tmp_path, "night-1")
    insert(first.tonight / warehouse.DATABASE, 1)
    kept = warehouse.keep(first)
    second = warehouse.begin(tmp_path, "night-2")

    assert rows(kept.database) == [1]
    assert second.tonight == first.tonight


def test_a_folder_in_the_place_of_a_link_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()

    with pytest.raises(FileExistsError, match="move it away"):
        warehouse.begin(tmp_path, "night-1")


def test_runs_are_named_in_utc_to_the_millisecond() -> None:
    summer = timezone(timedelta(hours=2))

    assert warehouse.run_id_at(datetime(2026, 3, 1, 2, 30, tzinfo=summer)) == "20260301T003000000Z"
    assert warehouse.run_id_at(datetime(2026, 3, 1, 0, 30, 0, 1999, UTC)) == "20260301T003000001Z"


def test_a_path_that_dlt_cannot_load_through_is_refused_before_anything_is_read(
    tmp_path: Path,
) -> None:
    with pytest.raises(ActionableError, match="Ann's shop has an apostrophe in its path"):
        warehouse.begin(tmp_path / "Ann's shop", "night-1")
