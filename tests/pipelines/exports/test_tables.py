"""Table files as vendors write them: encodings, preambles, totals, repeated and ragged rows."""

from __future__ import annotations

import gzip
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.exports.declare import (
    DAY,
    INTEGER,
    MONEY,
    Column,
    Constant,
    Export,
    InHeader,
    InPath,
)
from pipelines.exports.identity import landing_id
from pipelines.exports.query import Stamp
from pipelines.exports.read import read_stored
from pipelines.exports.workspace import Workspace
from tests.pipelines.exports.conftest import REPORT, Read, rows

PREAMBLE = 'Campaign report\n"June 1, 2026 - June 2, 2026"\n'
HEADER = "Campaign,Day,Cost,Impr.\n"
JUNE = "Spring,2026-06-01,12.50,100\nÅre & Zoë,2026-06-02,7.25,80\n"
LANDED = [("Spring", Decimal("12.5"), 100), ("Åre & Zoë", Decimal("7.25"), 80)]
WANTED = ("campaign_name", "spend", "impressions")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_an_encoding_with_a_mark_is_read_by_its_mark(read: Read, encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    content = (mark + HEADER + JUNE).encode(encoding)

    assert rows(read(content), *WANTED) == LANDED


def test_utf16_with_tabs_under_a_csv_name_is_read(read: Read) -> None:
    content = (PREAMBLE + HEADER + JUNE).replace(",", "\t").encode("utf-16")

    assert rows(read(content), *WANTED) == LANDED


def test_a_declared_legacy_encoding_is_read_and_an_undeclared_one_refused(read: Read) -> None:
    content = (HEADER + JUNE).encode("cp1252")
    declared = Export(**{**vars(REPORT), "encoding": "cp1252"})

    assert rows(read(content, exports=(declared,)), *WANTED) == LANDED
    assert rows(read(HEADER + JUNE, exports=(declared,)), *WANTED) == LANDED
    assert "UTF-8" in str(read(content).refusal)


def test_a_cell_may_be_read_as_two_columns(read: Read) -> None:
    written = Column("Cost", "spend_as_written")
    export = Export(**{**vars(REPORT), "columns": (*REPORT.columns, written)})

    landed = rows(read(HEADER + JUNE, exports=(export,)), "spend", "spend_as_written")

    assert landed == [(Decimal("12.5"), "12.50"), (Decimal("7.25"), "7.25")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_header(read: Read, delimiter: str) -> None:
    assert rows(read((HEADER + JUNE).replace(",", delimiter)), *WANTED) == LANDED


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_do_not_matter(read: Read, line_end: str) -> None:
    content = (PREAMBLE + HEADER + JUNE).replace("\n", line_end)

    assert rows(read(content), *WANTED, "_line") == [
        (*row, n) for row, n in zip(LANDED, (4, 5), strict=True)
    ]


def test_a_last_line_without_line_end_counts(read: Read) -> None:
    assert rows(read((HEADER + JUNE).rstrip("\n")), *WANTED) == LANDED


def test_the_header_is_found_below_a_preamble_and_lines_are_the_files_own(read: Read) -> None:
    reading = read(PREAMBLE + "\n" + HEADER + JUNE)

    assert rows(reading, "_line") == [(5,), (6,)]
    assert (reading.data_from, reading.data_until) == (datetime(2026, 6, 1), datetime(2026, 6, 2))


def test_a_record_of_several_lines_keeps_the_line_it_starts_on(read: Read) -> None:
    content = HEADER + '"Two\nlines, one ""cell""",2026-06-01,1,2\nNext,2026-06-02,1,2\n'

    assert rows(read(content), "campaign_name", "_line") == [
        ('Two\nlines, one "cell"', 2),
        ("Next", 4),
    ]


def test_totals_are_skipped_by_name_in_any_column_also_undeclared_ones(read: Read) -> None:
    header = "Campaign status," + HEADER
    content = (
        f"{header}Enabled,Spring,2026-06-01,12.50,100\n"
        "Total: Campaigns, --, --,12.50,100\n"
        "Enabled,Total: Filtered, --,12.50,100\n"
        "Total: Account\n"
    )
    reading = read(content)

    assert rows(reading, *WANTED) == LANDED[:1]
    assert reading.skipped == {"totals": 3}
    assert reading.file_rows == 4


def test_the_files_own_total_must_agree_with_its_rows(read: Read) -> None:
    good = HEADER + JUNE + "Total: Account, --,19.75,180\n"
    cut_off = good.replace("Spring,2026-06-01,12.50,100\n", "")

    assert rows(read(good), *WANTED) == LANDED
    assert "sums to 7.25 while its own total says 19.75" in str(read(cut_off).refusal)


def test_a_header_repeated_in_the_middle_is_skipped_by_name(read: Read) -> None:
    reading = read(HEADER + JUNE + HEADER + "Later,2026-06-03,1,1\n")

    assert len(rows(reading)) == 3
    assert reading.skipped == {"header": 1}


def test_blank_lines_and_empty_rows_are_skipped_by_name(read: Read) -> None:
    reading = read(HEADER + "\n" + JUNE + ",,,\n\n")

    assert rows(reading, *WANTED) == LANDED
    assert reading.skipped == {"blank": 3}


def test_an_export_without_rows_lands_nothing_and_balances(read: Read) -> None:
    reading = read(HEADER + "No data available.\n")

    assert rows(reading) == []
    assert reading.skipped == {"no data": 1}


def test_duplicate_headers_keep_the_first_and_outer_spaces_do_not_count(read: Read) -> None:
    content = "Campaign , Day,Cost,Impr.,Cost \nSpring,2026-06-01,12.50,100,99\n"
    reading = read(content)

    assert rows(reading, *WANTED) == LANDED[:1]
    assert reading.ignored == ("Cost__2",)


def test_columns_may_come_and_go(read: Read) -> None:
    without = rows(read(HEADER + JUNE), "ctr", "conversions")
    extra = read("Mood," + HEADER + "good," + JUNE.split("\n", maxsplit=1)[0] + "\n")

    assert without == [(None, None)] * 2
    assert rows(extra, *WANTED) == LANDED[:1]
    assert extra.ignored == ("Mood",)


def test_words_for_no_value_become_null_and_zero_stays_zero(read: Read) -> None:
    content = HEADER.strip() + ",CTR\nA,2026-06-01, --,0,-\nB,2026-06-01,null,,--\n"

    assert rows(read(content), "spend", "impressions", "ctr") == [(None, 0, None), (None,) * 3]


def test_a_row_that_cannot_be_typed_is_rejected_with_its_place_and_text(read: Read) -> None:
    reading = read(HEADER + "Spring,2026-06-01,twelve,100\nFall,,1,1\n" + JUNE)

    assert [(r.line, r.column, r.reason) for r in reading.rejects] == [
        (2, "spend", "is not an amount"),
        (3, "day", "is missing"),
    ]
    assert '"spend":"twelve"' in reading.rejects[0].text
    assert rows(reading, *WANTED) == LANDED


def test_a_row_with_too_many_or_too_few_fields_is_rejected_with_its_line(read: Read) -> None:
    content = (
        HEADER + '"Two\nlines",2026-06-01,1,1\nA,2026-06-01,1,1,extra\n\nB,2026-06-01\n' + JUNE
    )
    reading = read(content)

    assert [(r.line, r.reason) for r in reading.rejects] == [
        (4, "has 5 fields where the header has 4"),
        (6, "has 2 fields where the header has 4"),
    ]
    assert [row[-1] for row in rows(reading, "campaign_name", "_line")] == [2, 7, 8]


def test_currency_and_attribution_window_in_a_header_and_a_constant_become_columns(
    read: Read,
) -> None:
    spent, sales = r"Amount spent \({}\)", r"{} Day Total Sales \(.\)"
    export = Export(
        vendor="adnet",
        name="spend_days",
        title="Adnet spend",
        files=("*.csv",),
        columns=(
            Column("Day", "day", DAY),
            Column(re.compile(spent.format("[A-Z]{3}")), "spend", MONEY),
            Column(InHeader(re.compile(spent.format("(?P<value>[A-Z]{3})"))), "currency_code"),
            Column(re.compile(sales.format(r"\d+")), "sales", MONEY),
            Column(InHeader(re.compile(sales.format(r"(?P<value>\d+)"))), "window_days", INTEGER),
            Column(Constant("adnet"), "platform"),
        ),
    )
    content = "Day,Amount spent (AUD),14 Day Total Sales (₹) \n2026-06-01,3.5,Rs.201.68\n"

    found = rows(
        read(content, exports=(export,)),
        *("spend", "currency_code", "sales", "window_days", "platform"),
    )
    assert found == [(Decimal("3.5"), "AUD", Decimal("201.68"), 14, "adnet")]


def test_a_value_in_a_files_place_or_name_becomes_a_column(tmp_path: Path) -> None:
    status = Column(InPath(re.compile(r"(?P<value>open|closed)_")), "status")
    export = replace(REPORT, columns=(*REPORT.columns, status))
    archive = tmp_path / "reports.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("open_1.csv", HEADER + JUNE)
        target.writestr("report.csv", HEADER + "Other,2026-06-03,1,1\n")
    stamp = Stamp(path="adnet/closed_accounts/2026-06-03/reports.zip")

    by_member = list(read_stored(archive, [export], Workspace(tmp_path / "a")))
    by_folder = list(read_stored(archive, [export], Workspace(tmp_path / "b"), stamp))

    assert [rows(r, "status")[0] for r in by_member] == [("open",), (None,)]
    assert [rows(r, "status")[0] for r in by_folder] == [("closed",), ("closed",)]


def test_gzip_and_zip_are_unpacked_and_each_member_is_a_file(tmp_path: Path) -> None:
    packed = tmp_path / "report.csv.gz"
    packed.write_bytes(gzip.compress((HEADER + JUNE).encode()))
    archive = tmp_path / "reports.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("one.csv", HEADER + JUNE)
        target.writestr("__MACOSX/._one.csv", "junk")
        target.writestr("two.csv", HEADER + "Other,2026-06-03,1,1\n")
    workspace = Workspace(tmp_path / "work")

    single = list(read_stored(packed, [REPORT], workspace))
    members = list(read_stored(archive, [REPORT], workspace))

    assert [rows(r, *WANTED) for r in single] == [LANDED]
    assert [(r.file.name, r.landed) for r in members if r.file] == [("one.csv", 2), ("two.csv", 1)]
    assert single[0].file
    assert members[0].file
    assert single[0].file.sha256 == members[0].file.sha256


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Adnet report"])
    sheet.append(["Campaign", "Day", "Cost", "Impr."])
    sheet.append(["Spring", date(2026, 6, 1), 12.5, 100])
    sheet.append(["Åre & Zoë", date(2026, 6, 2), 7.25, 80])
    sheet.append(["Fall", "soon", 1, 1])
    book.save(tmp_path / "report.xlsx")

    reading = next(iter(read_stored(tmp_path / "report.xlsx", [REPORT], Workspace(tmp_path / "w"))))

    assert rows(reading, *WANTED, "_line") == [(*LANDED[0], 3), (*LANDED[1], 4)]
    assert [(r.line, r.column) for r in reading.rejects] == [(5, "day")]


def test_flat_parquet_is_read_with_its_own_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "Campaign": ["Spring", "Åre & Zoë"],
            "Day": [date(2026, 6, 1), date(2026, 6, 2)],
            "Cost": [12.5, 7.25],
            "Impr.": [100, 80],
        }
    )
    pq.write_table(table, tmp_path / "report.parquet")

    reading = next(
        iter(read_stored(tmp_path / "report.parquet", [REPORT], Workspace(tmp_path / "w")))
    )

    assert rows(reading, *WANTED, "_line") == [(*LANDED[0], 1), (*LANDED[1], 2)]


def test_every_row_carries_its_files_stamp(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(HEADER + JUNE, encoding="utf-8")
    stamp = Stamp(account="north", exported_at=datetime(2026, 6, 3, 4, tzinfo=UTC), run_id="r1")

    reading = next(iter(read_stored(path, [REPORT], Workspace(tmp_path / "w"), stamp)))

    assert reading.file is not None
    assert rows(reading, "_file_id", "_account", "_exported_at", "_run_id")[0] == (
        landing_id(reading.file.sha256, "north", REPORT),
        "north",
        datetime(2026, 6, 3, 4),
        "r1",
    )
