from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from pipelines.sources.meta_ads import EXPORTS

from .conftest import Land

ADS = """\
"Campaign name","Ad set name","Ad name",Day,"Delivery status","Result type",Results,"Amount spent (AUD)",Impressions,"Attribution setting","Quality ranking","Ad set name",Purchases,"Purchases conversion value","Link clicks","Reporting starts","Reporting ends"
"Summer
sale 🌞",Broad,Boosted post,2026-06-15,active,Purchases,2,31.5,"1,204","7-day click or 1-day view",-,Broad,2,180.25,12,2026-06-15,2026-06-15
"Summer
sale 🌞",Broad,Boosted post,2026-06-15,inactive,Link clicks,9,4.2,88,"7-day click",-,Broad,,,9,2026-06-15,2026-06-15
Evergreen,Lookalike,Carousel,2026-06-14,active,Purchases,1,12,301,Incremental,-,Lookalike,1,60,3,2026-06-14,2026-06-14
"""  # noqa: E501

INSIGHT = {
    "account_id": "10157",
    "account_currency": "USD",
    "campaign_id": "23843000000000001",
    "campaign_name": "Summer sale",
    "adset_id": "23843000000000002",
    "adset_name": "Broad",
    "ad_id": "23843000000000003",
    "ad_name": "Boosted post",
    "date_start": "2026-06-14",
    "date_stop": "2026-06-14",
    "spend": "14.35",
    "impressions": "185",
    "clicks": "9",
    "inline_link_clicks": "4",
    "actions": [
        {"action_type": "link_click", "value": "4", "7d_click": "4"},
        {"action_type": "purchase", "value": "3", "7d_click": "2", "1d_view": "1"},
        {"action_type": "omni_purchase", "value": "3", "7d_click": "2", "1d_view": "1"},
        {"action_type": "offsite_conversion.fb_pixel_purchase", "value": "2"},
    ],
    "action_values": [
        {"action_type": "offsite_conversion.fb_pixel_purchase", "value": "61.10"},
        {"action_type": "omni_purchase", "value": "92.40"},
    ],
}


def test_an_ads_export_lands_ads_of_one_name_each(land: Land) -> None:
    [landed] = land("Shop-Ads-1-Jun-2026.csv", ADS.encode("utf-8-sig"), EXPORTS)

    assert landed.name == "ad_days"
    assert landed.column("spend") == [Decimal("31.5"), Decimal("4.2"), Decimal(12)]
    assert landed.column("ad_name") == ["Boosted post", "Boosted post", "Carousel"]
    assert landed.column("campaign_name")[0] == "Summer\nsale 🌞"


def test_the_currency_is_read_from_the_header(land: Land) -> None:
    [landed] = land("ads.csv", ADS, EXPORTS)

    assert set(landed.column("currency_code")) == {"AUD"}


def test_no_purchase_is_null_and_not_zero(land: Land) -> None:
    [landed] = land("ads.csv", ADS, EXPORTS)

    assert landed.column("purchases") == [2, None, 1]
    assert landed.column("attribution_setting")[2] == "Incremental"


def test_an_export_of_nothing_lands_nothing(land: Land) -> None:
    empty = ADS.splitlines()[0] + '\n"No data available."\n'

    [landed] = land("ads.csv", empty, EXPORTS)

    assert landed.reading.refusal is None
    assert landed.reading.landed == 0
    assert landed.reading.skipped == {"no data": 1}


def test_rows_over_several_days_refuse_the_export(land: Land) -> None:
    range_export = (
        '"Reporting starts","Reporting ends","Campaign name","Amount spent (USD)",Impressions\n'
        "2026-06-01,2026-06-30,Summer sale,310.20,9000\n"
    )

    [landed] = land("campaigns.csv", range_export, EXPORTS)

    assert landed.reading.refusal is not None
    assert "by day" in landed.reading.refusal


def test_without_a_day_column_a_day_is_where_the_row_starts(land: Land) -> None:
    one_day = (
        '"Reporting starts","Reporting ends","Campaign name","Amount spent (USD)",Impressions\n'
        '2026-06-14,2026-06-14,Summer sale,"1,310.20",9000\n'
    )

    [landed] = land("campaigns.csv", one_day, EXPORTS)

    assert landed.name == "campaign_days"
    assert landed.column("day") == [date(2026, 6, 14)]
    assert landed.column("spend") == [Decimal("1310.2")]


def test_the_summary_on_top_is_rejected_and_not_counted(land: Land) -> None:
    with_summary = (
        "Campaign name,Ad set name,Day,Amount spent (EGP),Reporting starts,Reporting ends\n"
        ",,,22,2026-06-01,2026-06-30\n"
        "Summer sale,Broad,2026-06-14,10,2026-06-14,2026-06-14\n"
        "Summer sale,Broad,2026-06-15,12,2026-06-15,2026-06-15\n"
    )

    [landed] = land("ad sets.csv", with_summary, EXPORTS)

    assert landed.name == "ad_set_days"
    assert landed.column("spend") == [10, 12]
    assert [r.column for r in landed.reading.rejects] == ["campaign_name"]


def test_an_export_without_spend_is_refused_and_told_so(land: Land) -> None:
    export = (
        "Campaign name,Day,Impressions,Reporting starts,Reporting ends\n"
        "Summer sale,2026-06-14,1,2026-06-14,2026-06-14\n"
    )

    [landed] = land("campaigns.csv", export, EXPORTS)

    assert landed.reading.refusal is not None
    assert "amount spent" in landed.reading.refusal.lower()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("insights.jsonl", json.dumps(INSIGHT) + "\n"),
        ("insights.json", json.dumps({"data": [INSIGHT], "paging": {}}, indent=1)),
    ],
)
def test_insights_are_read_with_their_purchases_and_actions(
    land: Land, name: str, content: str
) -> None:
    days, actions = land(name, content, EXPORTS)

    assert (days.name, actions.name) == ("insight_days", "insight_actions")
    [row] = days.rows
    assert (row["spend"], row["clicks"]) == (Decimal("14.35"), 9)
    assert (row["omni_purchases"], row["omni_purchase_value"]) == (3, Decimal("92.4"))
    assert (row["purchases"], row["purchase_value"]) == (3, None)
    assert (row["pixel_purchases"], row["pixel_purchase_value"]) == (2, Decimal("61.1"))
    assert row["ad_id"] == "23843000000000003"
    assert actions.column("action_type")[0] == "link_click"
    assert actions.column("action_count") == [4, 3, 3, 2]
    assert actions.column("action_count_1d_view") == [None, 1, 1, None]
    assert actions.column("day") == [date(2026, 6, 14)] * 4


@pytest.mark.parametrize(
    "header",
    ["Age", "Gender", "Region", "Country", "Publisher platform", "Placement", "impression device",
     "Time of day (ad account time zone)", "Product ID"],
)  # fmt: skip
def test_a_breakdown_lands_apart_from_the_plain_export(land: Land, header: str) -> None:
    export = (
        f"Campaign name,Day,{header},Amount spent (USD),Reporting starts,Reporting ends\n"
        "Summer,2026-06-14,one,0.72,2026-06-14,2026-06-14\n"
        "Summer,2026-06-14,two,0.00,2026-06-14,2026-06-14\n"
    )

    [landed] = land("campaigns.csv", export, EXPORTS)

    assert (landed.name, landed.reading.landed) == ("breakdown_days", 2)
    assert {"one", "two"} in [{row[name] for row in landed.rows} for name in landed.rows[0]]


def test_insights_with_a_breakdown_land_apart_from_plain_ones(land: Land) -> None:
    broken_down = INSIGHT | {"age": "25-34", "gender": "female", "spend": "0.72"}
    lines = "".join(json.dumps(row) + "\n" for row in (INSIGHT, broken_down))

    found = {item.name: item for item in land("insights.jsonl", lines, EXPORTS)}

    assert found["insight_days"].column("spend") == [Decimal("14.35")]
    assert found["insight_breakdown_days"].column("spend") == [Decimal("0.72")]
    assert found["insight_breakdown_days"].column("age") == ["25-34"]
    assert len(found["insight_actions"].rows) == len(INSIGHT["actions"])


def test_a_breakdown_that_an_insight_leaves_empty_is_none(land: Land) -> None:
    days, _ = land("insights.jsonl", json.dumps(INSIGHT | {"age": None}) + "\n", EXPORTS)

    assert (days.name, days.reading.landed) == ("insight_days", 1)


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("Shop-Ads-1-Jun-2026-30-Jun-2026.csv", (date(2026, 6, 1), date(2026, 6, 30))),
        ("Shop-Ads-Jun-1-2026-Jun-30-2026 (1).csv", (date(2026, 6, 1), date(2026, 6, 30))),
        ("Shop-Ads-1-Jun-2026.csv", (None, None)),
        ("ads.csv", (None, None)),
    ],
)
def test_the_name_of_an_export_states_its_days(
    land: Land, name: str, stated: tuple[date | None, date | None]
) -> None:
    [landed] = land(name, ADS, EXPORTS)

    assert (landed.reading.stated_from, landed.reading.stated_until) == stated


def test_an_export_says_whether_it_has_purchases_at_all(land: Land) -> None:
    without = (
        "Campaign name,Day,Results,Result indicator,Amount spent (USD),Reporting ends\n"
        "Summer,2026-06-14,3,actions:offsite_conversion.fb_pixel_purchase,9,2026-06-14\n"
    )

    [with_purchases] = land("ads.csv", ADS, EXPORTS)
    [without_purchases] = land("campaigns.csv", without, EXPORTS)

    assert with_purchases.column("purchases_header") == ["Purchases"] * 3
    assert without_purchases.column("purchases_header") == [None]
    assert without_purchases.column("results") == [3]


def test_insights_over_several_days_are_refused(land: Land) -> None:
    month = INSIGHT | {"date_stop": "2026-06-30"}

    for landed in land("insights.jsonl", json.dumps(month) + "\n", EXPORTS):
        assert landed.reading.refusal is not None


def test_insights_without_a_currency_are_refused(land: Land) -> None:
    bare = {key: value for key, value in INSIGHT.items() if key != "account_currency"}

    landed = {item.name: item for item in land("insights.jsonl", json.dumps(bare), EXPORTS)}

    assert "insight_days" not in landed
