from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipelines.sources.exchange_rates import CURRENCIES, EXPORTS

from .conftest import Land

STAGING = Path(__file__).parents[3] / "models/staging/exchange_rates/stg_exchange_rates__days.sql"

HISTORY = """\
Date,USD,JPY,CYP,RUB,ISK,
2026-06-15,1.1544,160.33,N/A,N/A,145.1,
2026-06-12,1.1512,159.9,N/A,N/A,144.9,
1999-01-04,1.1789,133.73,0.58231,25.2875,81.48,
"""


def test_the_history_is_landed_wide_with_its_gaps(land: Land) -> None:
    [landed] = land("eurofxref-hist.csv", HISTORY, EXPORTS)

    assert landed.reading.refusal is None
    assert landed.column("day") == [date(2026, 6, 15), date(2026, 6, 12), date(1999, 1, 4)]
    assert landed.column("usd") == [Decimal("1.1544"), Decimal("1.1512"), Decimal("1.1789")]
    assert landed.column("cyp") == [None, None, Decimal("0.58231")]
    assert landed.column("zar") == [None, None, None]


def test_a_currency_we_do_not_know_is_named(land: Land) -> None:
    [landed] = land("eurofxref-hist.csv", "Date,USD,XYZ,\n2026-06-15,1.15,7,\n", EXPORTS)

    assert landed.reading.ignored == ("XYZ",)


def test_a_file_with_no_dollar_is_no_history(land: Land) -> None:
    [landed] = land("eurofxref-hist.csv", "Date,GBP,\n2026-06-15,0.85,\n", EXPORTS)

    assert landed.reading.refusal is not None


def test_every_landed_currency_is_staged() -> None:
    listed = STAGING.read_text().partition("%}")[0].partition("-%}")[0]

    assert set(re.findall(r"'([a-z]{3})'", listed)) == {code.lower() for code in CURRENCIES}
