"""Each kind of value, as the vendors write it: a table of given text and expected value."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from pipelines.exports.declare import (
    BOOLEAN,
    DAY,
    DECIMAL,
    EPOCH_MICROSECONDS,
    EPOCH_SECONDS,
    ID,
    INTEGER,
    JSON,
    MONEY,
    PERCENT,
    PERCENTAGE,
    TEXT,
    TIMESTAMP,
    Column,
    Export,
    Type,
    day,
    one_of,
    timestamp,
)
from tests.pipelines.exports.conftest import Read, rows

UNREADABLE = object()

EXAMPLES: list[tuple[Type, str, Any]] = [
    (TEXT, "  Zoë  ", "Zoë"),
    (TEXT, "'75008", "75008"),
    (TEXT, "'+4670000", "+4670000"),
    (TEXT, "'tis", "'tis"),
    (TEXT, "O'Hara", "O'Hara"),
    (TEXT, "\t", None),
    (ID, "00123", "00123"),
    (ID, "12345678901234567890", "12345678901234567890"),
    (ID, "5E+", "5E+"),
    (INTEGER, "1,606,880", 1606880),
    (INTEGER, "64517.0", 64517),
    (INTEGER, "-3", -3),
    (INTEGER, "1.5", UNREADABLE),
    (INTEGER, "12a", UNREADABLE),
    (INTEGER, "99999999999999999999", UNREADABLE),
    (DECIMAL, "3.541", Decimal("3.541")),
    (DECIMAL, ".22", Decimal("0.22")),
    (DECIMAL, "1,234.5", Decimal("1234.5")),
    (DECIMAL, "1,23", UNREADABLE),
    (DECIMAL, "nan", UNREADABLE),
    (MONEY, "18257.62", Decimal("18257.62")),
    (MONEY, "$1,149.00 ", Decimal("1149")),
    (MONEY, "($33.62)", Decimal("-33.62")),
    (MONEY, "-$7.00", Decimal("-7")),
    (MONEY, "$-7.00", Decimal("-7")),
    (MONEY, "Rs.201.68", Decimal("201.68")),
    (MONEY, "€ 12", Decimal("12")),
    (MONEY, "12.50 kr", Decimal("12.5")),
    (MONEY, "1 234.50", Decimal("1234.5")),
    (MONEY, "$", UNREADABLE),
    (MONEY, "12.5.1", UNREADABLE),
    (MONEY, "twelve", UNREADABLE),
    (MONEY, "1,2,3", UNREADABLE),
    (PERCENT, "1.66%", Decimal("0.0166")),
    (PERCENT, "0.0024", Decimal("0.0024")),
    (PERCENT, "< 10%", Decimal("0.1")),
    (PERCENT, "> 90%", Decimal("0.9")),
    (PERCENT, "ten%", UNREADABLE),
    (BOOLEAN, "yes", True),
    (BOOLEAN, "FALSE", False),
    (BOOLEAN, "0", False),
    (BOOLEAN, "maybe", UNREADABLE),
    (DAY, "2026-06-01", date(2026, 6, 1)),
    (DAY, "2026-06-01 00:00:00", date(2026, 6, 1)),
    (DAY, "2026-06-01 10:00:00", UNREADABLE),
    (DAY, "2026-02-30", UNREADABLE),
    (DAY, "01/06/2026", UNREADABLE),
    (DAY, "infinity", UNREADABLE),
    (DAY, "0026-06-01", UNREADABLE),
    (day("%d/%m/%Y"), "01/06/2026", date(2026, 6, 1)),
    (day("%b %d, %Y"), "Feb 1, 2026", date(2026, 2, 1)),
    (day("%Y-%m-%d", "%Y/%m/%d"), "2026/05/27", date(2026, 5, 27)),
    (TIMESTAMP, "2026-01-02 10:11:12 -0500", datetime(2026, 1, 2, 15, 11, 12)),
    (TIMESTAMP, "2026-07-02 10:11:12 -0400", datetime(2026, 7, 2, 14, 11, 12)),
    (TIMESTAMP, "2026-09-08T16:38:14Z", datetime(2026, 9, 8, 16, 38, 14)),
    (TIMESTAMP, "2026-04-13T05:09:44-07:00", datetime(2026, 4, 13, 12, 9, 44)),
    (TIMESTAMP, "2026-12-10T04:08:31.909Z", datetime(2026, 12, 10, 4, 8, 31, 909000)),
    (TIMESTAMP, "2026-06-01 10:00:00", datetime(2026, 6, 1, 10)),
    (TIMESTAMP, "2026-06-01", datetime(2026, 6, 1)),
    (TIMESTAMP, "11/10/24 09:17", UNREADABLE),
    (timestamp("%m/%d/%y %H:%M"), "11/10/24 09:17", datetime(2024, 11, 10, 9, 17)),
    (timestamp("%Y-%m-%d|%H"), "2023-11-11|01", datetime(2023, 11, 11, 1)),
    (EPOCH_SECONDS, "1767225600", datetime(2026, 1, 1)),
    (EPOCH_SECONDS, "1767225600.5", datetime(2026, 1, 1, 0, 0, 0, 500000)),
    (EPOCH_SECONDS, "99999999999999", UNREADABLE),
    (EPOCH_MICROSECONDS, "1767225600000000", datetime(2026, 1, 1)),
    (PERCENTAGE, "41.09", Decimal("0.4109")),
    (PERCENTAGE, "41.09%", Decimal("0.4109")),
    (PERCENTAGE, "0", Decimal(0)),
    (PERCENTAGE, "n/a", UNREADABLE),
    (one_of("stop", "start"), " Stop ", "STOP"),
    (one_of("stop", "start"), "stop calling me Ada", None),
    (JSON, '{"a": [1, null]}', '{"a": [1, null]}'),
    (JSON, "{a}", UNREADABLE),
]


@pytest.mark.parametrize(("kind", "given", "expected"), EXAMPLES)
def test_a_value_is_read_as_written_or_rejected(
    read: Read, kind: Type, given: str, expected: object
) -> None:
    reading = read(_csv(given), exports=(_export(kind),))

    if expected is UNREADABLE:
        assert [(r.line, r.column) for r in reading.rejects] == [(2, "value")]
        assert reading.balances
    else:
        assert rows(reading, "value") == [(expected,)]


@pytest.mark.parametrize(
    ("zone", "given", "expected"),
    [
        ("Europe/Stockholm", "2026-07-01 12:00:00", datetime(2026, 7, 1, 10)),
        ("Europe/Stockholm", "2026-01-01 12:00", datetime(2026, 1, 1, 11)),
        ("Europe/Stockholm", "2026-01-01 12:00:00+00", datetime(2026, 1, 1, 12)),
        ("America/New_York", "2026-07-01T12:00:00Z", datetime(2026, 7, 1, 12)),
        # shown twice: the second, in standard time; left out: counted on from before the change
        ("America/New_York", "2026-11-01 01:30:00", datetime(2026, 11, 1, 6, 30)),
        ("America/New_York", "2026-03-08 02:30:00", datetime(2026, 3, 8, 7, 30)),
        ("Europe/Berlin", "2026-10-25 02:30:00", datetime(2026, 10, 25, 1, 30)),
        ("Europe/Berlin", "2026-03-29 02:30:00", datetime(2026, 3, 29, 1, 30)),
        ("America/Sao_Paulo", "2018-02-17 23:30:00", datetime(2018, 2, 18, 2, 30)),
        ("America/Sao_Paulo", "2018-11-04 00:30:00", datetime(2018, 11, 4, 3, 30)),
        ("Asia/Tokyo", "2026-10-25 02:30:00", datetime(2026, 10, 24, 17, 30)),
        ("Australia/Lord_Howe", "2026-04-05 01:45:00", datetime(2026, 4, 4, 15, 15)),
    ],
)
def test_a_time_without_offset_is_of_the_exports_zone(
    read: Read, zone: str, given: str, expected: datetime
) -> None:
    export = Export(**{**vars(_export(TIMESTAMP)), "zone": zone})

    assert rows(read(_csv(given), exports=(export,)), "value") == [(expected,)]


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (DECIMAL, "1.234,56", Decimal("1234.56")),
        (MONEY, "€ 1 234,50", Decimal("1234.5")),
        (MONEY, "12,5", Decimal("12.5")),
    ],
)
def test_a_localized_export_writes_a_decimal_comma(
    read: Read, kind: Type, given: str, expected: Decimal
) -> None:
    export = Export(**{**vars(_export(kind)), "decimal_mark": ","})

    assert rows(read(_csv(given), exports=(export,)), "value") == [(expected,)]


def _export(kind: Type) -> Export:
    columns = (Column("key", "key", TEXT), Column("value", "value", kind))
    return Export("adnet", "values", "Adnet values", ("*.csv",), columns)


def _csv(value: str) -> str:
    return 'key,value\nk,"' + value.replace('"', '""') + '"\n'
