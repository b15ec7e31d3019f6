"""Landing on a real warehouse: once per content, nothing lost, refused files kept apart."""

from __future__ import annotations

import gzip
import io
import logging
import shutil
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import fsspec
import pytest
from dlt.pipeline.exceptions import PipelineStepFailed
from fsspec.spec import AbstractFileSystem

from pipelines.discover import Exports, ExportsNotFoundError
from pipelines.landing import land_rows
from pipelines.sources.exchange_rates import EXPORTS
from tests.pipelines.landed import Night
from tests.pipelines.nobody import as_nobody, public_folder

DAYS = EXPORTS[0]
RATES = "eurofxref-hist.csv"
HEADER = "Date,USD,SEK,\n"
JUNE = HEADER + "2026-06-02,1.0850,11.05,\n2026-06-01,1.0800,11.00,\n"
HURT = JUNE.replace("1.0850", "one")


def test_every_declared_table_exists_also_when_nothing_came(night: Night) -> None:
    tables = {
        f"{schema}.{table}"
        for schema, table in night.query("select schema_name, table_name from duckdb_tables()")
    }
    assert {"raw_shopify.order_lines", "raw_web.ga4_events", "raw_mapped.order_lines"} <= tables
    assert night.query("select count(*) from raw_shopify.order_lines") == [(0,)]


def test_a_table_without_news_gets_the_columns_of_a_newer_declaration(tmp_path: Path) -> None:
    warehouse = tmp_path / "customer360.duckdb"
    for columns in (DAYS.columns[:-1], DAYS.columns):
        workspace = tmp_path / str(len(columns))
        workspace.mkdir()
        list(land_rows([], [replace(DAYS, columns=columns)], warehouse, workspace))

    with duckdb.connect(str(warehouse)) as connection:
        found = connection.execute("describe raw_exchange_rates.days").fetchall()
    assert {name for name, *_ in found} >= {column.name for column in DAYS.columns}


def test_the_same_content_lands_once_whatever_its_name_time_or_packing(night: Night) -> None:
    night.write(f"exchange_rates/{RATES}", JUNE)
    night.land()
    rows = night.query("select * from raw_exchange_rates.days order by all")
    ledger = night.query("select * from raw_operations.load_files order by all")

    night.write(f"exchange_rates/2026-06-03/again-{RATES}", JUNE)
    night.write(f"exchange_rates/2026-06-04/{RATES}.gz", gzip.compress(JUNE.encode()))
    with zipfile.ZipFile(night.exports / "exchange_rates" / "rates.zip", "w") as archive:
        archive.writestr(RATES, JUNE)
    again = night.land()

    assert [file.status for file in again] == ["known"] * 4
    assert night.query("select * from raw_exchange_rates.days order by all") == rows
    assert night.query("select * from raw_operations.load_files order by all") == ledger


def test_two_copies_in_one_night_land_once(night: Night) -> None:
    night.write(f"exchange_rates/a-{RATES}", JUNE)
    night.write(f"exchange_rates/b-{RATES}", JUNE)

    assert [file.status for file in night.land()] == ["landed", "known"]
    assert night.query("select count(*) from raw_exchange_rates.days") == [(2,)]


def test_of_copies_read_at_once_the_first_by_path_lands(night: Night) -> None:
    for day in range(10, 20):
        night.write(f"exchange_rates/2026-06-{day}/{RATES}", JUNE)

    files = night.land()

    assert [file.status for file in files] == ["landed"] + ["known"] * 9
    exported_at = "select distinct cast(_exported_at as varchar) from raw_exchange_rates.days"
    assert night.query(exported_at) == [("2026-06-10 00:00:00",)]


def test_of_equal_members_of_a_zip_those_land_that_their_names_tell_apart(night: Night) -> None:
    event = '{"id": "1", "time": 1780000000}\n'
    with zipfile.ZipFile(night.write("braze/events.zip", b""), "w") as archive:
        for kind, folder in (("Open", ""), ("Click", ""), ("Open", "copy/")):
            archive.writestr(f"{folder}users.messages.email.{kind}.jsonl", event)

    assert [file.status for file in night.land()] == ["landed", "landed", "known"]
    assert night.query("select event_type from raw_braze.events order by all") == [
        ("users.messages.email.Click",),
        ("users.messages.email.Open",),
    ]
    assert [file.status for file in night.land()] == ["known"] * 3


def test_a_row_says_its_file_line_account_time_and_run(night: Night) -> None:
    night.write(f"exchange_rates/frankfurt/2026-06-03/{RATES}", JUNE)
    night.land()

    found = night.query(
        "select _line, _account, _exported_at, _run_id, path, days._file_id = files.file_id "
        "from raw_exchange_rates.days, raw_operations.load_files as files order by _line"
    )

    path = f"exchange_rates/frankfurt/2026-06-03/{RATES}"
    assert found == [
        (line, "frankfurt", datetime(2026, 6, 3), "run-1", path, True) for line in (2, 3)
    ]


def test_a_bucket_of_a_vendor_dates_its_files_and_names_no_account(night: Night) -> None:
    night.write(f"exchange_rates/kind=daily/date=2026-06-03-17/version=6/{RATES}", JUNE)
    night.write(f"exchange_rates/bank/date=2026-06-04/{RATES}", JUNE.replace("1.0850", "1.0860"))
    night.land()

    found = night.query(
        "select distinct _account, _exported_at from raw_exchange_rates.days order by all"
    )
    assert found == [("bank", datetime(2026, 6, 4)), ("default", datetime(2026, 6, 3, 17))]


def test_rejects_are_kept_with_their_place_and_a_mended_file_lands_beside(night: Night) -> None:
    night.write(f"exchange_rates/2026-06-03/{RATES}", HURT)
    hurt = night.land()
    night.write(f"exchange_rates/2026-06-03/{RATES}", JUNE)
    night.land()

    assert [(f.landed_row_count, f.rejected_row_count) for f in hurt] == [(1, 1)]
    assert night.query("select line, column_name, reason from raw_operations.load_rejects") == [
        (2, "usd", "is not a number")
    ]
    assert night.query(
        "select count(*), count(distinct _file_id) from raw_exchange_rates.days"
    ) == [(3, 2)]
    unaccounted = night.query(
        "select file_row_count - landed_row_count - rejected_row_count - skipped_row_count "
        "from raw_operations.load_files"
    )
    assert unaccounted == [(0,), (0,)]


def test_a_refused_file_is_told_each_night_and_written_down_once(night: Night) -> None:
    night.write("marketo/leads.csv", 'id,email\n1,"a"b\n')
    night.write("nobody/file.csv", "a,b\n1,2\n")
    night.write("stray.csv", "a,b\n1,2\n")
    first, second = night.land(), night.land()

    assert [file.status for file in first] == [file.status for file in second] == ["refused"] * 3
    assert [file.is_new for file in second] == [False] * 3
    reasons = dict(night.query("select path, reason from raw_operations.load_files"))
    assert len(reasons) == 3
    assert "broken quoting on line 2" in reasons["marketo/leads.csv"]
    assert "lies in no vendor's folder" in reasons["nobody/file.csv"]
    assert night.query("select count(*) from raw_operations.load_files") == [(3,)]


def test_a_damaged_zip_heals_when_it_is_sent_again(night: Night) -> None:
    path = night.exports / "exchange_rates" / "rates.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(RATES, JUNE)
        archive.writestr(f"older-{RATES}", HEADER + "2026-05-29,1.0700,10.90,\n")
    whole = path.read_bytes()
    second = whole.index(b"PK\x03\x04", 4)
    path.write_bytes(whole[: second + 70] + b"\x00\xff\x00" + whole[second + 73 :])

    assert [file.status for file in night.land()] == ["landed", "refused"]
    path.write_bytes(whole)
    assert [file.status for file in night.land()] == ["known", "landed"]
    assert len(night.rate_days()) == 3


def test_a_mapped_file_lands_as_every_kind_it_is_mapped_to(night: Night) -> None:
    night.write(
        "exports.yml",
        """
mapped:
  - shop: corner
    kind: order_lines
    files: ["till/*.csv"]
    columns: {order_id: Ticket, ordered_at: Time, sku: Item, quantity: Qty, unit_price: Price,
              email: Mail}
    constants: {currency_code: EUR}
  - shop: corner
    kind: customers
    files: ["till/*.csv"]
    columns: {email: Mail}
""",
    )
    night.write(
        "till/june.csv",
        "Ticket,Time,Item,Qty,Price,Mail\nT1,2026-06-01 10:00,tea,2,3.50,ada@example.com\n",
    )

    assert [file.export_name for file in night.land()] == ["order_lines", "customers"]
    assert night.query("select shop, order_id, unit_price from raw_mapped.order_lines")[0][:2] == (
        "corner",
        "T1",
    )
    assert night.query("select email from raw_mapped.customers") == [("ada@example.com",)]


def test_exports_are_read_from_an_object_store_too(night: Night) -> None:
    store = fsspec.filesystem("memory")
    store.pipe(f"/bucket/exports/exchange_rates/2026-06-03/{RATES}", JUNE.encode())

    files = night.land("memory://bucket/exports")

    assert [(file.path, file.landed_row_count) for file in files] == [
        (f"exchange_rates/2026-06-03/{RATES}", 2)
    ]
    store.rm("/bucket", recursive=True)


def test_what_dlt_quotes_of_rows_reaches_no_log(night: Night) -> None:
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    night.write(f"exchange_rates/{RATES}", JUNE)
    with duckdb.connect(str(night.warehouse)) as connection:
        connection.execute("alter table raw_exchange_rates.days alter sek type decimal(3, 2)")

    logging.getLogger("dlt").addHandler(handler)
    with pytest.raises(PipelineStepFailed, match=r"11\.05"):
        night.land()
    logging.getLogger("dlt").removeHandler(handler)

    assert said.getvalue() == ""
    shutil.rmtree(night.workspace)


def test_a_folder_that_may_not_be_read_stops_the_run_instead_of_being_empty() -> None:
    with public_folder() as folder:
        (folder / "shopify").mkdir(mode=0)
        exports = Exports(str(folder))

        with as_nobody(), pytest.raises(PermissionError, match="shopify"):
            exports.files()


class Locked(AbstractFileSystem):  # type: ignore[misc]
    """A store whose library has an error of its own for missing credentials."""

    protocol = "locked"

    def isdir(self, path: str) -> bool:
        raise ArithmeticError(path)


fsspec.register_implementation("locked", Locked)


@pytest.mark.parametrize(
    "address", ["/no/such/folder", "nosuch://key:secret@bucket/exports", "locked://bucket/exports"]
)
def test_an_address_without_exports_is_told(night: Night, address: str) -> None:
    with pytest.raises(ExportsNotFoundError, match=address.split(":", maxsplit=1)[0]) as told:
        night.land(address)
    assert "secret" not in str(told.value)
    night.workspace.rmdir()
