"""Google Ads: the European account's reports by day, as the page downloads them.

A title and the date range above the header, totals below the rows, ` --` for nothing, thousands
separators in counts but not in cost, and the keyword report as "Excel .csv": UTF-16 with tabs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.demo.files import Outbox, csv_line, select_list, wrap, write_csv
from pipelines.demo.world import World

ACCOUNT = "main"
ALL = 100

METRICS = {
    "Currency code": "any_value(currency)",
    "Cost": "money(sum(spend_cents))",
    "Clicks": "format('{:,}', cast(sum(clicks) as bigint))",
    "Impr.": "format('{:,}', cast(sum(impressions) as bigint))",
    "CTR": "concat(round(sum(clicks) * 100 / nullif(sum(impressions), 0), 2), '%')",
    "Avg. CPC": "if(sum(clicks) = 0, ' --', "
    "cast(cast(sum(spend_cents) / (100 * sum(clicks)) as decimal(18, 2)) as varchar))",
    "Conversions": "cast(sum(hundredths) / cast(100 as decimal(18, 0)) as decimal(18, 2))",
    "Conv. value": "format('{:,.2f}', sum(value_cents) / 100.0)",
    "Cost / conv.": "if(sum(hundredths) = 0, ' --', "
    "cast(cast(sum(spend_cents) / sum(hundredths) as decimal(18, 2)) as varchar))",
}
SHARE = """case
    when any_value(campaign_type) <> 'Search' then ' --'
    when dice('share', any_value(campaign_no), datediff('day', day, date '2000-01-01'), 10) = 0
        then '< 10%'
    when dice('share', any_value(campaign_no), datediff('day', day, date '2000-01-01'), 10) = 1
        then '> 90%'
    else concat(30 + dice('share', any_value(campaign_no),
        datediff('day', day, date '2000-01-01'), 50), '.25%')
end"""


@dataclass(frozen=True)
class Report:
    """A download: its file and title, its columns by what makes a row, and where totals stand.

    share   per cent of each unit's figures that the report tells; search terms hide the rest
    """

    file: str
    title: str
    entities: Mapping[str, str]
    condition: str = "true"
    total: str = "Total: Account"
    total_column: int = 0
    is_utf16: bool = False
    is_british: bool = False
    share: int = ALL
    extra: Mapping[str, str] | None = None


CAMPAIGN = {"Campaign type": "campaign_type", "Campaign": "campaign", "Campaign ID": "campaign_id"}
GROUP = {"Campaign": "campaign", "Ad group": "ad_group", "Ad group ID": "ad_group_id"}
TERM = """[keyword, concat(keyword, ' buy'), concat('best ', keyword)]
    [1 + dice('term', unit_no, datediff('day', day, date '2000-01-01'), 3)]"""

REPORTS = (
    Report(
        "Campaign report.csv", "Campaign report",
        {**CAMPAIGN, "Campaign status": "'Enabled'"},
        total="Total: Campaigns", extra={"Search impr. share": SHARE},
    ),
    Report(
        "Ad group report.csv", "PH - ad groups by day",
        {**GROUP, "Ad group status": "'Enabled'"}, is_british=True,
    ),
    Report(
        "Search keyword report.csv", "Search keyword report",
        {"Keyword status": "'Enabled'", "Keyword": "concat('[', keyword, ']')", **GROUP,
         "Match type": "'Exact match'"},
        condition="keyword is not null", total="Total: Filtered keywords", total_column=1,
        is_utf16=True,
    ),
    Report(
        "Search terms report.csv", "Search terms report",
        {"Search term": TERM, "Match type": "'Exact match'", "Added/Excluded": "'None'", **GROUP,
         "Keyword": "concat('[', keyword, ']')"},
        condition="keyword is not null", total="Total: Search terms", share=60,
    ),
    Report(
        "Ad report.csv", "Ad report",
        {"Ad state": "'Enabled'", "Ad ID": "ad_id", "Ad name": "ad_name",
         "Ad type": "if(campaign_type = 'Search', 'Responsive search ad', 'Image ad')", **GROUP,
         "Campaign ID": "campaign_id"},
    ),
)  # fmt: skip

FIGURES = ("impressions", "clicks", "spend_cents", "hundredths", "value_cents")


def _units(report: Report) -> str:
    """The units of the report; a part of each figure where the report tells only a part."""
    told = ", ".join(f"{name} * {report.share} // 100 as {name}" for name in FIGURES)
    return f"""
        select * exclude ({", ".join(FIGURES)}), {told}
        from ads_tonight
        where platform = 'google' and account = '{ACCOUNT}' and ({report.condition})
    """


def _rows(report: Report) -> str:
    """A row per entity and day, the newest day first."""
    columns = {**report.entities, "Day": "day", **METRICS, **(report.extra or {})}
    keys = ", ".join(f"({sql})" for sql in report.entities.values() if not sql.startswith("'"))
    return f"""
        select {select_list(columns)}
        from ({_units(report)}) as units
        group by {keys}, day
        having sum(impressions) > 0
        order by day desc, {keys}
    """


def _date_range(world: World, night: date, is_british: bool) -> str:
    row = world.con.execute("select cast(getvariable('window_start') as date)").fetchone()
    first: date = row[0] if row else night
    if is_british:
        return f"{first.day} {first:%B %Y} - {night.day} {night:%B %Y}\n"
    return f'"{first:%B} {first.day}, {first.year} - {night:%B} {night.day}, {night.year}"\n'


def _sums(world: World, sql: str) -> dict[str, str]:
    """The figures of a totals row, as the report writes them."""
    shown = {h: METRICS[h] for h in ("Currency code", "Cost", "Clicks", "Impr.", "Conversions")}
    row = world.con.execute(f"select {select_list(shown)} from ({sql})").fetchone()
    return dict(zip(shown, ("" if cell is None else str(cell) for cell in row or ()), strict=True))


def _totals(world: World, report: Report) -> list[list[str]]:
    """The rows below the report: of what it shows, of what it keeps back, of the account."""
    headers = [*report.entities, "Day", *METRICS, *(report.extra or {})]
    account = f"select * from ads_tonight where platform = 'google' and account = '{ACCOUNT}'"
    sums = [(report.total, _units(report)), ("Total: Account", account)]
    if report.share < ALL:
        rest = ", ".join(f"{name} - {name} * {report.share} // 100 as {name}" for name in FIGURES)
        hidden = f"""
            select * exclude ({", ".join(FIGURES)}), {rest}
            from ads_tonight
            where platform = 'google' and account = '{ACCOUNT}' and ({report.condition})
        """
        sums.insert(1, ("Total: Other search terms", hidden))
    lines = []
    for label, sql in dict(sums).items():
        figures = _sums(world, sql)
        cells = [figures.get(header, " --" if header in METRICS else "") for header in headers]
        cells[report.total_column] = label
        lines.append(cells)
    return lines


def write_report(
    world: World, report: Report, path: Path, night: date, bad_row: Mapping[str, str] | None = None
) -> None:
    """One download; `bad_row` is put first among its rows."""
    delimiter = "\t" if report.is_utf16 else ","
    write_csv(world, _rows(report), path, f"header false, delimiter '{delimiter}'")
    headers = [*report.entities, "Day", *METRICS, *(report.extra or {})]
    before = f"{report.title}\n{_date_range(world, night, report.is_british)}"
    before += csv_line(headers, delimiter)
    if bad_row:
        before += csv_line([bad_row.get(header, "") for header in headers], delimiter)
    after = "".join(csv_line(cells, delimiter) for cells in _totals(world, report))
    wrap(path, before, after, "utf-16" if report.is_utf16 else "utf-8")


def write_google(world: World, outbox: Outbox, night: date) -> None:
    """The downloads of the European account."""
    is_last = night == world.settings.until
    for number, report in enumerate(REPORTS):
        path = outbox.path("google_ads", ACCOUNT, night, report.file)
        bad_row = (
            {"Campaign": "Brand | Search", "Campaign type": "Search", "Day": night.isoformat(),
             "Currency code": "EUR", "Cost": "n/a", "Clicks": "3", "Impr.": "40"}
            if is_last and number == 0 else None
        )  # fmt: skip
        write_report(world, report, path, night, bad_row)
        outbox.done(path, reject_count=1 if bad_row else 0)
