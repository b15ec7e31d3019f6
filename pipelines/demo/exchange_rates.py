"""Exchange rates in the form of the European Central Bank's history file; the rates are made up.

They wander around the levels in `business.RATES`. Weekends have none, newest day first, a comma at
the end of each line, `N/A` for a currency that no longer trades.
"""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, write_csv
from pipelines.demo.world import World

WALK = """
create table rate_days as
with days as (
    select day_no, getvariable('start') - 10 + cast(day_no as integer) as day
    from range(getvariable('days') + 10) as numbers (day_no)
),
steps as (
    select
        rates.currency, rates.rate, days.day,
        sum(dice('rate', ascii(rates.currency) * 1000 + rates.rate % 997, days.day_no, 41) - 20)
            over (partition by rates.currency order by days.day) as drift
    from days
    cross join rates
)
select currency, day, cast((rate + rate * drift / 10000) / 10000 as decimal(18, 4)) as rate
from steps
where dayofweek(day) not in (0, 6);
"""


def make_rates(world: World) -> None:
    """Table rate_days."""
    world.run(WALK)


def write_rates(world: World, outbox: Outbox, night: date) -> None:
    """The whole history up to the night."""
    found = world.con.execute("select currency from rates order by rate").fetchall()
    currencies = [str(row[0]) for row in found]
    columns = ", ".join(
        f"max(rate) filter (where currency = '{code}') as {code}" for code in currencies
    )
    path = outbox.path("exchange_rates", "", night, "eurofxref-hist.csv")
    sql = f"""
        select day as "Date", {columns}, 'N/A' as RUB, null as " "
        from rate_days
        where day <= cast(getvariable('night') as date)
        group by day
        order by day desc
    """
    write_csv(world, sql, path, "header false")
    content = path.read_text(encoding="utf-8")
    header = ",".join(["Date", *currencies, "RUB", ""])
    path.write_text(f"{header}\n{content}", encoding="utf-8")
    outbox.done(path)
