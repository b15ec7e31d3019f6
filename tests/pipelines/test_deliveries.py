"""Which of two deliveries is the newer one, and which reading of a content counts."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines.deliveries import Delivery, delivered, natural_order, numbered
from pipelines.discover import Exports
from tests.pipelines.landed import Night

RATES = "eurofxref-hist.csv"
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)

# the newest delivery of each price of a dollar, and which landed rows count
STATES = """
    select usd from raw_exchange_rates.days as days
    inner join raw_operations.deliveries as deliveries on days._file_id = deliveries.file_id
    where not is_superseded
    order by exported_at desc
"""
PRODUCTS = """
    select shop, sku, price from raw_mapped.products as products
    inner join raw_operations.deliveries as deliveries on products._file_id = deliveries.file_id
    where not is_superseded
    group by all
    order by max(exported_at), sku
"""
PRODUCT_MAPPING = """
mapped:
  - shop: {shop}
    kind: products
    files: ["{files}"]
    columns: {{sku: Item{more}}}
"""


def rates(usd: str) -> str:
    return f"Date,USD,SEK,\n2026-06-01,{usd},11.00,\n"


def written_at(path: Path, moment: datetime) -> None:
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def delivery(
    path: str, *, run_id: str = "1", at: datetime = NOON, day: int | None = 30
) -> Delivery:
    stated = datetime(2026, 6, day, tzinfo=UTC) if day else None
    return Delivery(
        path=path,
        vendor="shop",
        account="default",
        sha256=f"hash of {path}",
        stored_sha256=f"hash of {path}",
        reading="declared",
        file_ids=(path,),
        exported_at=stated or at,
        stated_date=stated and stated.date(),
        file_time=at,
        run_id=run_id,
    )


def in_order(*deliveries: Delivery, api: str = "") -> list[str]:
    tables = {api: "raw_shop.api_orders"}
    return [d.path for d in numbered(deliveries, NOON + timedelta(days=30), tables)]


def test_names_are_ordered_as_people_number_them() -> None:
    names = ["x (10).csv", "x (2).csv", "x10.csv", "x.csv", "x9.csv", "x (1).csv", "a/x 2.csv"]
    assert sorted(names, key=natural_order) == [
        "a/x 2.csv",
        "x.csv",
        "x (1).csv",
        "x (2).csv",
        "x (10).csv",
        "x9.csv",
        "x10.csv",
    ]


def test_the_folder_s_day_comes_before_the_file_s_own_time() -> None:
    late = delivery("a", at=NOON + timedelta(days=5), day=29)
    assert in_order(delivery("b", day=30), late) == ["a", "b"]


def test_within_a_day_the_file_s_own_time_decides() -> None:
    evening = delivery("a", at=NOON + timedelta(hours=6))
    assert in_order(evening, delivery("b")) == ["b", "a"]


def test_times_of_a_folder_that_was_copied_say_nothing() -> None:
    copied_first = delivery("x (1).csv", at=NOON)
    copied_then = delivery("x.csv", at=NOON + timedelta(seconds=0.5))
    assert in_order(copied_first, copied_then) == ["x.csv", "x (1).csv"]
    undated = [delivery(d.path, at=d.file_time, day=None) for d in (copied_first, copied_then)]
    assert in_order(*undated) == ["x.csv", "x (1).csv"]


def test_of_one_moment_the_api_s_answer_is_newer_than_a_download() -> None:
    assert in_order(delivery("a.jsonl"), delivery("b.csv"), api="a.jsonl") == ["b.csv", "a.jsonl"]


def test_of_one_moment_what_a_later_run_saw_is_newer() -> None:
    assert in_order(delivery("a", run_id="2"), delivery("b", run_id="1")) == ["b", "a"]


def test_a_day_to_come_is_no_delivery() -> None:
    assert in_order(delivery("a"), delivery("b", day=30)) == ["a", "b"]
    assert numbered([delivery("a", day=30)], datetime(2026, 6, 28, tzinfo=UTC), {}) == []
    assert len(numbered([delivery("a", day=30)], datetime(2026, 6, 29, tzinfo=UTC), {})) == 1


def test_a_file_that_replaces_another_is_never_older() -> None:
    before = delivery("x.csv", day=None)
    restored = Delivery(
        **{
            **vars(delivery("x.csv", run_id="2", at=NOON - timedelta(days=9), day=None)),
            "sha256": "another",
        }
    )
    first, second = delivered([before], [restored])
    assert (first, second.exported_at, second.file_time) == (before, NOON, NOON)


@pytest.mark.parametrize(
    ("place", "stated"),
    [
        ("v/2026-06-30/x.csv", datetime(2026, 6, 30)),
        ("v/date=2026-06-30-17/x.csv", datetime(2026, 6, 30, 17)),
        ("v/2026-06-30T17:05/x.csv", datetime(2026, 6, 30, 17, 5)),
        ("v/2026-06-30T18:05:33/x.csv", datetime(2026, 6, 30, 18, 5, 33)),
        ("v/2026-06-30_18-05-33/x.csv", datetime(2026, 6, 30, 18, 5, 33)),
        ("v/2026-06-30/x_1800.csv", datetime(2026, 6, 30, 18)),
        ("v/2026-06-30/x_1800 (1).csv.gz", datetime(2026, 6, 30, 18)),
        ("v/2026-06-30/x-2026-06-30_18-05-09.csv", datetime(2026, 6, 30, 18, 5, 9)),
        ("v/2026-06-30/20260630T1805-orders.jsonl", datetime(2026, 6, 30, 18, 5)),
        ("v/2026-06-30-08/x_1800.csv", datetime(2026, 6, 30, 8)),
        # a year, two days, another day, a number of a part: no time
        ("v/2026-06-30/report 2026.csv", datetime(2026, 6, 30)),
        ("v/2026-06-30/2026-06-01_2026-06-30.csv", datetime(2026, 6, 30)),
        ("v/2026-06-30/20260601-20260630.csv", datetime(2026, 6, 30)),
        ("v/2026-06-30/x-2026-06-29_1800.csv", datetime(2026, 6, 30)),
        ("v/2026-06-30/orders_export_1.csv", datetime(2026, 6, 30)),
        ("v/2026-06-30/x_9999.csv", datetime(2026, 6, 30)),
        ("v/2026-99-30/x_1800.csv", None),
        ("v/x_1800.csv", None),
    ],
)
def test_folder_and_name_state_when_a_file_was_exported(
    tmp_path: Path, place: str, stated: datetime | None
) -> None:
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).touch()

    [file] = Exports(str(tmp_path)).files()

    assert file.stated_at == (stated and stated.replace(tzinfo=UTC))
    assert file.exported_at == (file.stated_at or file.file_time)
    assert file.account == "default"


def test_a_state_that_returns_is_the_newest(night: Night) -> None:
    for day, usd in ((1, "1.1"), (2, "1.2"), (3, "1.1")):
        night.write(f"exchange_rates/2026-06-0{day}/{RATES}", rates(usd))
        night.land()

    assert night.query("select count(*) from raw_exchange_rates.days") == [(2,)]
    assert [float(usd) for (usd,) in night.query(STATES)] == [1.1, 1.2, 1.1]
    assert night.query(
        "select distinct first_value(exported_at) over (order by exported_at) "
        "from raw_operations.deliveries"
    ) == [(datetime(2026, 6, 1),)]


def test_a_state_that_returns_under_the_same_path_is_the_newest(night: Night) -> None:
    for usd in ("1.1", "1.2", "1.1"):
        night.write(f"exchange_rates/{RATES}", rates(usd))
        night.land()
        night.land()

    assert [float(usd) for (usd,) in night.query(STATES)] == [1.1, 1.2, 1.1]


def test_what_lies_where_it_lay_is_no_new_delivery(night: Night) -> None:
    path = night.write(f"exchange_rates/{RATES}", rates("1.1"))
    night.land()
    before = night.query("from raw_operations.deliveries")
    written_at(path, datetime.now(UTC) + timedelta(days=3))
    night.land()

    assert night.query("from raw_operations.deliveries") == before


def test_a_half_written_file_gives_way_to_the_complete_one(night: Night) -> None:
    for count in (5, 10):
        lines = "".join(f"2026-06-{day:02},1.{count},11.0,\n" for day in range(1, count + 1))
        path = night.write(f"exchange_rates/2026-06-30/{RATES}", f"Date,USD,SEK,\n{lines}")
        written_at(path, NOON)
        night.land()

    assert [float(usd) for (usd,) in night.query(STATES)] == [1.10] * 10 + [1.5] * 5


def test_the_same_bytes_are_the_products_of_both_shops(night: Night) -> None:
    for account in ("berlin", "tokyo"):
        night.write(f"exchange_rates/{account}/{RATES}", rates("1.1"))

    assert [file.status for file in night.land()] == ["landed", "landed"]
    assert [file.status for file in night.land()] == ["known", "known"]
    assert night.query("select distinct _account from raw_exchange_rates.days order by all") == [
        ("berlin",),
        ("tokyo",),
    ]


def test_a_file_moved_to_another_account_lands_there_and_is_warned_of(night: Night) -> None:
    path = night.write(f"exchange_rates/berlin/{RATES}", rates("1.1"))
    night.land()
    (night.exports / "exchange_rates" / "tokyo").mkdir()
    path.rename(night.exports / "exchange_rates" / "tokyo" / RATES)

    [warning] = night.landing().warnings

    assert f"exchange_rates/tokyo/{RATES} holds what landed from exchange_rates/berlin" in warning
    assert night.landing().warnings == ()


def test_a_corrected_mapping_reads_its_files_again(night: Night) -> None:
    mapping = PRODUCT_MAPPING.format(shop="corner", files="till/*.csv", more="")
    night.write("exports.yml", mapping)
    night.write("till/goods.csv", "Item,Price\ntea,3.50\ntotal,9.00\n")
    night.write(f"exchange_rates/{RATES}", rates("1.1"))
    night.land()
    corrected = mapping.replace("sku: Item", "sku: Item, price: Price") + "    totals: ^total\n"
    night.write("exports.yml", corrected)

    landing = night.landing()

    assert [file.status for file in landing.files] == ["known", "landed"]
    assert [w.split(";")[0] for w in landing.warnings] == [
        "read again, as exports.yml or the declared export has changed: till/goods.csv"
    ]
    found = [(shop, sku, float(price)) for shop, sku, price in night.query(PRODUCTS)]
    assert found == [("corner", "tea", 3.5)]
    assert night.query("select count(*) from raw_mapped.products") == [(3,)]
    again = night.landing()
    assert ([file.status for file in again.files], again.warnings) == (["known", "known"], ())


def test_a_second_mapping_lands_beside_what_the_first_landed(night: Night) -> None:
    first = PRODUCT_MAPPING.format(shop="corner", files="till/*.csv", more="")
    night.write("exports.yml", first)
    night.write("till/goods.csv", "Item,Mail\ntea,a@example.com\n")
    night.land()
    second = first + (
        "  - shop: corner\n    kind: customers\n"
        '    files: ["till/*.csv"]\n    columns: {email: Mail}\n'
    )
    night.write("exports.yml", second)

    assert {(f.export_name, f.status) for f in night.land()} == {
        ("products", "known"),
        ("customers", "landed"),
    }
    assert night.query("select count(*) from raw_mapped.products") == [(1,)]
    assert night.query("select count(*) from raw_operations.deliveries where is_superseded") == [
        (0,)
    ]


def test_two_shops_of_one_mapped_folder_both_get_the_same_bytes(night: Night) -> None:
    shops = [PRODUCT_MAPPING.format(shop=s, files=f"till/{s}.csv", more="") for s in ("a", "b")]
    night.write("exports.yml", shops[0] + shops[1].replace("\nmapped:\n", ""))
    for shop in ("a", "b"):
        night.write(f"till/{shop}.csv", "Item\ntea\n")

    assert [file.status for file in night.land()] == ["landed", "landed"]
    assert {shop for shop, *_ in night.query(PRODUCTS)} == {"a", "b"}


def test_a_file_that_is_gone_keeps_its_reading_and_is_told_once(night: Night) -> None:
    mapping = PRODUCT_MAPPING.format(shop="corner", files="till/*.csv", more="")
    night.write("exports.yml", mapping)
    path = night.write("till/goods.csv", "Item,Price\ntea,3.50\n")
    night.land()
    path.unlink()
    night.write("exports.yml", mapping.replace("sku: Item", "sku: Item, price: Price"))

    first, second = night.landing(), night.landing()

    assert [w.split(",")[0] for w in first.warnings] == [
        "exports.yml or the declared export has changed"
    ]
    assert "till/goods.csv" in first.warnings[0]
    assert second.warnings == ()
    assert [sku for _, sku, _ in night.query(PRODUCTS)] == ["tea"]

    night.write("till/goods.csv", "Item,Price\ntea,3.50\n")
    assert [file.status for file in night.land()] == ["landed"]
    assert [float(price) for *_, price in night.query(PRODUCTS)] == [3.5]


def test_a_folder_of_a_day_to_come_is_refused(night: Night) -> None:
    to_come = datetime.now(UTC).date() + timedelta(days=2)
    tomorrow = to_come - timedelta(days=1)
    for day in (to_come, tomorrow, date(2026, 6, 30)):
        night.write(f"exchange_rates/{day}/{RATES}", rates(f"1.{day.day}"))

    refused = [file for file in night.land() if file.status == "refused"]

    assert [file.path for file in refused] == [f"exchange_rates/{to_come}/{RATES}"]
    assert f"a day to come, {to_come}" in str(refused[0].reason)


def test_a_file_that_still_grows_waits_for_the_next_run(night: Night) -> None:
    path = night.write(f"exchange_rates/{RATES}", rates("1.1"))
    quiet = night.write(f"exchange_rates/quiet-{RATES}", rates("1.2"))

    def grow(seconds: float) -> None:
        assert 0 < seconds <= 60
        path.write_text(path.read_text() + "2026-06-02,1.3,11.0,\n")

    landing = night.landing(min_age=60, wait=grow)

    assert {(f.path, f.status) for f in landing.files} == {
        (f"exchange_rates/{RATES}", "waiting"),
        (f"exchange_rates/{quiet.name}", "landed"),
    }
    assert night.query("select count(*) from raw_exchange_rates.days") == [(1,)]
    assert {file.status for file in night.land()} == {"landed", "known"}


def test_what_only_a_name_tells_apart_is_warned_of(night: Night) -> None:
    for name, usd in ((RATES, "1.1"), ("eurofxref-hist (1).csv", "1.2")):
        written_at(night.write(f"exchange_rates/2026-06-30/{name}", rates(usd)), NOON)

    [warning] = night.landing().warnings

    assert f"2026-06-30/{RATES} and exchange_rates/2026-06-30/eurofxref-hist (1).csv" in warning
    assert [float(usd) for (usd,) in night.query(STATES)] == [1.2, 1.1]
    assert night.query(
        "select path, contested_by from raw_operations.deliveries where contested_by is not null"
    ) == [
        (f"exchange_rates/2026-06-30/{RATES}", "exchange_rates/2026-06-30/eurofxref-hist (1).csv")
    ]
    assert night.landing().warnings == ()


def test_of_two_exports_of_a_day_the_later_written_is_newer(night: Night) -> None:
    for name, usd, hour in (("eurofxref-hist (1).csv", "1.1", 9), (RATES, "1.2", 18)):
        path = night.write(f"exchange_rates/2026-06-30/{name}", rates(usd))
        written_at(path, NOON.replace(hour=hour))

    assert night.landing().warnings == ()
    assert [float(usd) for (usd,) in night.query(STATES)] == [1.2, 1.1]


def test_a_warehouse_of_an_earlier_version_keeps_what_is_gone(night: Night) -> None:
    for day, usd in ((1, "1.1"), (2, "1.2")):
        night.write(f"exchange_rates/2026-06-0{day}/{RATES}", rates(usd))
    night.land()
    with duckdb.connect(str(night.warehouse)) as connection:
        connection.execute("drop table raw_operations.deliveries")
        connection.execute(
            "update raw_exchange_rates.days set _file_id = left(sha256, 16) "
            "from raw_operations.load_files as files where _file_id = files.file_id"
        )
        connection.execute("update raw_operations.load_files set file_id = left(sha256, 16)")
        for column in ("reading", "stated_date", "file_time", "dated_by"):
            connection.execute(f"alter table raw_operations.load_files drop column {column}")
    (night.exports / f"exchange_rates/2026-06-02/{RATES}").unlink()

    landing = night.landing()

    assert [(file.path, file.status) for file in landing.files] == [
        (f"exchange_rates/2026-06-01/{RATES}", "landed")
    ]
    assert [w.split(",")[0] for w in landing.warnings] == [
        "read again",
        "exports.yml or the declared export has changed",
    ]
    assert [float(usd) for (usd,) in night.query(STATES)] == [1.2, 1.1]
    assert night.query("select count(*) from raw_exchange_rates.days") == [(3,)]
    assert night.landing().warnings == ()


def test_a_member_of_a_zip_is_what_its_own_name_says(night: Night) -> None:
    click = {"clickView": {"gclid": "G1"}, "segments": {"date": "2026-06-01", "device": "MOBILE"}}
    text = json.dumps({"results": [click]})
    plain = night.write("google_ads/2026-06-02/click_view.json", text)
    night.land()
    with zipfile.ZipFile(f"{plain}.zip", "w") as archive:
        archive.writestr("click_view.json", text)

    assert [(file.export_name, file.status) for file in night.land()] == [("", "known")] * 2
    assert {file.status for file in night.land()} == {"known"}


ADS = "Report\nAll time\nCampaign,Day,Currency code,Cost\n"


def test_ad_reports_that_split_an_account_s_day_are_warned_of(night: Night) -> None:
    folder = "google_ads/2026-06-30"
    for name, row, hour in (("one.csv", "One", 9), ("two.csv", "Two", 18)):
        path = night.write(f"{folder}/{name}", f"{ADS}{row},2026-06-29,EUR,10\n")
        written_at(path, NOON.replace(hour=hour))

    [warning] = night.landing().warnings

    assert f"{folder}/two.csv replaces {folder}/one.csv on the days that both have" in warning
    assert night.landing().warnings == ()


def test_an_ad_report_exported_twice_a_day_is_not_warned_of(night: Night) -> None:
    for hour, rows in ((9, "One,2026-06-29,EUR,10\n"), (18, "One,2026-06-29,EUR,11\n")):
        night.write(f"google_ads/2026-06-30/ads_{hour:02}00.csv", ADS + rows)

    assert night.landing().warnings == ()


def test_declared_parts_are_not_warned_of(night: Night) -> None:
    night.write(
        "exports.yml",
        """
mapped:
  - platform: tv
    kind: ad_days
    files: ["tv/*"]
    columns: {campaign_name: Campaign, ad_date: Day, spend: Cost}
    constants: {currency_code: EUR}
    parts: together
""",
    )
    for name in ("One", "Two"):
        night.write(f"tv/2026-06-30/{name}.csv", f"Campaign,Day,Cost\n{name},2026-06-29,10\n")

    landing = night.landing()

    assert [(f.status, f.reason) for f in landing.files] == [("landed", None)] * 2
    assert landing.warnings == ()


def zip_of(*members: tuple[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def test_the_members_of_a_zip_are_known_though_one_of_them_changed(night: Night) -> None:
    members = [("eurofxref-hist-1.csv", rates("1.1")), ("eurofxref-hist-2.csv", rates("1.2"))]
    night.write("exchange_rates/rates.zip", zip_of(*members))
    night.land()
    night.write("exchange_rates/rates.zip", zip_of((members[0][0], rates("1.3")), members[1]))
    night.land()
    night.land()
    (night.exports / "exchange_rates/2026-06-30").mkdir()
    moved = "exchange_rates/2026-06-30/rates.zip"
    (night.exports / "exchange_rates/rates.zip").rename(night.exports / moved)

    assert [file.path for file in night.land()] == [f"{moved}!{name}" for name, _ in members]


def test_an_exclamation_mark_in_a_path_is_no_archive(night: Night) -> None:
    path = f"exchange_rates/sale!/{RATES}"
    night.write(path, rates("1.1"))
    night.land()

    assert [(file.path, file.status) for file in night.land()] == [(path, "known")]
    assert night.query("select path from raw_operations.deliveries") == [(path,)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_last_of_two_members_of_one_name_counts(night: Night) -> None:
    night.write("exchange_rates/rates.zip", zip_of((RATES, rates("1.1")), (RATES, rates("1.2"))))
    for _ in range(3):
        night.land()

    assert [float(usd) for (usd,) in night.query(STATES)] == [1.2]


def test_a_zip_that_replaces_another_is_newer_whatever_its_members_are_called(
    night: Night,
) -> None:
    for number, hour in ((1, 12), (2, 10)):
        packed = zip_of((f"eurofxref-hist-{number}.csv", rates(f"1.{number}")))
        path = night.write("exchange_rates/2026-06-30/rates.zip", packed)
        written_at(path, NOON.replace(hour=hour))
        night.land()

    assert [float(usd) for (usd,) in night.query(STATES)] == [1.2, 1.1]


def test_a_zip_without_files_is_refused(night: Night) -> None:
    night.write("exchange_rates/rates.zip", zip_of(("__MACOSX/rates.csv", "")))

    [file] = night.land()

    assert (file.status, file.reason) == ("refused", "the zip holds no file: send it again")


def test_a_file_that_is_refused_or_waits_is_not_gone(night: Night) -> None:
    mapping = PRODUCT_MAPPING.format(shop="corner", files="till/*.csv", more="")
    night.write("exports.yml", mapping)
    path = night.write("till/goods.csv", "Item,Price\ntea,3.50\n")
    night.land()
    night.write("exports.yml", mapping.replace("sku: Item", "sku: Article"))

    refused = night.landing()

    assert ([file.status for file in refused.files], refused.warnings) == (["refused"], ())

    def grow(_: float) -> None:
        path.write_text("Item,Price\ntea,3.50\ncocoa,4.00\n", encoding="utf-8")

    night.write("exports.yml", mapping.replace("sku: Item", "sku: Item, price: Price"))
    waiting = night.landing(min_age=3600, wait=grow)

    assert ([file.status for file in waiting.files], waiting.warnings) == (["waiting"], ())


def test_a_file_that_is_moved_takes_its_delivery_along(night: Night) -> None:
    wrong, right = (night.exports / "exchange_rates" / day for day in ("2026-06-30", "2026-06-28"))
    night.write(f"exchange_rates/2026-06-29/{RATES}", rates("1.2"))
    night.write(f"exchange_rates/2026-06-30/{RATES}", rates("1.1"))
    night.land()
    wrong.rename(right)
    night.land()
    assert [float(usd) for (usd,) in night.query(STATES)] == [1.2, 1.1]

    right.rename(wrong)
    night.land()
    assert [float(usd) for (usd,) in night.query(STATES)] == [1.1, 1.2]
