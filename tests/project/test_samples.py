"""Real files of several vendors through whole nights, against what a plain reading of them says.

The files are fixtures and examples that vendors and tool makers published under MIT or CC BY 4.0.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from .conftest import Night, documented_mapping, run_night

VENDORS = {"marketo": "marketo", "shopify": "shopify", "web_events": "web"}
SEGMENT_FILE = "segment_spec_examples.jsonl"
CAMPAIGNS = Path("microsoft_ads/campaign_performance_report_hourly.csv")
ORDER_FILES = (
    "rest_order.json",
    "rest_order_with_transaction.json",
    "rest_orders.json",
    "shopify_python_api_order.json",
    "shopify_python_api_orders.json",
)
CUSTOMER_FILES = ("rest_customer.json", "shopify_python_api_customers_search.json")
REFUSED = {
    "marketo/bulk_extract__activity_types.json": "is named like no export",
    "marketo/bulk_extract__lead_extract_with_quote_RFC4180.csv": "but it misses: id",
    "marketo/bulk_extract__lead_extract_with_quote_in_quote_field.csv": "but it misses: id",
    "shopify/rest_draft_order.json": "has an unknown layout",
    "shopify/rest_product.json": "has an unknown layout",
    "shopify/shopify_python_api_checkouts.json": "has an unknown layout",
}


@dataclass(frozen=True)
class Extract:
    table: str
    key: str
    files: str
    their_key: str
    row_count: int

    def __str__(self) -> str:
        return self.table


MARKETO = (
    Extract("leads", "lead_id", "*lead*_extract[12].csv", "id", 19),
    Extract("activities", "activity_id", "*activity_extract[12].csv", "marketoGUID", 55),
    Extract("program_members", "lead_id", "*program_members_extract.csv", "leadId", 3),
)


def write_exports(samples: Path, folder: Path) -> Path:
    """All files in folders of their vendors, and the mapping of the one without a vendor."""
    exports = folder / "exports"
    for source, vendor in VENDORS.items():
        shutil.copytree(samples / source, exports / vendor, copy_function=shutil.copyfile)
    (exports / "microsoft_ads").mkdir()
    shutil.copyfile(samples / CAMPAIGNS, exports / CAMPAIGNS)
    (exports / "exports.yml").write_text(documented_mapping("microsoft_ads"))
    return exports


@pytest.fixture(scope="module")
def red_night(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Night:
    """Everything, as it is."""
    folder = tmp_path_factory.mktemp("red")
    write_exports(samples, folder)
    return run_night(folder, "--currency", "USD")


@pytest.fixture(scope="module")
def night(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Night:
    """Everything but the web events without a time."""
    folder = tmp_path_factory.mktemp("green")
    events = write_exports(samples, folder) / "web" / SEGMENT_FILE
    timed = [line for line in events.read_text().splitlines() if "timestamp" in json.loads(line)]
    events.write_text("\n".join(timed))
    return run_night(folder, "--currency", "USD")


def test_a_file_of_examples_without_times_stops_the_night(red_night: Night) -> None:
    assert (red_night.code, red_night.summary["status"]) == (1, "red")
    assert red_night.summary["problems"] == [
        "raw_web.segment_events: no file has over 10% rejects (found: 0.705882)"
    ]
    assert not (red_night.root / "published").exists()


def test_each_example_event_landed_or_is_rejected_with_its_reason(
    red_night: Night, samples: Path
) -> None:
    lines = (samples / "web_events" / SEGMENT_FILE).read_text().splitlines()
    events = {number: json.loads(line) for number, line in enumerate(lines, start=1)}
    landed = red_night.landed("select _line, event_type, message_id from raw_web.segment_events")
    rejected = red_night.landed(
        "select line, column_name, reason from raw_operations.load_rejects order by line"
    )

    assert {line: (kind, message) for line, kind, message in landed} == {
        n: (event["type"], event["messageId"])
        for n, event in events.items()
        if "timestamp" in event
    }
    assert rejected == [
        (n, "occurred_at", "is missing") for n, event in events.items() if "timestamp" not in event
    ]
    assert (len(landed), len(rejected)) == (5, 12)


def test_with_times_the_night_is_published(night: Night) -> None:
    assert (night.code, night.summary["status"], night.summary["problems"]) == (0, "published", [])
    # both orders of the samples were placed as tests, so all customers are prospects
    assert night.summary["warnings"] == [
        f"raw_operations.load_files: no file was refused tonight (found: {len(REFUSED)})",
        "marts.customer_months: no stage of life holds over 98% of the customers (found: 1)",
    ]


def test_what_is_no_export_is_refused_in_a_sentence(night: Night) -> None:
    refused = {f["path"]: f["reason"] for f in night.summary["files"] if f["status"] == "refused"}

    assert refused.keys() == REFUSED.keys()
    assert all(REFUSED[path] in reason for path, reason in refused.items())


def test_every_row_of_every_file_is_accounted_for(night: Night) -> None:
    counted = night.published(
        """
        select count(*), sum(file_row_count), sum(landed_row_count), sum(rejected_row_count)
        from load_files where load_status = 'landed'
        """
    )

    assert counted == [(41, 2_294, 2_294, 0)]


@pytest.mark.parametrize("extract", MARKETO, ids=str)
def test_marketo_rows_land_one_by_one(night: Night, samples: Path, extract: Extract) -> None:
    paths = sorted((samples / "marketo").glob(extract.files))

    landed = night.landed(f"select {extract.key} from raw_marketo.{extract.table}")

    assert len(landed) == extract.row_count
    assert sorted(landed) == sorted((row[extract.their_key],) for row in rows_of(paths))


def test_attributes_of_activities_stay_whole(night: Night, samples: Path) -> None:
    paths = sorted((samples / "marketo").glob("*activity_extract*.csv"))
    query = "select activity_id, attributes from raw_marketo.activities"

    landed = {activity: json.loads(attributes) for activity, attributes in night.landed(query)}

    assert landed == {r["marketoGUID"]: json.loads(r["attributes"]) for r in rows_of(paths)}


def test_shopify_orders_land_with_their_lines(night: Night, samples: Path) -> None:
    orders = list(documents(samples, ORDER_FILES, "order"))
    lines = [line for order in orders for line in order.get("line_items", [])]

    query = "select order_id, total_price, currency from raw_shopify.api_orders"
    assert sorted(night.landed(query)) == sorted(
        (str(order["id"]), Decimal(order["total_price"]), order["currency"]) for order in orders
    )
    query = "select line_id, quantity, price from raw_shopify.api_order_lines"
    assert sorted(night.landed(query)) == sorted(
        (str(line["id"]), line["quantity"], Decimal(line["price"])) for line in lines
    )


def test_a_shopify_refund_lands_with_its_payment_and_lines(night: Night, samples: Path) -> None:
    (refund,) = documents(samples, ("shopify_python_api_refund.json",), "refund")

    query = "select refund_id, transaction_id, amount from raw_shopify.api_refund_payments"
    assert night.landed(query) == [
        (str(refund["id"]), str(payment["id"]), Decimal(payment["amount"]))
        for payment in refund["transactions"]
    ]
    query = "select refund_line_id, line_id, quantity from raw_shopify.api_refund_lines"
    assert sorted(night.landed(query)) == sorted(
        (str(line["id"]), str(line["line_item_id"]), line["quantity"])
        for line in refund["refund_line_items"]
    )


def test_of_an_order_told_three_times_there_is_one(night: Night, samples: Path) -> None:
    ids = {str(order["id"]) for order in documents(samples, ORDER_FILES, "order")}

    found = night.published("select shop_order_id from orders")

    assert sorted(found) == sorted((order_id,) for order_id in ids)


def test_an_order_placed_as_a_test_earns_nothing(night: Night, samples: Path) -> None:
    (test,) = {str(o["id"]) for o in documents(samples, ORDER_FILES, "order") if o.get("test")}

    query = "select is_test, is_counted, net_revenue from orders where shop_order_id = "
    assert night.published(f"{query} '{test}'") == [(True, False, Decimal(0))]


def test_shopify_customers_land(night: Night, samples: Path) -> None:
    customers = documents(samples, CUSTOMER_FILES, "customer")

    assert sorted(night.landed("select customer_id, email from raw_shopify.api_customers")) == (
        sorted((str(customer["id"]), customer["email"]) for customer in customers)
    )


def test_shopify_catalogues_land_row_by_row(night: Night, samples: Path) -> None:
    rows = list(rows_of(sorted((samples / "shopify").glob("products_csv_*.csv"))))

    landed = night.landed("select handle, count(*) from raw_shopify.products group by all")

    handles = [row["Handle"] for row in rows]
    assert dict(landed) == {handle: handles.count(handle) for handle in set(handles)}
    assert len(handles) == 2_169


def test_ad_days_spend_what_the_report_by_hour_says(night: Night, samples: Path) -> None:
    hours = list(rows_of([samples / CAMPAIGNS]))
    days = {hour["TimePeriod"].split("|")[0] for hour in hours}

    query = """
        select cast(ad_date as varchar), sum(spend), sum(impressions), sum(clicks)
        from ad_days where platform = 'microsoft_ads' group by all
    """
    found = {day: tuple(sums) for day, *sums in night.published(query)}

    assert found == {day: sums_of(h for h in hours if h["TimePeriod"][:10] == day) for day in days}


def sums_of(hours: Iterable[dict[str, str]]) -> tuple[Decimal, int, int]:
    told = list(hours)
    return (
        sum((Decimal(hour["Spend"]) for hour in told), Decimal(0)),
        sum(int(hour["Impressions"]) for hour in told),
        sum(int(hour["Clicks"]) for hour in told),
    )


def rows_of(paths: Iterable[Path]) -> Iterator[dict[str, str]]:
    """The rows of CSV files, as Python's own module reads them."""
    for path in paths:
        with path.open(newline="", encoding="utf-8-sig") as file:
            yield from csv.DictReader(file)


def documents(samples: Path, files: Iterable[str], name: str) -> Iterator[dict[str, Any]]:
    """The objects of API responses, which hold one under its name or several under its plural."""
    for file in files:
        response = json.loads((samples / "shopify" / file).read_text())
        yield from response[f"{name}s"] if f"{name}s" in response else [response[name]]
