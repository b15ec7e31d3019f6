"""Files of any layout: what `exports.yml` may say, and what lands by it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.sources.mapped import EXPORTS, MappingError, mapped_exports

from .conftest import Land, Landed

RETAIL = {
    "shop": "online_retail",
    "kind": "order_lines",
    "files": ["online_retail/*.parquet"],
    "columns": {
        "order_id": "Invoice",
        "ordered_at": "InvoiceDate",
        "sku": "StockCode",
        "quantity": "Quantity",
        "unit_price": "Price",
        "shop_customer_id": "Customer ID",
        "country": "Country",
    },
    "constants": {"currency_code": "GBP"},
    "timezone": "Europe/London",
    "credit_note_ids": "^C",
}
RETAIL_ROWS = pa.table(
    {
        "Invoice": ["489434", "C489449"],
        "StockCode": ["85048", "22087"],
        "Quantity": [12, -1],
        "InvoiceDate": ["2010-06-01 07:45:00", "2010-06-01 10:33:00"],
        "Price": [6.95, 2.1],
        "Customer ID": [13085.0, None],
        "Country": ["United Kingdom", "Australia"],
    }
)
BING = {
    "platform": "microsoft_ads",
    "kind": "ad_days",
    "files": "microsoft_ads/*.csv",
    "columns": {
        "account_id": "AccountId",
        "campaign_id": "CampaignId",
        "campaign_name": "CampaignName",
        "currency_code": "CurrencyCode",
        "impressions": "Impressions",
        "clicks": "Clicks",
        "spend": "Spend",
        "conversions": "Conversions",
        "conversion_value": "Revenue",
        "ad_date": "TimePeriod",
    },
    "date_format": "%Y-%m-%d|%H",
}
BING_CSV = """\
"AccountId","CampaignId","TimePeriod","CurrencyCode","CampaignName","Impressions","Clicks",\
"Ctr","Spend","Conversions","Revenue"
"1805","5310","2023-11-11|01","USD","Brand","1,204","1","0.08%","1.48","0",""
"1805","5310","2023-11-11|23","USD","Brand","9","0","0.00%","0.00","1","25.00"
"""
HOFLADEN_CSV = """\
Bestell-Nr;Datum;Betrag;Ort
17;24.12.2023 09:30;1.234,56;Köln
18;24.12.2023 10:00;8,5;k. A.
Gesamt;;1.243,06;
"""


def one(mapping: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the one export of the mapping
    [export] = mapped_exports({"mapped": [mapping]})
    return export


def landed(found: list[Landed]) -> list[dict[str, Any]]:
    [only] = found
    assert only.reading.refusal is None
    assert only.reading.rejects == []
    return only.rows


def parquet(table: pa.Table) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


def test_a_retailers_parquet_lands_as_order_lines(land: Land) -> None:
    sale, credit_note = landed(land("2010.parquet", parquet(RETAIL_ROWS), [one(RETAIL)]))

    assert sale["shop"] == "online_retail"
    assert sale["order_id"] == "489434"
    assert sale["quantity"] == 12
    assert sale["unit_price"] == Decimal("6.95")
    assert sale["ordered_at"] == datetime(2010, 6, 1, 6, 45)
    assert sale["currency_code"] == "GBP"
    assert sale["email"] is None
    assert credit_note["quantity"] == -1
    assert credit_note["credit_note_pattern"] == "^C"


def test_an_id_that_a_tool_stored_as_a_fraction_lands_as_a_whole_number(land: Land) -> None:
    rows = landed(land("2010.parquet", parquet(RETAIL_ROWS), [one(RETAIL)]))

    assert [row["shop_customer_id"] for row in rows] == ["13085", None]


@pytest.mark.parametrize(("parts", "together"), [({}, False), ({"parts": "together"}, True)])
def test_a_platform_that_splits_its_export_says_so(
    land: Land, parts: dict[str, str], together: bool
) -> None:
    rows = landed(land("report.csv", BING_CSV, [one(BING | parts)]))

    assert [row["parts_together"] for row in rows] == [together, together]


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        (BING | {"parts": "apart"}, "choose from together"),
        (RETAIL | {"parts": "together"}, "ad_days"),
    ],
)
def test_parts_that_mean_nothing_are_refused(mapping: dict[str, Any], reason: str) -> None:
    with pytest.raises(MappingError, match=reason):
        one(mapping)


def test_reports_by_hour_land_on_their_day(land: Land) -> None:
    night, evening = landed(land("report.csv", BING_CSV, [one(BING)]))

    assert night["platform"] == "microsoft_ads"
    assert night["ad_date"] == evening["ad_date"] == date(2023, 11, 11)
    assert night["impressions"] == 1204
    assert night["spend"] == Decimal("1.48")
    assert night["conversion_value"] is None
    assert evening["conversion_value"] == Decimal("25.00")


def test_a_localized_file_is_read_as_it_is_written(land: Land) -> None:
    mapping = {
        "shop": "hofladen",
        "kind": "orders",
        "files": ["hofladen/*.csv"],
        "columns": {
            "order_id": "Bestell-Nr",
            "ordered_at": "Datum",
            "subtotal": ["Summe", "Betrag"],
            "city": "Ort",
        },
        "constants": {"currency_code": "EUR", "is_test": False},
        "timezone": "Europe/Berlin",
        "date_format": "%d.%m.%Y %H:%M",
        "decimal_comma": True,
        "encoding": "cp1252",
        "nulls": ["k. A."],
        "totals": "^Gesamt$",
    }

    first, second = landed(land("shop.csv", HOFLADEN_CSV.encode("cp1252"), [one(mapping)]))

    assert first["order_id"] == "17"
    assert first["ordered_at"] == datetime(2023, 12, 24, 8, 30)
    assert first["subtotal"] == Decimal("1234.56")
    assert first["city"] == "Köln"
    assert first["is_test"] is False
    assert second["subtotal"] == Decimal("8.50")
    assert second["city"] is None


def test_a_line_without_its_order_is_rejected(land: Land) -> None:
    mapping = {**RETAIL, "files": ["shop/*.csv"]}
    header = "Invoice,InvoiceDate,StockCode,Quantity,Price,Customer ID,Country\n"
    rows = ",2010-06-01 07:45:00,85048,1,6.95,,\n489434,2010-06-01 07:45:00,85048,1,6.95,,\n"

    [found] = land("lines.csv", header + rows, [one(mapping)])

    assert [row["order_id"] for row in found.rows] == ["489434"]
    assert [reject.column for reject in found.reading.rejects] == ["order_id"]


def test_a_file_that_lacks_a_mapped_column_is_refused(land: Land) -> None:
    [found] = land("lines.csv", "Invoice,Quantity\n489434,1\n", [one(RETAIL)])

    assert "StockCode" in (found.reading.refusal or "")


def test_all_mappings_of_a_kind_share_one_table() -> None:
    other = {
        "shop": "kiosk",
        "kind": "order_lines",
        "files": ["kiosk/*.csv"],
        "columns": {"order_id": "no", "quantity": "qty", "line_amount": "paid"},
    }
    retail, kiosk = mapped_exports({"mapped": [RETAIL, other]})
    [unmapped] = [export for export in EXPORTS if export.name == "order_lines"]

    layouts = [
        [(column.name, column.type.kind) for column in export.columns]
        for export in (retail, kiosk, unmapped)
    ]
    assert {retail.table, kiosk.table, unmapped.table} == {"raw_mapped.order_lines"}
    assert layouts[0] == layouts[1] == layouts[2]


def test_no_file_belongs_to_a_kind_that_is_not_mapped() -> None:
    assert {export.files for export in EXPORTS} == {()}


def test_the_configuration_is_a_file_that_may_be_absent(tmp_path: Path) -> None:
    file = tmp_path / "exports.yml"
    assert mapped_exports(file) == ()

    file.write_text(
        "mapped:\n"
        "  - shop: kiosk\n"
        "    kind: products\n"
        "    files: kiosk/goods.csv\n"
        "    columns: {sku: Code, unit_cost: Cost}\n",
        encoding="utf-8",
    )

    [export] = mapped_exports(file)
    assert (export.table, export.files) == ("raw_mapped.products", ("kiosk/goods.csv",))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"kind": "sales"}, "`kind` is 'sales'; choose from orders, order_lines, customers"),
        ({"shop": "Online Retail"}, "`shop` is 'Online Retail'; give it a name of a-z"),
        ({"shop": "shopify_uk"}, "`shop` is 'shopify_uk', which names Shopify's own exports"),
        ({"colums": {}}, "unknown key 'colums'; choose from shop, kind, files, columns"),
        ({"files": []}, "`files` is []; give a text or a list of texts"),
        ({"files": ["../private/*.csv"]}, "`files` has '../private/*.csv'"),
        ({"files": ["/srv/*.csv"]}, "`files` has '/srv/*.csv'"),
        ({"columns": None}, "`columns` is None; write <column>: <column of the file>"),
        ({"columns": {"quantitty": "Q"}}, "unknown column 'quantitty'; choose from order_id"),
        ({"columns": {"order_id": 7}}, "columns: `order_id` is 7; give a text"),
        ({"columns": {"order_id": "I", "quantity": "Q"}}, "which column is unit_price or line_am"),
        ({"constants": {"country": "GB"}}, "'country' is both in `columns` and in `constants`"),
        ({"constants": {"currency_code": ["GBP"]}}, "constant 'currency_code' is ['GBP']"),
        ({"constants": {"color": "red"}}, "unknown constant 'color'; choose from order_id"),
        ({"constants": {}}, "`currency_code` is missing"),
        ({"timezone": "London"}, "`timezone` is 'London'; give an IANA name"),
        ({"encoding": "ebcdic-9"}, "`encoding` is 'ebcdic-9'; give one such as"),
        ({"decimal_comma": "yes"}, "`decimal_comma` is 'yes'; choose from true, false"),
        ({"credit_note_ids": "("}, "`credit_note_ids` is '(', no regular expression"),
        ({"totals": "^(?=Sum)"}, "`totals` is '^(?=Sum)', no regular expression"),
        ({"date_format": ["%d.%m.%Y", "%Q"]}, "`date_format` is '%Q', no pattern of days"),
    ],
)
def test_a_slip_is_told_with_its_place_and_the_choices(
    change: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(MappingError) as told:
        mapped_exports({"mapped": [BING, {**RETAIL, **change}]})

    assert "exports.yml: mapped, entry 2" in str(told.value)
    assert complaint in str(told.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("mapped: [", "line 1 is not valid YAML"),
        ("mappings: []", "expected one key at the top, `mapped`"),
        ("mapped: {shop: kiosk}", "`mapped` must be a list"),
        ("mapped: [kiosk]", "entry 1: expected keys such as `kind`"),
        ("# Café\n", "is not UTF-8"),
        ("mapped: \x07", "is not valid YAML: special characters are not allowed"),
    ],
)
def test_a_file_that_is_no_mapping_is_told(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "exports.yml"
    file.write_text(text, encoding="cp1252")

    with pytest.raises(MappingError, match=r"exports\.yml") as told:
        mapped_exports(file)

    assert complaint in str(told.value)


def test_credit_notes_are_for_orders_only() -> None:
    with pytest.raises(MappingError, match="for orders and order_lines only"):
        mapped_exports({"mapped": [{**BING, "credit_note_ids": "^C"}]})


SHOP = {
    "shop": "berlin",
    "kind": "orders",
    "files": "berlin/*.csv",
    "columns": {
        "order_id": "Nr",
        "ordered_at": "Datum",
        "total": "Summe",
        "tax": "MwSt",
        "refunded_total": "Erstattet",
    },
    "constants": {"currency_code": "EUR"},
}
SHOP_CSV = "Nr,Datum,Summe,MwSt,Erstattet\n1,2026-04-10,119.00,19.00,\n"


@pytest.mark.parametrize("included", [True, False])
def test_a_mapping_says_whether_prices_include_tax(land: Land, included: bool) -> None:
    [order] = landed(land("1.csv", SHOP_CSV, [one(SHOP | {"prices_include_tax": included})]))

    assert order["prices_include_tax"] is included


def test_a_mapping_need_not_say_whether_prices_include_tax(land: Land) -> None:
    [order] = landed(land("1.csv", SHOP_CSV, [one(SHOP)]))

    assert order["prices_include_tax"] is None
    assert order["refunded_total"] is None


def test_a_column_may_say_whether_prices_include_tax(land: Land) -> None:
    columns = {**SHOP["columns"], "prices_include_tax": "Brutto"}  # type: ignore[dict-item]
    text = "Nr,Datum,Summe,MwSt,Erstattet,Brutto\n1,2026-04-10,9.00,1.00,2.00,yes\n"
    [order] = landed(land("1.csv", text, [one(SHOP | {"columns": columns})]))

    assert order["prices_include_tax"] is True
    assert order["refunded_total"] == Decimal("2.00")


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        (SHOP | {"prices_include_tax": "yes"}, "choose from true, false"),
        (RETAIL | {"prices_include_tax": True}, "map `line_tax`"),
        (BING | {"prices_include_tax": True}, "orders and order_lines only"),
        (
            SHOP | {"columns": {**SHOP["columns"], "refunded": "Waren"}},  # type: ignore[dict-item]
            "choose one of `refunded`",
        ),
        (
            SHOP
            | {
                "columns": {**SHOP["columns"], "prices_include_tax": "Brutto"},  # type: ignore[dict-item]
                "prices_include_tax": True,
            },
            "both in `columns` and a key",
        ),
    ],
)
def test_money_that_cannot_be_meant_is_refused(mapping: dict[str, Any], reason: str) -> None:
    with pytest.raises(MappingError, match=reason):
        one(mapping)
