"""The scanner against Python's csv module, which counts records in its own way."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.exports import records
from pipelines.exports.records import blocks
from pipelines.exports.refusal import Limits

CELL = st.text(alphabet='ab,"\n\r é', max_size=6)
TABLE = st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=12)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=TABLE, line_end=st.sampled_from(["\n", "\r\n"]), block_bytes=st.integers(1, 40))
def test_records_and_lines_are_those_of_pythons_csv_reader(
    tmp_path: Path, table: list[list[str]], line_end: str, block_bytes: int
) -> None:
    path = tmp_path / "table.csv"
    has_return = any("\r" in cell for row in table for cell in row)  # left bare by the writer
    quoting: Literal[0, 1] = csv.QUOTE_ALL if has_return else csv.QUOTE_MINIMAL
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator=line_end, quoting=quoting).writerows(table)

    starts = _scanned(path, block_bytes)

    assert starts == _expected_starts(path)
    assert len(starts) == len(table)


def _scanned(path: Path, block_bytes: int) -> list[int]:
    """Lines on which records start, the file being read in blocks of a few bytes."""
    whole = records.BLOCK_BYTES
    try:
        records.BLOCK_BYTES = block_bytes
        found = list(blocks(path, ",", 0, 1, Limits()))
    finally:
        records.BLOCK_BYTES = whole
    assert b"".join(block.data for block in found).rstrip() == path.read_bytes().rstrip()
    return [int(line) for block in found for line in block.lines]


def _expected_starts(path: Path) -> list[int]:
    text = path.read_bytes().decode()
    reader = csv.reader(io.StringIO(text, newline="\n"), strict=True)
    starts, line = [], 1
    for _ in reader:
        starts.append(line)
        line = reader.line_num + 1
    return starts


@pytest.mark.parametrize("block_bytes", [1, 7, 1 << 20])
def test_blank_lines_are_counted_and_numbered_over(tmp_path: Path, block_bytes: int) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"\na,b\n\r\n\nc,d\n\n")

    assert _scanned(path, block_bytes) == [2, 5]
