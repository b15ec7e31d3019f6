"""Exports of one account's day, one after the other, and what the day comes to by their rows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.landing_run import run_now
from pipelines.load import land
from pipelines.progress import Progress

PROJECT = Path(__file__).parents[2]
LAW = "assert_ad_spend_is_conserved"
GOOGLE = "Report\n{range}\nCampaign,Day,Currency code,Cost,Conversions,Conv. value\n"
META = "Campaign name,Day,Amount spent (EUR),Reporting starts,Reporting ends{more}\n"
MAPPING = """\
mapped:
  - platform: tv
    kind: ad_days
    files: ["tv/*.csv"]
    columns: {campaign_name: Campaign, ad_date: Day, spend: Cost}
    constants: {currency_code: EUR}
    parts: together
  - platform: radio
    kind: ad_days
    files: ["radio/*.csv"]
    columns: {campaign_name: Campaign, ad_name: Ad, ad_date: Day, spend: Cost}
    constants: {currency_code: EUR}
"""


def google(*rows: str, stated: str = "All time") -> str:
    return GOOGLE.format(range=stated) + "".join(f"{row}\n" for row in rows)


def meta(*rows: str, more: str = "") -> str:
    return META.format(more=more) + "".join(f"{row}\n" for row in rows)


FILES: Mapping[str, str] = {
    "exports.yml": MAPPING,
    # a campaign is renamed, without ids
    "google_ads/renamed/2026-06-15/c.csv": google("Vistoria,2026-06-14,EUR,100,2,50"),
    "google_ads/renamed/2026-06-18/c.csv": google("Victoria,2026-06-14,EUR,100,3,80"),
    # the newest report states June and lacks a day; the day of the export was not over
    "google_ads/gone/2026-06-12/c.csv": google(
        "A,2026-06-10,EUR,7,1,9", "A,2026-06-11,EUR,5,1,9", "A,2026-06-17,EUR,2,0,0"
    ),
    "google_ads/gone/2026-06-17/c.csv": google(
        "A,2026-06-11,EUR,5,1,9", stated='"June 1, 2026 - June 30, 2026"'
    ),
    # the newest report states no range
    "google_ads/kept/2026-06-12/c.csv": google("K,2026-06-10,EUR,7,1,9"),
    "google_ads/kept/2026-06-17/c.csv": google("K,2026-06-11,EUR,5,1,9"),
    # a figure that returns, byte for byte
    "google_ads/returned/2026-06-15/c.csv": google("A,2026-06-14,EUR,10,1,9"),
    "google_ads/returned/2026-06-16/c.csv": google("A,2026-06-14,EUR,12,1,9"),
    "google_ads/returned/2026-06-17/c.csv": google("A,2026-06-14,EUR,10,1,9"),
    # two exports in one day's folder
    "google_ads/twice/2026-06-15/c.csv": google("A,2026-06-14,EUR,10,1,9"),
    "google_ads/twice/2026-06-15/c (1).csv": google("A,2026-06-14,EUR,15,2,9"),
    # a report by device, of which one is filtered out, beside the plain one
    "google_ads/device/2026-06-12/c.csv": google("A,2026-06-10,EUR,7,1,9"),
    "google_ads/device/2026-06-17/c.csv": (
        "Campaign,Device,Day,Currency code,Cost\nA,Computers,2026-06-10,EUR,3\n"
    ),
    # no plain report: the devices add up
    "google_ads/devices/2026-06-17/c.csv": (
        "Campaign,Device,Day,Currency code,Cost\n"
        "A,Computers,2026-06-10,EUR,3\nA,Mobile phones,2026-06-10,EUR,4\n"
    ),
    # a breakdown by age is exported after the plain report
    "meta_ads/ages/2026-06-15/c.csv": meta("S,2026-06-14,1.45,2026-06-14,2026-06-14"),
    "meta_ads/ages/2026-06-18/c.csv": meta(
        "S,2026-06-14,0.72,2026-06-14,2026-06-14,25-34",
        "S,2026-06-14,0.00,2026-06-14,2026-06-14,35-44",
        more=",Age",
    ),
    # purchases under the name of results, and an export that reports none
    "meta_ads/results/2026-06-18/c.csv": meta(
        "S,2026-06-14,9,2026-06-14,2026-06-14,3,actions:offsite_conversion.fb_pixel_purchase",
        "T,2026-06-14,1,2026-06-14,2026-06-14,8,actions:link_click",
        more=",Results,Result indicator",
    ),
    "meta_ads/silent/2026-06-18/c.csv": meta("S,2026-06-14,9,2026-06-14,2026-06-14"),
    "meta_ads/none/2026-06-18/c.csv": meta(
        "S,2026-06-14,9,2026-06-14,2026-06-14,", more=",Purchases"
    ),
    # a file a campaign; one of them twice, under names of its own
    "tv/2026-06-15/one.csv": "Campaign,Day,Cost\nOne,2026-06-14,9\n",
    "tv/2026-06-15/two.csv": "Campaign,Day,Cost\nTwo,2026-06-14,20\n",
    "tv/2026-06-18/one.csv": "Campaign,Day,Cost\nOne,2026-06-14,10\n",
    "tv/2026-06-18/two.csv": "Campaign,Day,Cost\nTwo,2026-06-14,21\n",
    # first by campaign, then by ad
    "radio/2026-06-15/r.csv": "Campaign,Day,Cost,Ad\nOne,2026-06-14,9,\n",
    "radio/2026-06-18/r.csv": "Campaign,Day,Cost,Ad\nOne,2026-06-14,5,a\nOne,2026-06-14,3,b\n",
}


@dataclass(frozen=True)
class Day:
    """What an account's day must come to; None is unknown."""

    spend: str
    first: str
    conversions: str | None = None
    first_conversions: str | None = None
    row_count: int = 1

    def told(self) -> tuple[Any, ...]:
        numbers = (self.spend, self.first, self.conversions, self.first_conversions)
        return (*(n and Decimal(n) for n in numbers), self.row_count)


EXPECTED: Mapping[tuple[str, str], Day] = {
    ("renamed", "2026-06-14"): Day("100", "100", "3", "2", row_count=2),
    ("gone", "2026-06-10"): Day("0", "7", "0", "1"),
    ("gone", "2026-06-11"): Day("5", "5", "1", "1"),
    ("gone", "2026-06-17"): Day("2", "2", "0", "0"),
    ("kept", "2026-06-10"): Day("7", "7", "1", "1"),
    ("kept", "2026-06-11"): Day("5", "5", "1", "1"),
    ("returned", "2026-06-14"): Day("10", "10", "1", "1"),
    ("twice", "2026-06-14"): Day("15", "10", "2", "1"),
    ("device", "2026-06-10"): Day("7", "7", "1", "1"),
    ("devices", "2026-06-10"): Day("7", "7"),
    ("ages", "2026-06-14"): Day("1.45", "1.45"),
    ("results", "2026-06-14"): Day("10", "10", "3", "3", row_count=2),
    ("silent", "2026-06-14"): Day("9", "9"),
    ("none", "2026-06-14"): Day("9", "9", "0", "0"),
    ("tv", "2026-06-14"): Day("31", "29", row_count=2),
    ("radio", "2026-06-14"): Day("8", "9", row_count=3),
}


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The mart of all of these, by account and day."""
    folder = tmp_path_factory.mktemp("ads")
    for name, content in FILES.items():
        path = folder / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    warehouse = folder / "ads.duckdb"
    land(str(folder / "exports"), warehouse, folder / "work", run_now("run"), Progress())
    dbt = [str(Path(sys.executable).with_name("dbt")), "--log-path", str(folder), "build"]
    options = ["--target-path", str(folder / "target"), "--exclude-resource-type", "unit_test"]
    options += ["--indirect-selection", "cautious"]
    done = subprocess.run(
        [*dbt, *options, "--select", "+ad_days", "--vars", "{reporting_currency: EUR}"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "C360_WAREHOUSE": str(warehouse)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            "select if(account_id in ('tv', 'radio', 'default'), platform, account_id), "
            "cast(ad_date as varchar), sum(spend), sum(first_exported_spend), "
            "sum(platform_conversions), sum(first_exported_platform_conversions), count(*) "
            "from marts.ad_days group by all"
        ).fetchall()
    return {(account, day): tuple(figures) for account, day, *figures in found}


@pytest.mark.parametrize("key", EXPECTED, ids=" ".join)
def test_a_day_is_what_the_newest_export_and_the_first_one_report(
    days: dict[tuple[str, str], tuple[Any, ...]], key: tuple[str, str]
) -> None:
    assert days[key] == EXPECTED[key].told()


def test_no_other_day_has_a_row(days: dict[tuple[str, str], tuple[Any, ...]]) -> None:
    assert set(days) == set(EXPECTED)
