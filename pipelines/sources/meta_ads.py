"""Meta Ads: Ads Manager exports by day, and insights of the Marketing API.

Ads Manager writes the currency into the name of the spend column, `Amount spent (AUD)`. With the
"Day" breakdown each row starts and ends on its day; without it a row spans the whole range, and
the file is refused. An export of nothing holds the line `No data available.` and no rows. Every
row belongs to a named campaign: a row without one is the summary Ads Manager can put on top, and
is rejected. Names are not unique, so rows alike in all names are separate ads and all stay.
The file's name states the days it covers, those without a row too.

Rows with a breakdown (by age, country, placement …) land as `breakdown_days` and
`insight_breakdown_days`, never beside the days of the plain export: reach is counted in each part,
parts of few people are withheld, and two breakdowns of one day hold its spend twice.

Insights hold numbers as text, and count one purchase under several action types.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.exports.declare import (
    DAY,
    DECIMAL,
    ID,
    INTEGER,
    JSON,
    MONEY,
    TEXT,
    Column,
    Export,
    InHeader,
    Keyed,
    StatedRange,
    Type,
)

SPENT = re.compile(r"(?i)^amount spent \((?P<value>[A-Z]{3})\)$")


def optional(source: str | tuple[str, ...], name: str, kind: Type = TEXT) -> Column:
    """A column the user may have left out of the export."""
    return Column(source, name, kind, required=False)


# Shop-Campaigns-1-Sep-2026-30-Sep-2026.csv, in the United States Sep-1-2026-Sep-30-2026
DATE_RANGE = StatedRange(
    re.compile(
        r"-(?P<first>(?:\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{1,2})-\d{4})"
        r"-(?P<last>(?:\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{1,2})-\d{4})"
    ),
    ("%d-%b-%Y", "%b-%d-%Y"),
    "name",
)
BREAKDOWNS = (
    optional("Age", "age"),
    optional("Gender", "gender"),
    optional("Country", "country"),
    optional("Region", "region"),
    optional("DMA region", "dma_region"),
    optional("Business location", "business_location"),
    optional(("Platform", "Publisher platform"), "publisher_platform"),
    optional("Placement", "placement"),
    optional("Device platform", "device_platform"),
    optional("Impression device", "impression_device"),
    optional("Conversion device", "conversion_device"),
    optional(("Time of day (ad account time zone)", "Time of day"), "hour_of_account"),
    optional("Time of day (viewer's time zone)", "hour_of_viewer"),
    optional("Product ID", "product_id", ID),
    optional("Media type", "media_type"),
    optional("Image, video and slideshow", "media"),
    optional("Audience segments", "audience_segment"),
)

BREAKDOWN_HEADERS = tuple(name for column in BREAKDOWNS for name in column.spellings)

AD_SET_NAME = optional("Ad set name", "ad_set_name")
AD_NAME = optional("Ad name", "ad_name")
ENTITIES = (
    optional("Account ID", "account_id", ID),
    optional("Account name", "account_name"),
    optional("Campaign ID", "campaign_id", ID),
    Column("Campaign name", "campaign_name", TEXT, filled=True),
    optional("Ad set ID", "ad_set_id", ID),
    AD_SET_NAME,
    optional("Ad ID", "ad_id", ID),
    AD_NAME,
)
FIGURES = (
    optional(("Delivery status", "Campaign delivery"), "delivery_status"),
    optional("Objective", "objective"),
    optional("Attribution setting", "attribution_setting"),
    optional(("Result type", "Result indicator"), "result_type"),
    optional("Results", "results", DECIMAL),
    Column(InHeader(SPENT), "currency_code"),
    Column(SPENT, "spend", MONEY),
    optional("Impressions", "impressions", INTEGER),
    optional("Reach", "reach", INTEGER),
    optional("Clicks (all)", "clicks", INTEGER),
    optional("Link clicks", "link_clicks", INTEGER),
    optional("Purchases", "purchases", DECIMAL),
    # an empty cell is no purchase where the export has the column, and unknown where it has not
    Column(InHeader(re.compile(r"(?i)^(?P<value>purchases)$")), "purchases_header", required=False),
    optional("Purchases conversion value", "purchase_value", MONEY),
    Column(("Day", "Reporting starts"), "day", DAY, filled=True),
    Column("Reporting ends", "reporting_ends", DAY),
)


def manager_export(
    name: str, title: str, entity: Column | None = None, breakdowns: tuple[Column, ...] = ()
) -> Export:
    """An Ads Manager export of the level that `entity` names; without it, of campaigns."""
    return Export(
        vendor="meta_ads",
        name=name,
        title=title,
        files=("*.csv", "*.xlsx"),
        columns=(
            *(replace(c, required=c.required or c is entity) for c in ENTITIES),
            *breakdowns,
            *FIGURES,
        ),
        dated_by="day",
        one_day_rows=("day", "reporting_ends"),
        nulls=("-", "No data available."),
        excluded_by=() if breakdowns else BREAKDOWN_HEADERS,
        marked_by=BREAKDOWN_HEADERS if breakdowns else (),
        stated_range=DATE_RANGE,
    )


AD_DAYS = manager_export("ad_days", "Meta Ads Manager export of ads by day", AD_NAME)
AD_SET_DAYS = manager_export(
    "ad_set_days", "Meta Ads Manager export of ad sets by day", AD_SET_NAME
)
CAMPAIGN_DAYS = manager_export("campaign_days", "Meta Ads Manager export of campaigns by day")
BREAKDOWN_DAYS = manager_export(
    "breakdown_days",
    "Meta Ads Manager export by day with a breakdown",
    breakdowns=BREAKDOWNS,
)


def action(array: str, action_type: str) -> Keyed:
    """What `array` counts under one action type, in the account's attribution setting."""
    return Keyed(path=array, key="action_type", equals=action_type)


INSIGHT_BREAKDOWNS = tuple(
    Column(name, name)
    for name in (
        "age",
        "gender",
        "country",
        "region",
        "dma",
        "publisher_platform",
        "platform_position",
        "device_platform",
        "impression_device",
        "product_id",
        "hourly_stats_aggregated_by_advertiser_time_zone",
        "hourly_stats_aggregated_by_audience_time_zone",
        "frequency_value",
        "place_page_id",
        "user_segment_key",
        "body_asset",
        "title_asset",
        "description_asset",
        "image_asset",
        "video_asset",
        "link_url_asset",
        "call_to_action_asset",
        "ad_format_asset",
        "media_asset",
    )
)
INSIGHT_BREAKDOWN_FIELDS = tuple(column.name for column in INSIGHT_BREAKDOWNS)

# `omni_purchase` counts a purchase once over website, app and shop. An account without it shows
# `purchase`, or only the pixel's. The three overlap, so staging takes the first and adds none.
INSIGHT_DAYS = Export(
    vendor="meta_ads",
    name="insight_days",
    title="Meta Marketing API insights by day",
    files=("*insights*.json", "*insights*.jsonl", "*insights*.ndjson"),
    shape="documents",
    wrappers=("data",),
    columns=(
        Column("account_id", "account_id", ID),
        Column("account_name", "account_name"),
        Column("campaign_id", "campaign_id", ID),
        Column("campaign_name", "campaign_name"),
        Column("adset_id", "ad_set_id", ID),
        Column("adset_name", "ad_set_name"),
        Column("ad_id", "ad_id", ID),
        Column("ad_name", "ad_name"),
        Column("objective", "objective"),
        Column("attribution_setting", "attribution_setting"),
        Column("account_currency", "currency_code", filled=True),
        Column("spend", "spend", MONEY),
        Column("impressions", "impressions", INTEGER),
        Column("reach", "reach", INTEGER),
        Column("clicks", "clicks", INTEGER),
        Column("inline_link_clicks", "link_clicks", INTEGER),
        Column(action("actions", "omni_purchase"), "omni_purchases", DECIMAL),
        Column(action("action_values", "omni_purchase"), "omni_purchase_value", MONEY),
        Column(action("actions", "purchase"), "purchases", DECIMAL),
        Column(action("action_values", "purchase"), "purchase_value", MONEY),
        Column(
            action("actions", "offsite_conversion.fb_pixel_purchase"), "pixel_purchases", DECIMAL
        ),
        Column(
            action("action_values", "offsite_conversion.fb_pixel_purchase"),
            "pixel_purchase_value",
            MONEY,
        ),
        Column("actions", "actions", JSON),
        Column("action_values", "action_values", JSON),
        Column("date_start", "day", DAY, filled=True),
        Column("date_stop", "date_stop", DAY, filled=True),
    ),
    dated_by="day",
    one_day_rows=("day", "date_stop"),
    excluded_by=INSIGHT_BREAKDOWN_FIELDS,
)
INSIGHT_BREAKDOWN_DAYS = replace(
    INSIGHT_DAYS,
    name="insight_breakdown_days",
    title="Meta Marketing API insights by day with a breakdown",
    columns=(*INSIGHT_BREAKDOWNS, *INSIGHT_DAYS.columns),
    excluded_by=(),
    marked_by=INSIGHT_BREAKDOWN_FIELDS,
)
INSIGHT_ACTIONS = Export(
    vendor="meta_ads",
    name="insight_actions",
    title="Meta Marketing API insights, one row an action type",
    files=INSIGHT_DAYS.files,
    shape="documents",
    wrappers=("data",),
    each="actions",
    columns=(
        Column("^account_id", "account_id", ID),
        Column("^campaign_id", "campaign_id", ID),
        Column("^campaign_name", "campaign_name"),
        Column("^adset_id", "ad_set_id", ID),
        Column("^adset_name", "ad_set_name"),
        Column("^ad_id", "ad_id", ID),
        Column("^ad_name", "ad_name"),
        Column("action_type", "action_type", filled=True),
        Column("value", "action_count", DECIMAL),
        Column("1d_click", "action_count_1d_click", DECIMAL),
        Column("7d_click", "action_count_7d_click", DECIMAL),
        Column("28d_click", "action_count_28d_click", DECIMAL),
        Column("1d_view", "action_count_1d_view", DECIMAL),
        Column("^date_start", "day", DAY, filled=True),
        Column("^date_stop", "date_stop", DAY, filled=True),
    ),
    dated_by="day",
    one_day_rows=("day", "date_stop"),
    excluded_by=INSIGHT_BREAKDOWN_FIELDS,
)

# The columns decide, and the more telling level is asked first
EXPORTS: tuple[Export, ...] = (
    AD_DAYS,
    AD_SET_DAYS,
    CAMPAIGN_DAYS,
    BREAKDOWN_DAYS,
    INSIGHT_DAYS,
    INSIGHT_BREAKDOWN_DAYS,
    INSIGHT_ACTIONS,
)
