"""A retailer's own invoice lines, from the file to the segments; all numbers are by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from .conftest import Night, documented_mapping, run_night

COLUMNS = {
    "Invoice": pa.string(),
    "StockCode": pa.string(),
    "Description": pa.string(),
    "Quantity": pa.int64(),
    "InvoiceDate": pa.string(),
    "Price": pa.float64(),
    "Customer ID": pa.float64(),
    "Country": pa.string(),
}
KINGDOM = "United Kingdom"
LINES = [
    ("536001", "85048", "GLASS BALL", 12, "2009-12-01 07:45:00", 6.95, 13085.0, KINGDOM),
    ("536001", "79323P", "PINK LIGHTS", 2, "2009-12-01 07:45:00", 6.75, 13085.0, KINGDOM),
    ("536001", "79323P", "PINK LIGHTS", 2, "2009-12-01 07:45:00", 6.75, 13085.0, KINGDOM),
    ("536002", "22041", "RECORD FRAME", 3, "2010-03-29 09:30:00", 2.1, 13085.0, KINGDOM),
    # half past midnight in London is the day before in UTC
    ("536003", "POST", "POSTAGE", 1, "2010-06-01 00:30:00", 18.0, 12682.0, "France"),
    ("536003", "21232", "SAMPLE", 25, "2010-06-01 00:30:00", 0.001, 12682.0, "France"),
    ("C536004", "22041", "RECORD FRAME", -1, "2010-06-02 10:00:00", 2.1, 13085.0, KINGDOM),
    ("536005", "22423", "CAKESTAND", 1, "2010-11-30 18:00:00", 12.75, None, KINGDOM),
    ("536006", "85123A", "T-LIGHT HOLDER", 1, "2010-11-30 18:05:00", 2.95, None, KINGDOM),
    ("A536007", "B", "Adjust bad debt", 1, "2010-12-01 09:00:00", -53594.36, None, KINGDOM),
]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("own")
    exports = folder / "exports" / "online_retail"
    exports.mkdir(parents=True)
    rows = [dict(zip(COLUMNS, line, strict=True)) for line in LINES]
    pq.write_table(pa.Table.from_pylist(rows, pa.schema(COLUMNS)), exports / "invoices.parquet")
    (exports.parent / "exports.yml").write_text(documented_mapping("online_retail"))
    return run_night(folder, "--currency", "GBP", "--timezone", "Europe/London")


def test_the_night_is_published(night: Night) -> None:
    assert (night.code, night.summary["problems"]) == (0, [])
    assert night.summary["as_of"] == "2010-12-01"
    assert night.published("select count(*) from order_lines") == [(10,)]


def test_an_invoice_is_the_sum_of_its_lines_rounded_once(night: Night) -> None:
    query = "select shop_order_id, is_credit_note, order_date, net_revenue from orders order by 1"
    assert night.published(query) == [
        ("536001", False, date(2009, 12, 1), Decimal("110.40")),
        ("536002", False, date(2010, 3, 29), Decimal("6.30")),
        ("536003", False, date(2010, 6, 1), Decimal("18.03")),
        ("536005", False, date(2010, 11, 30), Decimal("12.75")),
        ("536006", False, date(2010, 11, 30), Decimal("2.95")),
        ("A536007", True, date(2010, 12, 1), Decimal("-53594.36")),
        ("C536004", True, date(2010, 6, 2), Decimal("-2.10")),
    ]


def test_each_invoice_of_nobody_is_a_stranger(night: Night) -> None:
    query = "select is_known, order_count, net_revenue from customer_360 order by all"
    assert night.published(query) == [
        (False, 0, Decimal("-53594.36")),
        (False, 1, Decimal("2.95")),
        (False, 1, Decimal("12.75")),
        (True, 1, Decimal("18.03")),
        (True, 2, Decimal("114.60")),
    ]


def test_only_known_customers_are_scored(night: Night) -> None:
    query = """
        select net_revenue, recency_days, recency_score, frequency_score, monetary_score,
            rfm_segment_name
        from customer_rfm order by 1
    """
    assert night.published(query) == [
        (Decimal("18.03"), 183, 2, 1, 1, "Hibernating"),
        (Decimal("114.60"), 247, 2, 2, 2, "Hibernating"),
    ]
