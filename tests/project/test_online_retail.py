"""A year of a real shop against plain Python, invoice by invoice, and pandas, customer by customer.

UCI Online Retail II (CC BY 4.0), sheet 2009-2010. An invoice is rounded to the penny once, half up:
fourteen lines cost a tenth of a penny. Credit notes are the invoices C… and A….
"""

from __future__ import annotations

import shutil
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from . import online_retail_reference
from .conftest import Night, documented_mapping, run_night

FILE = Path("ecommerce/uci_online_retail_II_2009-2010.parquet")
PENNY = Decimal("0.01")
SEGMENTS = {
    "Champions": [(r, fm) for r in (4, 5) for fm in (4, 5)],
    "Loyal Customers": [(3, 4), (3, 5)],
    "Potential Loyalists": [(r, fm) for r in (4, 5) for fm in (2, 3)],
    "New Customers": [(5, 1)],
    "Promising": [(4, 1)],
    "Need Attention": [(3, 2), (3, 3)],
    "About To Sleep": [(3, 1)],
    "At Risk": [(2, 3), (2, 4), (2, 5), (1, 3)],
    "Can't Lose Them": [(1, 4), (1, 5)],
    "Hibernating": [(2, 1), (2, 2)],
    "Lost": [(1, 1), (1, 2)],
}
# our figures of a customer, and the names of the same in the reference
FIGURES = {
    "customer_360.order_count": "order_count",
    "100 * customer_360.net_revenue": "net_revenue",
    "100 * average_order_value": "average_order_value",
    "100 * average_days_between_orders": "average_days_between_orders",
    "100 * median_days_between_orders": "median_days_between_orders",
    "days_since_last_order": "days_since_last_order",
    "first_ordered_at": "first_ordered_at",
    "last_ordered_at": "last_ordered_at",
    "recency_days": "days_since_last_order",
    "customer_rfm.order_count": "buyer_order_count",
    "100 * customer_rfm.net_revenue": "buyer_net_revenue",
    "recency_score": "recency_score",
    "frequency_score": "frequency_score",
    "monetary_score": "monetary_score",
    "rfm_recency_score": "recency_score",
    "rfm_frequency_score": "frequency_score",
    "rfm_monetary_score": "monetary_score",
}
SEGMENT_OF = {cell: segment for segment, cells in SEGMENTS.items() for cell in cells}


@dataclass
class Invoice:
    customer: int | None
    day: date
    is_credit_note: bool
    exact_amount: Decimal = Decimal(0)
    line_count: int = 0

    @property
    def amount(self) -> Decimal:
        return self.exact_amount.quantize(PENNY, ROUND_HALF_UP)


@dataclass
class Customer:
    order_days: list[date] = field(default_factory=list)
    revenue: Decimal = Decimal(0)


@pytest.fixture(scope="module")
def invoices(samples: Path) -> Mapping[str, Invoice]:
    found: dict[str, Invoice] = {}
    for line in _lines(samples / FILE):
        number, customer = line["Invoice"], line["Customer ID"]
        invoice = found.setdefault(
            number,
            Invoice(
                customer=None if customer is None else int(customer),
                day=date.fromisoformat(line["InvoiceDate"][:10]),
                is_credit_note=number[0] in "CA",
            ),
        )
        invoice.exact_amount += line["Quantity"] * Decimal(str(line["Price"]))
        invoice.line_count += 1
    return found


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    columns = ["Invoice", "Quantity", "InvoiceDate", "Price", "Customer ID"]
    for batch in pq.ParquetFile(file).iter_batches(columns=columns):
        yield from batch.to_pylist()


@pytest.fixture(scope="module")
def customers(invoices: Mapping[str, Invoice]) -> Mapping[int, Customer]:
    """Everybody with an id, by the id in the file."""
    found: defaultdict[int, Customer] = defaultdict(Customer)
    for invoice in invoices.values():
        if invoice.customer is not None:
            customer = found[invoice.customer]
            customer.revenue += invoice.amount
            if not invoice.is_credit_note:
                customer.order_days.append(invoice.day)
    return found


@pytest.fixture(scope="module")
def night(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("uci")
    exports = folder / "exports" / "online_retail"
    exports.mkdir(parents=True)
    shutil.copy(samples / FILE, exports)
    (exports.parent / "exports.yml").write_text(documented_mapping("online_retail"))
    return run_night(folder, "--currency", "GBP", "--timezone", "Europe/London")


@pytest.fixture(scope="module")
def id_in_file(night: Night, invoices: Mapping[str, Invoice]) -> Mapping[str, int]:
    """The file's customer behind each of ours, by the invoices they share."""
    pairs = night.published("select distinct customer_id, shop_order_id from orders")
    both = {
        (ours, theirs)
        for ours, number in pairs
        if (theirs := invoices[number].customer) is not None
    }
    assert len({ours for ours, _ in both}) == len({theirs for _, theirs in both}) == len(both)
    return dict(both)


def test_the_night_is_green_and_published(night: Night) -> None:
    assert (night.code, night.summary["status"], night.summary["problems"]) == (0, "published", [])
    assert night.summary["warnings"] == []
    assert night.summary["as_of"] == "2010-12-09"


def test_every_line_is_there(night: Night, invoices: Mapping[str, Invoice]) -> None:
    query = "select split_part(order_id, ':', 2), count(*) from order_lines group by all"
    line_counts = dict(night.published(query))

    assert line_counts == {number: invoice.line_count for number, invoice in invoices.items()}
    assert sum(line_counts.values()) == 525_461


def test_every_invoice_earned_what_its_lines_say(
    night: Night, invoices: Mapping[str, Invoice]
) -> None:
    found = night.published(
        "select shop_order_id, net_revenue, order_date, is_credit_note from orders"
    )

    assert {number: tuple(values) for number, *values in found} == {
        number: (invoice.amount, invoice.day, invoice.is_credit_note)
        for number, invoice in invoices.items()
    }
    assert sum(revenue for _, revenue, *_ in found) == Decimal("9539484.62")
    assert sum(invoice.exact_amount for invoice in invoices.values()) == Decimal("9539484.634")


def test_every_customer_bought_what_the_file_says(
    night: Night, customers: Mapping[int, Customer], id_in_file: Mapping[str, int]
) -> None:
    found = night.published(
        "select customer_id, order_count, net_revenue from customer_360 where is_known"
    )

    assert len(found) == len(customers) == 4_383
    assert {id_in_file[customer_id]: tuple(values) for customer_id, *values in found} == {
        number: (len(customer.order_days), customer.revenue)
        for number, customer in customers.items()
    }


def test_an_invoice_without_a_customer_is_a_stranger(
    night: Night, invoices: Mapping[str, Invoice]
) -> None:
    nobodys = [invoice for invoice in invoices.values() if invoice.customer is None]

    assert night.published(
        "select count(*), sum(order_count), sum(net_revenue) from customer_360 where not is_known"
    ) == [
        (
            len(nobodys),
            sum(not invoice.is_credit_note for invoice in nobodys),
            sum(invoice.amount for invoice in nobodys),
        )
    ]


def test_scores_are_those_of_the_definition(
    night: Night, customers: Mapping[int, Customer], id_in_file: Mapping[str, int]
) -> None:
    found = night.published(
        """
        select customer_id, recency_score, frequency_score, monetary_score, rfm_segment_name
        from customer_rfm
        """
    )

    assert {id_in_file[ours]: tuple(scores) for ours, *scores in found} == scored(customers)


def scored(customers: Mapping[int, Customer]) -> dict[int, tuple[int, int, int, str]]:
    """Scores and segment of everybody who ordered, as the docs of customer_rfm define them."""
    buyers = {number: c for number, c in customers.items() if c.order_days}
    recency = fifths({number: max(c.order_days) for number, c in buyers.items()})
    frequency = fifths({number: len(c.order_days) for number, c in buyers.items()})
    monetary = fifths({number: c.revenue for number, c in buyers.items()})
    return {
        n: (recency[n], frequency[n], monetary[n], segment(recency[n], frequency[n], monetary[n]))
        for n in buyers
    }


def fifths(values: Mapping[int, Any]) -> dict[int, int]:
    """By the share of those who are strictly worse, less the share of those strictly better."""
    ordered = sorted(values.values())
    count = len(ordered)
    assert count >= 25
    assert len(set(ordered)) >= 5
    return {
        number: fifth(
            Fraction(bisect_left(ordered, value) + bisect_right(ordered, value) - count, count)
        )
        for number, value in values.items()
    }


def fifth(lead: Fraction) -> int:
    borders = Fraction(1, 5), Fraction(3, 5)
    return 3 + sum(lead > border for border in borders) - sum(-lead > border for border in borders)


def segment(recency: int, frequency: int, monetary: int) -> str:
    return SEGMENT_OF[recency, (frequency + monetary + 1) // 2]


def test_segments_add_up(night: Night, customers: Mapping[int, Customer]) -> None:
    expected = dict.fromkeys(SEGMENTS, (0, Decimal(0)))
    for number, (*_, name) in scored(customers).items():
        count, revenue = expected[name]
        expected[name] = (count + 1, revenue + customers[number].revenue)

    found = night.published(
        "select rfm_segment_name, customer_count, net_revenue from rfm_segments"
    )
    assert {name: (count, revenue) for name, count, revenue in found} == expected


@pytest.fixture(scope="module")
def reference(samples: Path) -> pd.DataFrame:
    """Every figure of everybody with an id, by the id in the file; scores of who ordered."""
    invoices = online_retail_reference.invoices(samples / FILE)
    customers = online_retail_reference.customers(invoices, pd.Timestamp("2010-12-09"))
    scores = online_retail_reference.scores(customers)
    buyers = customers.loc[scores.index, ["order_count", "net_revenue"]].add_prefix("buyer_")
    return customers.join(scores).join(buyers)


@pytest.mark.parametrize("figure", FIGURES)
def test_each_customer_s_figure_is_the_one_of_pandas(
    night: Night, reference: pd.DataFrame, id_in_file: Mapping[str, int], figure: str
) -> None:
    query = (
        f"select customer_360.customer_id, {figure} from customer_360 "
        "left join customer_rfm on customer_360.customer_id = customer_rfm.customer_id "
        f"where is_known and {figure} is not null"
    )
    found = {id_in_file[customer_id]: value for customer_id, value in night.published(query)}

    assert found == reference[FIGURES[figure]].dropna().to_dict()
    assert len(found) > 2_000  # nobody's figure would be equal, too
