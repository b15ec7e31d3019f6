"""Google Ads: report downloads by day, and rows of the Google Ads API.

A report download is a table below a title line and a line with the date range, with `Total: …`
rows at its end. The range says which days the report covers, those without a row too. The user
chooses the columns, so each report asks only for those that make it that report: the day, the
entity, the cost and its currency (Google adds the currency code to any report that shows money). A
report without `Day` is one row per entity for the whole range: it has no place in a table of days,
and no export here takes it.

Segments of two kinds split a report. Each impression has one device, one network and one hour, so
rows by these add up to the day. Rows by conversion action, place or audience do not: their cost is
missing, partial or repeated. They land as `breakdown_days` and `api_breakdown_days`, never beside
the days of the plain report.

API rows are named by their file, `…campaign….jsonl` or `…click….jsonl`. Their fields stand as the
REST interface writes them (`costMicros`), as the client libraries do (`cost_micros`), or flat, as
in BigQuery and in connectors (`metrics_cost_micros`, `metrics.cost_micros`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.exports.declare import (
    DAY,
    DECIMAL,
    ID,
    INTEGER,
    MONEY,
    PERCENT,
    TEXT,
    Checksum,
    Column,
    Export,
    StatedRange,
    Type,
)

ACCOUNT = (
    Column("Customer ID", "customer_id", TEXT, required=False),
    Column(("Account", "Account name"), "account_name", TEXT, required=False),
)
CAMPAIGN_NAME = Column("Campaign", "campaign_name", TEXT, required=False)
CAMPAIGN = (
    Column("Campaign ID", "campaign_id", ID, required=False),
    CAMPAIGN_NAME,
    Column("Campaign type", "campaign_type", TEXT, required=False),
    Column(("Campaign status", "Campaign state"), "campaign_status", TEXT, required=False),
)
AD_GROUP_NAME = Column("Ad group", "ad_group_name", TEXT, required=False)
AD_GROUP = (Column("Ad group ID", "ad_group_id", ID, required=False), AD_GROUP_NAME)
KEYWORD = Column(("Keyword", "Search keyword"), "keyword", TEXT, required=False)

METRICS = (
    Column("Device", "device", TEXT, required=False),
    Column(("Network (with search partners)", "Network"), "network", TEXT, required=False),
    Column(("Hour of the day", "Hour"), "hour", TEXT, required=False),
    Column("Currency code", "currency_code", TEXT, filled=True),
    Column(("Impr.", "Impressions"), "impressions", INTEGER, required=False),
    Column("Clicks", "clicks", INTEGER, required=False),
    Column("Interactions", "interactions", INTEGER, required=False),
    Column("Cost", "spend", MONEY),
    Column("Conversions", "conversions", DECIMAL, required=False),
    Column(("Conv. value", "Conversion value"), "conversion_value", MONEY, required=False),
    Column(("All conv.", "All conversions"), "all_conversions", DECIMAL, required=False),
    Column("All conv. value", "all_conversion_value", MONEY, required=False),
    Column("Day", "day", DAY, filled=True),
)
# `"June 1, 2026 - June 15, 2026"`, in en-GB `1 June 2026 - 15 June 2026`, or `All time`
DATE_RANGE = StatedRange(
    re.compile(r"^(?P<first>.*\d) [-–] (?P<last>.*\d)$"),
    ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%Y-%m-%d"),
    "preamble",
)
BREAKDOWNS = (
    Column("Conversion action", "conversion_action", TEXT, required=False),
    Column("Conversion category", "conversion_category", TEXT, required=False),
    Column("Conversion source", "conversion_source", TEXT, required=False),
    Column("Click type", "click_type", TEXT, required=False),
    Column("Top vs. Other", "position", TEXT, required=False),
    Column("Age", "age", TEXT, required=False),
    Column("Gender", "gender", TEXT, required=False),
    Column("Household income", "household_income", TEXT, required=False),
    Column("Parental status", "parental_status", TEXT, required=False),
    Column("Audience segment", "audience_segment", TEXT, required=False),
    Column("Country/Territory", "country", TEXT, required=False),
    Column("Region", "region", TEXT, required=False),
    Column("City", "city", TEXT, required=False),
    Column("Location", "location", TEXT, required=False),
    Column("Item ID", "item_id", ID, required=False),
    Column("Landing page", "landing_page", TEXT, required=False),
)
# Google shows no cost by conversion action
BREAKDOWN_METRICS = tuple(
    replace(column, required=column.name == "day", filled=column.name == "day")
    for column in METRICS
)
BREAKDOWN_HEADERS = tuple(name for column in BREAKDOWNS for name in column.spellings)
SEARCH_SHARE = Column("Search impr. share", "search_impression_share", PERCENT, required=False)


def report(
    name: str,
    title: str,
    columns: tuple[Column, ...],
    checksum: Checksum | None = None,
    marked_by: tuple[str, ...] = (),
) -> Export:
    """A report download: what all of them share, and the columns of this one."""
    return Export(
        vendor="google_ads",
        name=name,
        title=title,
        files=("*.csv", "*.tsv", "*.xlsx"),
        columns=(*ACCOUNT, *columns, *(BREAKDOWN_METRICS if marked_by else METRICS)),
        dated_by="day",
        totals=r"^Total: ",  # a search term is in lower case: `total: gym` is one
        checksum=checksum,
        nulls=("--", " --"),
        excluded_by=() if marked_by else BREAKDOWN_HEADERS,
        marked_by=marked_by,
        stated_range=DATE_RANGE,
    )


SEARCH_TERM_DAYS = report(
    "search_term_days",
    "Google Ads search terms report by day",
    (
        *CAMPAIGN,
        *AD_GROUP,
        Column("Search term", "search_term", TEXT),
        Column(("Match type", "Search terms match type"), "match_type", TEXT, required=False),
        Column("Added/Excluded", "added_excluded", TEXT, required=False),
        KEYWORD,
    ),
    # each row is rounded to a cent and the total is not
    checksum=Checksum(row=r"^Total: Search terms$", column="spend", tolerance=0.50),
)
KEYWORD_DAYS = report(
    "keyword_days",
    "Google Ads search keywords report by day",
    (
        *CAMPAIGN,
        *AD_GROUP,
        Column("Keyword ID", "keyword_id", ID, required=False),
        replace(KEYWORD, required=True),
        Column(("Match type", "Search keyword match type"), "match_type", TEXT, required=False),
        Column(("Keyword status", "Search keyword status"), "status", TEXT, required=False),
        Column("Quality Score", "quality_score", INTEGER, required=False),
        Column("Impr. (Top) %", "top_impression_rate", PERCENT, required=False),
        SEARCH_SHARE,
    ),
)
AD_DAYS = report(
    "ad_days",
    "Google Ads ads report by day",
    (
        *CAMPAIGN,
        *AD_GROUP,
        Column("Ad ID", "ad_id", ID),
        Column("Ad name", "ad_name", TEXT, required=False),
        Column("Ad type", "ad_type", TEXT, required=False),
        Column(("Final URL", "Ad final URL"), "final_url", TEXT, required=False),
    ),
)
AD_GROUP_DAYS = report(
    "ad_group_days",
    "Google Ads ad groups report by day",
    (*CAMPAIGN, AD_GROUP[0], replace(AD_GROUP_NAME, required=True), SEARCH_SHARE),
)
# Of the reports only this one holds the whole spend of an account
CAMPAIGN_DAYS = report(
    "campaign_days",
    "Google Ads campaigns report by day",
    (
        *(replace(column, required=column is CAMPAIGN_NAME) for column in CAMPAIGN),
        Column(
            ("Optimization score", "Optimisation score"),
            "optimization_score",
            PERCENT,
            required=False,
        ),
        SEARCH_SHARE,
    ),
)
BREAKDOWN_DAYS = report(
    "breakdown_days",
    "Google Ads report by day, broken down by what does not add up to the day",
    (*CAMPAIGN, *AD_GROUP, *BREAKDOWNS),
    marked_by=BREAKDOWN_HEADERS,
)


def field(path: str, name: str, kind: Type, filled: bool = False) -> Column:
    """An API field in its spellings: nested in snake and in camel case, and flat."""
    camel_case = re.sub("_(.)", lambda letter: letter[1].upper(), path)
    return Column((path, camel_case, path.replace(".", "_")), name, kind, filled=filled)


API_ROW = (
    field("customer.id", "customer_id", ID),
    field("campaign.id", "campaign_id", ID),
    field("campaign.name", "campaign_name", TEXT),
)

API_METRICS = (
    field("metrics.impressions", "impressions", INTEGER),
    field("metrics.clicks", "clicks", INTEGER),
    field("metrics.cost_micros", "cost_micros", INTEGER, filled=True),
    field("metrics.conversions", "conversions", DECIMAL),
    field("metrics.conversions_value", "conversion_value", DECIMAL),
    field("segments.date", "day", DAY, filled=True),
)
API_BREAKDOWNS = tuple(
    field(f"segments.{name}", name, TEXT)
    for name in (
        "conversion_action",
        "conversion_action_name",
        "conversion_action_category",
        "click_type",
        "geo_target_country",
        "geo_target_region",
        "geo_target_city",
        "product_item_id",
    )
)
API_BREAKDOWN_FIELDS = tuple(path for column in API_BREAKDOWNS for path in column.spellings)

API_CAMPAIGN_DAYS = Export(
    vendor="google_ads",
    name="api_campaign_days",
    title="Google Ads API campaign rows by day",
    files=("*campaign*.json", "*campaign*.jsonl", "*campaign*.ndjson"),
    shape="documents",
    wrappers=("results",),
    columns=(
        *API_ROW,
        field("campaign.advertising_channel_type", "campaign_type", TEXT),
        field("segments.ad_network_type", "network", TEXT),
        field("customer.currency_code", "currency_code", TEXT, filled=True),
        field("customer.time_zone", "time_zone", TEXT),
        *API_METRICS,
    ),
    dated_by="day",
    excluded_by=API_BREAKDOWN_FIELDS,
)
# Google gives rows by conversion action no cost at all
API_BREAKDOWN_DAYS = Export(
    vendor="google_ads",
    name="api_breakdown_days",
    title="Google Ads API rows by day, broken down by what does not add up to the day",
    files=API_CAMPAIGN_DAYS.files,
    shape="documents",
    wrappers=API_CAMPAIGN_DAYS.wrappers,
    columns=(
        *API_ROW,
        *API_BREAKDOWNS,
        field("customer.currency_code", "currency_code", TEXT),
        *(replace(column, filled=column.name == "day") for column in API_METRICS),
    ),
    dated_by="day",
    marked_by=API_BREAKDOWN_FIELDS,
)
CLICKS = Export(
    vendor="google_ads",
    name="clicks",
    title="Google Ads API click_view rows",
    files=("*click*.json", "*click*.jsonl", "*click*.ndjson"),
    shape="documents",
    wrappers=("results",),
    columns=(
        *API_ROW,
        field("ad_group.id", "ad_group_id", ID),
        field("ad_group.name", "ad_group_name", TEXT),
        field("click_view.gclid", "gclid", TEXT, filled=True),
        field("click_view.ad_group_ad", "ad", TEXT),
        field("click_view.keyword_info.text", "keyword", TEXT),
        field("click_view.keyword_info.match_type", "match_type", TEXT),
        field("segments.device", "device", TEXT),
        field("segments.click_type", "click_type", TEXT),
        field("segments.date", "clicked_on", DAY, filled=True),
    ),
    dated_by="clicked_on",
)

# The columns decide, and the more telling report is asked first
EXPORTS: tuple[Export, ...] = (
    SEARCH_TERM_DAYS,
    KEYWORD_DAYS,
    AD_DAYS,
    AD_GROUP_DAYS,
    CAMPAIGN_DAYS,
    BREAKDOWN_DAYS,
    API_CAMPAIGN_DAYS,
    API_BREAKDOWN_DAYS,
    CLICKS,
)
