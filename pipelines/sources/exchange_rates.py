"""Exchange rates: the euro reference rates of the European Central Bank, `eurofxref-hist.csv`.

One row per business day, newest first, one column per currency: units of the currency for one
euro. `N/A` where a currency had no rate (before it was quoted, after it joined the euro, or while
suspended, as the rouble since March 2022). Each line ends in a comma, so the file has one unnamed,
empty column more. `eurofxref-hist-90d.csv` has the same form. Only the US dollar is asked for: the
list of currencies changes over the years, and a shortened file does as well.
"""

from __future__ import annotations

from pipelines.exports.declare import DAY, DECIMAL, Column, Export

# fmt: off
CURRENCIES = (
    "USD", "JPY", "BGN", "CYP", "CZK", "DKK", "EEK", "GBP", "HUF", "LTL", "LVL",
    "MTL", "PLN", "ROL", "RON", "SEK", "SIT", "SKK", "CHF", "ISK", "NOK", "HRK",
    "RUB", "TRL", "TRY", "AUD", "BRL", "CAD", "CNY", "HKD", "IDR", "ILS", "INR",
    "KRW", "MXN", "MYR", "NZD", "PHP", "SGD", "THB", "ZAR",
)
# fmt: on

DAYS = Export(
    vendor="exchange_rates",
    name="days",
    title="ECB euro foreign exchange reference rates",
    files=("*eurofxref*.csv",),
    columns=(
        *(Column(code, code.lower(), DECIMAL, required=code == "USD") for code in CURRENCIES),
        Column("Date", "day", DAY, filled=True),
    ),
    dated_by="day",
    nulls=("N/A",),
)

EXPORTS: tuple[Export, ...] = (DAYS,)
