"""What no file may get away with: each refusal is one sentence that names the place."""

from __future__ import annotations

import gzip
import io
import random
import resource
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.exports.declare import DAY, MONEY, Column, Export
from pipelines.exports.read import read_stored
from pipelines.exports.refusal import Limits
from pipelines.exports.workspace import Workspace
from tests.pipelines.exports.conftest import REPORT, Read

HEADER = "Campaign,Day,Cost,Impr.\n"
ROW = "Spring,2026-06-01,12.50,100\n"


def zip_of(members: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty"),
        ("\n\n", "has an unknown layout"),
        ("Campaign,Cost,Impr.\nSpring,1,2\n", "misses: Day"),
        ("Name,Sum\na,1\n", "misses: Day, Campaign, Cost, Impr."),
        (HEADER + 'Spring "Sale",2026-06-01,1,1\n', "has broken quoting on line 2"),
        (HEADER + ROW + '"Spring"Sale",2026-06-01,1,1\n', "has broken quoting on line 3"),
        (HEADER + ROW + '"Spring,2026-06-01,1,1\n' + ROW, "leaves a quote open"),
        (HEADER + "A\x00B,2026-06-01,1,1\n", "holds zero bytes"),
        ((HEADER + ROW).encode("utf-16-le"), "has an unknown layout"),
        (HEADER.encode() + b"Caf\xe9,2026-06-01,1,1\n", "is not UTF-8"),
        ('"Campaign,Day,Cost,Impr."\n"Spring,2026-06-01,1,1"\n', "one quoted cell"),
        (HEADER + '"Spring,2026-06-01,1,1"\n"Fall,2026-06-01,1,1"\n', "one quoted cell"),
        (HEADER.strip() + ",Campaign ID\nA,2026-06-01,1,1,5.27763E+12\n", "spreadsheet rounded"),
        (gzip.compress((HEADER + ROW * 999).encode())[:-20], "gzip archive is damaged"),
        (b"PK\x03\x04 no zip at all", "zip archive is damaged"),
        (gzip.compress(zip_of({"report.csv": HEADER + ROW})), "an archive inside an archive"),
        (zip_of({"[Content_Types].xml": "", "xl/workbook.xml": "<"}), "is no readable workbook"),
        (b"PAR1 no parquet", "cannot be read"),
        ('{"a": 1}\n', "has an unknown layout"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(
    read: Read, content: str | bytes, sentence: str
) -> None:
    reading = read(content)

    assert reading.refusal is not None
    assert sentence in reading.refusal
    assert reading.parquet is None
    assert reading.landed == 0


def test_a_row_that_spans_several_days_refuses_the_report(read: Read) -> None:
    export = Export(
        vendor="adnet",
        name="spend_days",
        title="Adnet spend",
        files=("*.csv",),
        columns=(
            Column("Starts", "starts", DAY),
            Column("Ends", "ends", DAY),
            Column("Spent", "spend", MONEY),
        ),
        one_day_rows=("starts", "ends"),
    )
    by_day = "Starts,Ends,Spent\n2026-06-01,2026-06-01,5\n"

    assert read(by_day, exports=(export,)).landed == 1
    aggregated = read(by_day + "2026-06-01,2026-06-30,99\n", exports=(export,))
    assert "sums several days in one row (starts, line 3)" in str(aggregated.refusal)


@pytest.mark.parametrize("packed", ["gzip", "zip"])
def test_a_compression_bomb_is_refused_before_it_fills_the_disk(
    tmp_path: Path, packed: str
) -> None:
    limits = Limits(max_ratio=50, ratio_free_bytes=1 << 20)
    bomb = tmp_path / f"bomb.{packed}"
    zeros = b"0" * (64 << 20)
    if packed == "gzip":
        bomb.write_bytes(gzip.compress(zeros))
    else:
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("bomb.csv", zeros)
    workspace = Workspace(tmp_path / "work", limits)

    readings = list(read_stored(bomb, [REPORT], workspace))

    assert "compression bombs" in str(readings[0].refusal)
    unpacked = sum(path.stat().st_size for path in workspace.scratch.iterdir())
    assert unpacked <= 16 << 20


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond what a disk with little room left would take."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("packed", [False, True])
def test_a_full_disk_is_not_blamed_on_the_file(read: Read, tmp_path: Path, packed: bool) -> None:
    dice = random.Random(1)  # noqa: S311 - rows that hardly compress
    names = (f"{dice.getrandbits(256):x}" for _ in range(5_000))
    content = (HEADER + "".join(f"{name},2026-06-01,1,1\n" for name in names)).encode()
    path = tmp_path / "report.csv"
    path.write_bytes(gzip.compress(content) if packed else content)

    with full_disk(), pytest.raises((OSError, duckdb.IOException), match="File too large"):
        list(read_stored(path, [REPORT], Workspace(tmp_path / "work")))

    assert read(content).landed == 5_000


def test_a_record_longer_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(HEADER + '"' + "x" * (20 << 20) + '",2026-06-01,1,1\n', encoding="utf-8")
    workspace = Workspace(tmp_path / "work", Limits(max_record_bytes=1 << 20))

    reading = next(iter(read_stored(path, [REPORT], workspace)))

    assert "a record of more than 1,048,576 bytes after line 2" in str(reading.refusal)


def test_a_document_longer_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "orders.json"
    path.write_text('[\n{"id": "1"}\n]', encoding="utf-8")
    export = Export(
        "shop", "orders", "Orders", ("*.json",), (Column("id", "id", filled=True),), "documents"
    )
    workspace = Workspace(tmp_path / "work", Limits(max_document_bytes=10))

    reading = next(iter(read_stored(path, [export], workspace)))

    assert "one JSON text of more than 10 bytes" in str(reading.refusal)


def test_no_refusal_quotes_what_a_cell_says(read: Read) -> None:
    personal = "ada.lovelace@example.com"
    for content in (
        HEADER + f'"{personal}"x,2026-06-01,1,1\n',
        HEADER.encode() + personal.encode() + b"\xff,2026-06-01,1,1\n",
        f"{personal},b\n{personal},2\n",
        f'{{"email": "{personal}"}}\n',
    ):
        assert personal not in str(read(content).refusal)


def test_a_file_with_a_header_of_another_kind_is_refused_and_told_which(read: Read) -> None:
    plain = replace(REPORT, excluded_by=("Age", "Gender"))

    reading = read(HEADER.strip() + ",gender\nSpring,2026-06-01,1,1,f\n", exports=(plain,))

    assert reading.refusal == (
        "is no Adnet campaign report: it has columns of another kind of export: Gender"
    )
