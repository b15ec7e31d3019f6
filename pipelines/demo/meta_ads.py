"""Meta Ads: the Ads Manager's exports on three levels, and insights of the Marketing API.

The European account is exported: a byte-order mark, the currency in a column's name, one header
twice, line breaks in names, the newest day first, nothing where there was no purchase. Its ads
carry no ids, and two of them bear one name. The American account comes from the API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.demo.files import Outbox, csv_line, select_list, wrap, write_csv, write_json_lines
from pipelines.demo.world import World

ACCOUNT_FILE = "Pine-Harbour"

PURCHASES = "nullif(cast(sum(hundredths) // 100 as bigint), 0)"
SETTING = "if(any_value(channel) = 'meta_retargeting', '7-day click', '7-day click or 1-day view')"
CORE = {
    "Day": "day",
    "Delivery status": "'active'",
    "Delivery level": "'$level'",
    "Result type": "'Website purchases'",
    "Results": PURCHASES,
    "Cost per result": f"cast(sum(spend_cents) / (100 * {PURCHASES}) as decimal(18, 2))",
    "Amount spent (EUR)": "money(sum(spend_cents))",
    "Impressions": "cast(sum(impressions) as bigint)",
    "Reach": "cast(sum(impressions) * 8 // 10 as bigint)",
    "Attribution setting": SETTING,
}
FIGURES = {
    "Purchases": PURCHASES,
    "Purchases conversion value": "nullif(money(sum(value_cents)), 0)",
    "Link clicks": "cast(sum(clicks) as bigint)",
}
DATES = {"Reporting starts": "day", "Reporting ends": "day"}
RANKINGS = dict.fromkeys(
    ("Quality ranking", "Engagement rate ranking", "Conversion rate ranking"), "'-'"
)


@dataclass(frozen=True)
class Level:
    """One level of the Ads Manager: columns in order, and what a row is of.

    A header may stand twice, so the columns are pairs, not a mapping.
    """

    name: str
    delivery: str
    keys: str
    columns: tuple[tuple[str, str], ...]


def _columns(*parts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for part in parts for pair in part.items())


CAMPAIGN = {"Campaign name": "campaign"}
AD_SET = {"Ad set name": "ad_group"}
LEVELS = (
    Level(
        "Campaigns", "campaign", "campaign",
        _columns(CAMPAIGN, CORE, {
            "Frequency": "1.25", "Views": "cast(sum(impressions) * 11 // 10 as bigint)",
            "Currency": "'EUR'", "Clicks (all)": "cast(sum(clicks) * 13 // 10 as bigint)",
            "Cost per purchase": f"cast(sum(spend_cents) / (100 * {PURCHASES}) as decimal(18, 2))",
        }, FIGURES, DATES),
    ),
    Level(
        "Ad-sets", "adset", "campaign, ad_group",
        _columns(CAMPAIGN, AD_SET, CORE, FIGURES, DATES),
    ),
    Level(
        "Ads", "ad", "campaign, ad_group, ad_name, ad_id",
        _columns(CAMPAIGN, AD_SET, {"Ad name": "ad_name"}, CORE, RANKINGS, AD_SET, FIGURES, DATES),
    ),
)  # fmt: skip


def _header(level: Level) -> str:
    names = (f'"{name}"' if " " in name else name for name, _ in level.columns)
    return ",".join(names) + "\n"


def _summary(level: Level, night: date) -> str:
    """The row without a name that the Ads Manager can put on top of all others."""
    cells = {"Day": f"{night}", "Amount spent (EUR)": "99999.00", "Reporting starts": f"{night}"}
    cells["Reporting ends"] = cells["Reporting starts"]
    return csv_line([cells.get(name, "") for name, _ in level.columns])


def _rows(level: Level) -> str:
    numbered = {f"{n}": sql for n, (_, sql) in enumerate(level.columns)}
    return f"""
        select {select_list(numbered).replace("$level", level.delivery)}
        from ads_tonight
        where platform = 'meta' and account = 'main'
        group by {level.keys}, day
        having sum(impressions) > 0
        order by day desc, {level.keys}
    """


INSIGHTS = """
with sums as (
    select
        account_id, currency, campaign_id, campaign, ad_group_id, ad_group, ad_id, ad_name, day,
        cast(sum(spend_cents) as bigint) as spend_cents,
        cast(sum(impressions) as bigint) as impressions,
        cast(sum(clicks) as bigint) as clicks,
        cast(sum(hundredths) // 100 as bigint) as purchases,
        cast(sum(value_cents) as bigint) as value_cents
    from ads_tonight
    where platform = 'meta' and account = 'us'
    group by all
    having sum(impressions) > 0
),
daily as (
    select *, row_number() over (order by day, ad_id) as row_no from sums
)
select
    list({
        'account_id': replace(account_id, 'act_', ''),
        'account_name': 'Pine & Harbour US',
        'account_currency': currency,
        'campaign_id': campaign_id,
        'campaign_name': campaign,
        'adset_id': ad_group_id,
        'adset_name': ad_group,
        'ad_id': ad_id,
        'ad_name': ad_name,
        'objective': 'OUTCOME_SALES',
        'attribution_setting': '7d_click_1d_view',
        'spend': cast(money(spend_cents) as varchar),
        'impressions': cast(impressions as varchar),
        'reach': cast(impressions * 8 // 10 as varchar),
        'clicks': cast(clicks * 13 // 10 as varchar),
        'inline_link_clicks': cast(clicks as varchar),
        -- one purchase under three names, as the API counts it
        'actions': [{'action_type': 'link_click', 'value': cast(clicks as varchar)}] || if(
            purchases > 0,
            list_transform(
                ['purchase', 'omni_purchase', 'offsite_conversion.fb_pixel_purchase'],
                lambda kind: {'action_type': kind, 'value': cast(purchases as varchar)}
            ), []
        ),
        'action_values': if(
            purchases > 0,
            list_transform(
                ['purchase', 'omni_purchase', 'offsite_conversion.fb_pixel_purchase'],
                lambda kind: {'action_type': kind, 'value': cast(money(value_cents) as varchar)}
            ), []
        ),
        'date_start': day,
        'date_stop': day
    } order by row_no) as data
from daily
group by (row_no - 1) // 250
order by min(row_no)
"""


def write_meta(world: World, outbox: Outbox, night: date) -> None:
    """Three levels of one account, the insights of the other, and an account without ads."""
    row = world.con.execute("select cast(getvariable('window_start') as date)").fetchone()
    first: date = row[0] if row else night
    span = f"{first.day}-{first:%b-%Y}-{night.day}-{night:%b-%Y}"
    for level in LEVELS:
        path = outbox.path("meta_ads", "main", night, f"{ACCOUNT_FILE}-{level.name}-{span}.csv")
        write_csv(world, _rows(level), path, "header false")
        has_summary = night == world.settings.until and level.name == "Ad-sets"
        wrap(
            path,
            _header(level) + (_summary(level, night) if has_summary else ""),
            encoding="utf-8-sig",
        )
        outbox.done(path, reject_count=1 if has_summary else 0)
    path = outbox.path("meta_ads", "us", night, "insights.jsonl")
    write_json_lines(world, INSIGHTS, path)
    outbox.done(path)
    if night == world.settings.nights[0]:
        path = outbox.path("meta_ads", "outlet", night, f"Outlet-Campaigns-{span}.csv")
        path.write_text(_header(LEVELS[0]) + '"No data available."\n', encoding="utf-8")
        outbox.done(path)
