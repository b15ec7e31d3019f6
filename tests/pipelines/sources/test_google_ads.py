from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.exports.declare import Export
from pipelines.landing_run import run_now
from pipelines.load import land as land_folder
from pipelines.progress import Progress
from pipelines.sources.google_ads import EXPORTS, SEARCH_TERM_DAYS

from .conftest import Land

CAMPAIGNS = """\
RB - Campaign performance
"June 1, 2026 - June 15, 2026"
Campaign type,Campaign,Day,Currency code,Cost,Clicks,Impr.,Conversions,Conv. value,Search impr. share
Search,Brand,2026-06-14,AUD,503.08,61,"1,606,880",3.96,"1,240.50",> 90%
Performance Max,"Shoes, all",2026-06-15,AUD,2.71,1,12, --, --,< 10%
Search,,2026-06-15,AUD,18257.62,0,0,0,0, --
Total: Campaigns, --, --,AUD,18763.41,62,"1,606,892",3.96,"1,240.50", --
Total: Account, --, --,AUD,18763.41,62,"1,606,892",3.96,"1,240.50", --
"""  # noqa: E501

SEARCH_TERMS = """\
Search terms report
All time
Search term,Match type,Added/Excluded,Campaign,Ad group,Keyword,Day,Currency code,Cost,Clicks,Impr.
red shoes,Exact match,None,Brand,Shoes,[red shoes],2026-06-14,EUR,1.50,2,40
total: gym shoes,Phrase match,Added,Brand,Shoes,\"\"\"gym shoes\"\"\",2026-06-14,EUR,2.25,1,10
Total: Search terms, --, --, --, --, --, --,EUR,3.76,3,50
Total: Other search terms, --, --, --, --, --, --,EUR,36826.00,900,9000
Total: Account, --, --, --, --, --, --,EUR,36829.76,903,9050
"""

KEYWORDS = """\
Search keyword report
27 January 2026 - 23 February 2026
Device\tKeyword status\tKeyword\tCampaign\tAd group\tCurrency code\tDay\tImpr.\tCost\tClicks
Computers\tEnabled\t[red shoes]\tBrand\tShoes\tGBP\t2026-02-01\t40\t1.50\t2
Mobile phones\tEnabled\t\"\"\"gym shoes\"\"\"\tBrand\tShoes\tGBP\t2026-02-01\t10\t2.25\t1
Computers\tTotal: Filtered keywords\t --\t --\t --\tGBP\t --\t40\t1.50\t2
\t\tTotal: Account\t --\t --\tGBP\t --\t50\t3.75\t3
"""

API_ROW = {
    "customer": {"id": "1234567890", "currencyCode": "EUR", "timeZone": "Europe/Rome"},
    "campaign": {"id": "20011", "name": "Brand", "advertisingChannelType": "SEARCH"},
    "segments": {"date": "2026-06-14", "adNetworkType": "SEARCH"},
    "metrics": {
        "costMicros": "503080000",
        "clicks": "61",
        "impressions": "1606",
        "conversions": 3.96,
        "conversionsValue": 1240.5,
    },
}


def test_a_campaign_report_lands_its_rows_and_none_of_its_totals(land: Land) -> None:
    [landed] = land("Campaign report.csv", CAMPAIGNS, EXPORTS)

    assert landed.name == "campaign_days"
    assert landed.column("spend") == [Decimal("503.08"), Decimal("2.71"), Decimal("18257.62")]
    assert landed.column("impressions") == [1_606_880, 12, 0]
    assert landed.column("day") == [date(2026, 6, 14), date(2026, 6, 15), date(2026, 6, 15)]
    assert landed.reading.skipped == {"totals": 2}


def test_a_row_without_a_campaign_keeps_its_money(land: Land) -> None:
    [landed] = land("Campaign report.csv", CAMPAIGNS, EXPORTS)

    assert landed.column("campaign_name") == ["Brand", "Shoes, all", None]
    assert landed.reading.rejects == []


def test_no_value_is_null_and_a_bounded_share_its_bound(land: Land) -> None:
    [landed] = land("Campaign report.csv", CAMPAIGNS, EXPORTS)

    assert landed.column("conversions") == [Decimal("3.96"), None, 0]
    assert landed.column("conversion_value") == [Decimal("1240.5"), None, 0]
    assert landed.column("search_impression_share") == [Decimal("0.90"), Decimal("0.10"), None]


def test_the_excel_download_of_a_keyword_report_is_read(land: Land) -> None:
    excel = KEYWORDS.encode("utf-16")

    [landed] = land("Search keyword report.csv", excel, EXPORTS)

    assert landed.name == "keyword_days"
    assert landed.column("keyword") == ["[red shoes]", '"gym shoes"']
    assert landed.column("device") == ["Computers", "Mobile phones"]
    assert landed.reading.skipped == {"totals": 2}


def test_search_terms_are_checked_against_their_own_total(land: Land) -> None:
    [landed] = land("Search terms report.csv", SEARCH_TERMS, EXPORTS)

    assert landed.name == "search_term_days"
    assert landed.column("search_term") == ["red shoes", "total: gym shoes"]
    assert landed.reading.refusal is None


def test_a_search_terms_report_cut_off_in_the_middle_is_refused(land: Land) -> None:
    cut = SEARCH_TERMS.replace("EUR,3.76", "EUR,45131.04")

    [landed] = land("Search terms report.csv", cut, EXPORTS)

    assert landed.reading.refusal is not None
    assert "own total" in landed.reading.refusal


def test_a_report_without_days_is_refused_and_told_what_it_misses(land: Land) -> None:
    aggregated = "Campaign report\nAll time\nCampaign,Currency code,Cost\nBrand,EUR,503.08\n"

    [landed] = land("Campaign report.csv", aggregated, EXPORTS)

    assert landed.reading.refusal is not None
    assert "Day" in landed.reading.refusal


def test_a_row_without_a_day_is_rejected(land: Land) -> None:
    report = CAMPAIGNS.replace('Shoes, all",2026-06-15', 'Shoes, all", --')

    [landed] = land("Campaign report.csv", report, EXPORTS)

    assert landed.reading.landed == 2
    assert [r.column for r in landed.reading.rejects] == ["day"]


def test_british_and_american_reports_are_the_same_report(land: Land) -> None:
    header = "Campaign,Day,Currency code,Cost,{} score\nBrand,2026-06-14,GBP,5.00,81.2%\n"

    [american] = land("us.csv", header.format("Optimization"), EXPORTS)
    [british] = land("gb.csv", header.format("Optimisation"), EXPORTS)

    assert american.column("optimization_score") == [Decimal("0.812")]
    assert british.column("optimization_score") == [Decimal("0.812")]


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ("Search term,Keyword,Ad group,Campaign", "search_term_days"),
        ("Search term", "search_term_days"),
        ("Search keyword,Ad group,Campaign", "keyword_days"),
        ("Ad ID,Ad type,Ad group,Campaign", "ad_days"),
        ("Ad group,Campaign", "ad_group_days"),
        ("Campaign,Campaign ID", "campaign_days"),
    ],
)
def test_the_columns_tell_which_report_it_is(land: Land, columns: str, name: str) -> None:
    cells = ",".join("1" for _ in columns.split(","))
    report = f"{columns},Day,Currency code,Cost\n{cells},2026-06-14,EUR,1.00\n"

    [landed] = land("my report.csv", report, EXPORTS)

    assert (landed.name, landed.reading.landed) == (name, 1)


def test_rounded_campaign_ids_refuse_the_report(land: Land) -> None:
    report = "Campaign,Campaign ID,Day,Currency code,Cost\nBrand,2.0011E+10,2026-06-14,EUR,1\n"

    [landed] = land("Campaign report.csv", report, EXPORTS)

    assert landed.reading.refusal is not None


@pytest.mark.parametrize(
    "row",
    [
        API_ROW,
        {
            "customer": {"id": 1234567890, "currency_code": "EUR"},
            "campaign": {"id": 20011},
            "segments": {"date": "2026-06-14"},
            "metrics": {"cost_micros": 503080000, "clicks": 61},
        },
        {
            "customer_id": 1234567890,
            "customer_currency_code": "EUR",
            "campaign_id": 20011,
            "segments_date": "2026-06-14",
            "metrics_cost_micros": 503080000,
            "metrics_clicks": 61,
        },
    ],
    ids=["rest", "client library", "flat"],
)
def test_api_rows_are_read_in_every_spelling(land: Land, row: dict[str, object]) -> None:
    [landed] = land("campaign.jsonl", json.dumps(row) + "\n", EXPORTS)

    assert landed.name == "api_campaign_days"
    assert landed.column("cost_micros") == [503_080_000]
    assert landed.column("campaign_id") == ["20011"]
    assert landed.column("currency_code") == ["EUR"]
    assert landed.column("clicks") == [61]


@pytest.mark.parametrize("header", ["Conversion action", "Click type", "Age", "country/territory"])
def test_rows_that_do_not_add_up_to_the_day_land_apart(land: Land, header: str) -> None:
    report = (
        f"Campaign,{header},Day,Currency code,Cost,Conversions\n"
        "Brand,one,2026-06-14,EUR,0.72,1\n"
        "Brand,two,2026-06-14,EUR,0.73,2\n"
    )

    [landed] = land("Campaign report.csv", report, EXPORTS)

    assert (landed.name, landed.reading.landed) == ("breakdown_days", 2)
    assert landed.column("conversions") == [1, 2]


def test_a_report_by_conversion_action_has_no_cost(land: Land) -> None:
    report = "Campaign,Conversion action,Day,Conversions\nBrand,Purchase,2026-06-14,2\n"

    [landed] = land("Campaign report.csv", report, EXPORTS)

    assert landed.name == "breakdown_days"
    assert landed.column("conversion_action") == ["Purchase"]
    assert landed.column("spend") == [None]


@pytest.mark.parametrize("header", ["Device", "Network (with search partners)", "Hour of the day"])
def test_rows_that_add_up_to_the_day_say_what_they_are_split_by(land: Land, header: str) -> None:
    report = f"Campaign,{header},Day,Currency code,Cost\nBrand,x,2026-06-14,EUR,0.72\n"

    [landed] = land("Campaign report.csv", report, EXPORTS)

    assert landed.name == "campaign_days"
    [row] = landed.rows
    assert "x" in (row["device"], row["network"], row["hour"])


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ('"June 1, 2026 - June 30, 2026"', (date(2026, 6, 1), date(2026, 6, 30))),
        ("27 January 2026 - 23 February 2026", (date(2026, 1, 27), date(2026, 2, 23))),
        ("All time", (None, None)),
        ("1. Juni 2026 - 30. Juni 2026", (None, None)),
        ("June 30, 2026 - June 1, 2026", (None, None)),
    ],
)
def test_a_report_states_its_days_above_the_header(
    land: Land, line: str, stated: tuple[date | None, date | None]
) -> None:
    report = CAMPAIGNS.replace('"June 1, 2026 - June 15, 2026"', line)

    for content in (report, KEYWORDS.replace("27 January 2026 - 23 February 2026", line)):
        for encoding in ("utf-8", "utf-16"):
            [landed] = land("Report.csv", content.encode(encoding), EXPORTS)

            assert (landed.reading.stated_from, landed.reading.stated_until) == stated


def test_a_workbook_states_its_days_above_the_header(land: Land) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(io.StringIO(CAMPAIGNS)):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)

    [landed] = land("Campaign report.xlsx", file.getvalue(), EXPORTS)

    assert landed.reading.landed == 3
    assert landed.reading.stated_from == date(2026, 6, 1)
    assert landed.reading.stated_until == date(2026, 6, 15)


def test_api_rows_by_conversion_action_land_apart(land: Land) -> None:
    by_action = {
        "campaign": {"id": "20011"},
        "segments": {"date": "2026-06-14", "conversionAction": "customers/1/conversionActions/2"},
        "metrics": {"conversions": 2},
    }
    rows = "".join(json.dumps(row) + "\n" for row in (API_ROW, by_action))

    days, breakdowns = land("campaign.jsonl", rows, EXPORTS)

    assert (days.name, days.column("campaign_id")) == ("api_campaign_days", ["20011"])
    assert days.reading.skipped == {"other kind": 1}
    assert breakdowns.name == "api_breakdown_days"
    assert breakdowns.column("conversion_action") == ["customers/1/conversionActions/2"]
    assert breakdowns.column("conversions") == [2]


def test_an_api_response_is_read_with_its_wrapper(land: Land) -> None:
    response = json.dumps({"results": [API_ROW, API_ROW], "fieldMask": "campaign.id"}, indent=1)

    [landed] = land("campaign.json", response, EXPORTS)

    assert landed.reading.landed == 2


def test_click_rows_are_clicks_and_no_campaign_days(land: Land) -> None:
    click = {
        "customer": {"id": "1234567890", "currencyCode": "EUR"},
        "clickView": {
            "gclid": "Cj0KCQjw",
            "adGroupAd": "customers/1234567890/adGroupAds/44~55",
            "keywordInfo": {"text": "red shoes", "matchType": "EXACT"},
        },
        "campaign": {"id": "20011"},
        "adGroup": {"id": "44"},
        "segments": {"date": "2026-06-14"},
    }

    [landed] = land("clicks.jsonl", json.dumps(click) + "\n", EXPORTS)

    assert landed.name == "clicks"
    assert landed.rows[0]["gclid"] == "Cj0KCQjw"
    assert landed.rows[0]["keyword"] == "red shoes"
    assert landed.rows[0]["clicked_on"] == date(2026, 6, 14)


def test_a_restated_export_of_the_same_days_lands_beside_the_first(tmp_path: Path) -> None:
    restated = CAMPAIGNS.replace("2.71", "486.66")
    for day, report in (("2026-06-15", CAMPAIGNS), ("2026-06-18", restated)):
        folder = tmp_path / "exports/google_ads/shop" / day
        folder.mkdir(parents=True)
        (folder / "Campaign report.csv").write_text(report)
    warehouse = tmp_path / "warehouse.duckdb"

    land_folder(
        str(tmp_path / "exports"), warehouse, tmp_path / "work", run_now("night"), Progress()
    )

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.sql(
            "select _account, cast(_exported_at as date), spend from raw_google_ads.campaign_days "
            "where campaign_name = 'Shoes, all' order by 2"
        ).fetchall()
        stated = connection.sql(
            "select distinct stated_from, stated_until from raw_operations.load_files"
        ).fetchall()
    assert stated == [(date(2026, 6, 1), date(2026, 6, 15))]
    assert found == [
        ("shop", date(2026, 6, 15), Decimal("2.71")),
        ("shop", date(2026, 6, 18), Decimal("486.66")),
    ]


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_every_export_has_columns_of_one_name_once(export: Export) -> None:
    names = [column.name for column in export.columns]

    assert len(names) == len(set(names))
    assert export.dated_by in names


def test_search_terms_are_asked_first() -> None:
    assert EXPORTS[0] is SEARCH_TERM_DAYS
