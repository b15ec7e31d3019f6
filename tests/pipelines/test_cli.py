"""The command line: one exit code per outcome, errors in one sentence, no traceback."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines import runs, warehouse
from pipelines.lock import night_lock
from pipelines.runs import Run

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


def c360(*arguments: object, folder: Path = ROOT) -> Done:
    command = [sys.executable, "-c", "from pipelines.cli import main; main()"]
    environment = {**os.environ, "COLUMNS": "120", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def keep_night(root: Path, run_id: str) -> None:
    night = warehouse.begin(root, run_id)
    with duckdb.connect(str(night.database)) as connection:
        connection.execute("create schema if not exists raw_operations")
        connection.execute(
            "create or replace table raw_operations.load_files as "
            "select 'f1' as file_id, 'shop/orders.csv' as path, 'landed' as status, "
            "timestamp '2026-03-01' as landed_at"
        )
        connection.execute(
            "create or replace table raw_operations.load_rejects as select 'f1' as file_id, "
            "3 as line, 'total' as column_name, 'is not an amount' as reason, 'ada,x' as text"
        )
        connection.execute("create schema if not exists marts")
        connection.execute(
            "create or replace table marts.customer_identifiers as select * from (values "
            "('ada', 'order_id:1', 'order_id', '1', 'own', 'o', null, timestamp '2026-01-02'), "
            "('ada', 'order_id:1', 'email', 'ada@example.com', 'shared', 'e', null, "
            "timestamp '2026-01-02'), "
            "('ada', 'order_id:1', 'phone', '+4930', 'nameless', null, null, "
            "timestamp '2026-01-02'), "
            "('ada', 'lead_id:5', 'email', 'ada@example.com', 'shared', 'e', null, null), "
            "('ada', 'lead_id:5', 'person_match', 'm', 'probabilistic', 'p', 0.9954, null), "
            "('ida', 'recipient_id:+4930', 'recipient_id', '+4930', 'own', 'r', null, null)) "
            "as listed (customer_id, source_record_id, identifier_type, identifier, link_reason, "
            "link_id, link_probability, first_seen_at)"
        )
        connection.execute(
            "create or replace table marts.identity_changes as select * from (values "
            "(date '2026-03-02', 2, 'merge', 'eda', 'ada', 1, 'email', 'ada@example.com', "
            "'shared')) as listed (changed_on, night_number, change_kind, former_customer_id, "
            "customer_id, record_count, identifier_type, identifier, link_reason)"
        )
    night.published.parent.mkdir()
    night.published.touch()
    warehouse.keep(night)
    runs.record(root, Run(run_id, "published", "exports", datetime.now(UTC)))


def test_help_shows_examples_and_exit_codes() -> None:
    done = c360("--help")

    assert done.code == 0
    for part in ("c360 nightly --exports demo/exports", "75  another run holds", "doctor"):
        assert part in done.out


@pytest.mark.parametrize("arguments", [["--nonsense"], ["nightly", "--as-of", "yesterday"]])
def test_wrong_use_ends_with_two(arguments: list[str]) -> None:
    done = c360(*arguments)

    assert done.code == 2
    assert "Traceback" not in done.err


def test_a_night_beside_another_one_leaves_with_75(tmp_path: Path) -> None:
    with night_lock(tmp_path):
        done = c360("nightly", "--exports", tmp_path, "--warehouse", tmp_path)

    assert done.code == 75
    assert f"c360: another run (process {os.getpid()}) holds the warehouse" in done.err


def test_exports_that_are_not_there_end_with_one_sentence(tmp_path: Path) -> None:
    done = c360("nightly", "--exports", tmp_path / "none", "--warehouse", tmp_path / "warehouse")

    assert done.code == 1
    assert "is not a folder with exports" in done.err
    assert "Traceback" not in done.err
    assert "failed" in c360("status", "--warehouse", tmp_path / "warehouse").out


def test_status_of_a_fresh_warehouse_is_nothing(tmp_path: Path) -> None:
    done = c360("status", "--warehouse", tmp_path)

    assert done.code == 0
    assert "Published: nothing yet" in done.out
    assert "Under way: nothing" in done.out


def test_rollback_goes_to_the_night_before_and_back(tmp_path: Path) -> None:
    for run_id in ("night-1", "night-2"):
        keep_night(tmp_path, run_id)

    back = c360("rollback", "--warehouse", tmp_path)

    assert (back.code, back.out) == (0, "Readers now see night-1; night-2 was rolled back\n")
    assert "rolled back" in c360("status", "--warehouse", tmp_path).out
    assert c360("rollback", "--warehouse", tmp_path, "--to", "night-2").code == 0
    assert "Published: night-2" in c360("status", "--warehouse", tmp_path).out


def test_rollback_without_an_earlier_night_says_so(tmp_path: Path) -> None:
    assert "nothing is published" in c360("rollback", "--warehouse", tmp_path).err
    keep_night(tmp_path, "night-1")

    done = c360("rollback", "--warehouse", tmp_path)

    assert done.code == 1
    assert done.err.strip() == f"c360: no earlier night than night-1 is kept in {tmp_path}"


def test_marts_of_spark_need_a_landing_before_them(tmp_path: Path) -> None:
    done = c360("publish-spark", tmp_path / "tables", "--warehouse", tmp_path)

    assert done.code == 1
    assert done.err.strip() == f"c360: nothing has landed in {tmp_path} yet; run c360 land"


def test_rejects_are_counted_and_their_text_is_shown_only_when_asked_for(tmp_path: Path) -> None:
    keep_night(tmp_path, "night-1")

    counted = c360("rejects", "--warehouse", tmp_path).out
    shown = c360("rejects", "--warehouse", tmp_path, "--show-text").out

    assert "shop/orders.csv" in counted
    assert "is not an amount" in counted
    assert "ada" not in counted
    assert "ada,x" in shown


def test_rejects_of_a_file_that_was_exported_again_are_closed(tmp_path: Path) -> None:
    keep_night(tmp_path, "night-1")
    with duckdb.connect(str(tmp_path / "build" / "customer360.duckdb")) as connection:
        connection.execute(
            "insert into raw_operations.load_files "
            "values ('f2', 'shop/orders.csv', 'landed', '2026-03-02')"
        )

    assert "No row of any file is waiting" in c360("rejects", "--warehouse", tmp_path).out


def test_a_customer_is_explained_without_contacts_unless_asked_for(tmp_path: Path) -> None:
    keep_night(tmp_path, "night-1")

    told = c360("explain", "ada", "--warehouse", tmp_path).out
    lone = c360("explain", "ida", "--warehouse", tmp_path).out
    shown = c360("explain", "ada", "--warehouse", tmp_path, "--show-contacts").out

    assert [line.split() for line in told.splitlines()[1:7]] == [
        ["2026-01-02", "00:00", "order_id:1", "email", "#3e3417d7", "shared", "1"],
        ["2026-01-02", "00:00", "order_id:1", "phone", "#b3314709", "nameless", "0"],
        ["lead_id:5", "email", "#3e3417d7", "shared", "1"],
        ["lead_id:5", "person_match", "m", "probabilistic", "0.9954", "0"],
        ["2", "records"],
        [],
    ]
    assert "+4930" not in lone
    assert "ada@example.com" in shown


def test_a_customer_s_merges_are_told_without_contacts_unless_asked_for(tmp_path: Path) -> None:
    keep_night(tmp_path, "night-1")

    told = c360("explain", "ada", "--warehouse", tmp_path).out
    shown = c360("explain", "ada", "--warehouse", tmp_path, "--show-contacts").out

    merge = ["2026-03-02", "merge", "eda", "ada", "1", "email", "#3e3417d7", "shared"]
    assert told.splitlines()[-1].split() == merge
    assert "ada@example.com" in shown.splitlines()[-1]
    assert "merge" not in c360("explain", "ida", "--warehouse", tmp_path).out


def test_nobody_is_explained_with_a_sentence(tmp_path: Path) -> None:
    keep_night(tmp_path, "night-1")

    done = c360("explain", "eva", "--warehouse", tmp_path)
    merged = c360("explain", "eda", "--warehouse", tmp_path)

    assert done.code == merged.code == 1
    assert done.err.startswith("c360: no customer eva; ")
    assert "no customer eda since 2026-03-02; explain ada, whose" in merged.err


def test_a_place_that_cannot_be_written_ends_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "warehouse").write_text("not a folder")

    done = c360("nightly", "--exports", tmp_path, "--warehouse", tmp_path / "warehouse" / "w")

    assert done.code == 1
    assert done.err.startswith("c360: ")
    assert "Traceback" not in done.err


def test_doctor_finds_what_is_missing_and_says_how_to_mend_it(tmp_path: Path) -> None:
    done = c360("doctor", "--exports", tmp_path / "none", "--warehouse", tmp_path)

    assert done.code == 1
    assert "bad Exports: " in done.out
    assert "give the folder with --exports" in done.out
    assert "ok  dbt project" in done.out


def test_doctor_is_content_with_a_ready_folder(tmp_path: Path) -> None:
    (tmp_path / "exports" / "shopify").mkdir(parents=True)
    (tmp_path / "exports" / "shopify" / "orders_export_1.csv").write_text("Name\n")

    done = c360("doctor", "--exports", tmp_path / "exports", "--warehouse", tmp_path / "warehouse")

    assert "ok  Exports: 1 files" in done.out
    assert "ok  Disk space" in done.out
    assert "ok  Lock" in done.out


def test_a_command_works_from_any_folder_of_a_checkout(tmp_path: Path) -> None:
    assert c360("doctor", "--warehouse", tmp_path, folder=tmp_path).code == 1
