"""How far each attribution model's channel shares are from what caused a demo world's orders.

    python benchmarks/attribution_truth.py [--warehouse DIR --truth DIR] [--customers 500 2000]

A demo world knows which contacts raised the chance of each order and by how much (order_causes);
what is left is base demand. Of the orders that have causes, and that the warehouse counts, the
truth's share of a channel is the sum of its contacts' shares; a model's is the sum of its credits.
Shares are of all that goes to channels: base demand and orders without any contact are left out,
and stand in lines of their own. The error is the mean absolute difference in percentage points over
all channels of the truth or of any model; the rank correlation is Spearman's. Beside them, for the
campaigns that meet people who would have bought anyway, how much too much they get.

Without a warehouse it writes a demo world for each number of customers and runs a night over each.
The credits are computed anew by the project's models for windows of 7, 30 and 90 days.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import duckdb
from scipy import stats

from benchmarks.attribution import CREDITED, FOLDER, NUMBERED
from benchmarks.sessions import CHANNELS
from pipelines.demo import write_demo
from tests.project.scratch import PROJECT, ScratchProject, scratch_project

WINDOWS = (7, 30, 90)
UNATTRIBUTED = "direct / unattributed"
COURTED = ("google_brand", "meta_retargeting")  # they meet people who would have bought anyway
KINDS = "conversion_kind,conversion_event,window_days,revenue_basis\n"
UPSTREAM = ("int_touchpoints_identified", "int_conversions_unioned")
MODELS = (
    "first_touch",
    "last_touch",
    "last_non_direct",
    "linear",
    "position_based",
    "w_shaped",
    "time_decay",
    "markov",
    "shapley",
    "fractribution",
)

CAUSED = """
create table caused as
select
    causes.order_id,
    coalesce(named.channel, 'base') as channel,
    cast(sum(cast(causes.share as decimal(18, 9))) as double) as share
from read_parquet('{truth}/order_causes.parquet') as causes
inner join intermediate.int_conversions_unioned as conversions
    on conversions.conversion_event = 'order' and conversions.order_id = causes.order_id
left join (select unnest($1) as true_channel, unnest($2) as channel) as named
    on named.true_channel = causes.channel
group by causes.order_id, named.channel
"""
CAMPAIGNS = """
create table campaigns as
select utm_campaign as campaign_name, min(channel) as true_channel
from read_parquet('{truth}/visits.parquet')
where utm_campaign is not null
group by utm_campaign
having count(distinct channel) = 1 and min(channel) in ({courted})
"""
COURTED_TRUTH = """
select channel, cast(sum(cast(share as decimal(18, 9))) as double)
from read_parquet('{truth}/order_causes.parquet')
where order_id in (select order_id from caused) and channel <> 'base'
group by channel
"""
COURTED_CREDITS = """
select coalesce(campaigns.true_channel, 'others'), cast(sum(credits.{model}_credit) as double)
from intermediate.int_touch_credits as credits
inner join intermediate.int_conversions_windowed as conversions using (conversion_number)
inner join intermediate.int_attribution_touches as touches using (touch_number)
left join campaigns using (campaign_name)
where conversions.conversion_kind = 'order_{window}'
and conversions.order_id in (select order_id from caused)
group by 1
"""
CREDITS = """
select coalesce(channels.channel, '{unattributed}'), cast(sum(credits.{model}_credit) as double)
from intermediate.int_touch_credits as credits
inner join intermediate.int_conversions_windowed as conversions using (conversion_number)
left join intermediate.int_attribution_channels as channels using (channel_number)
where conversions.conversion_kind = 'order_{window}'
and conversions.order_id in (select order_id from caused)
group by 1
"""

Shares = dict[str, float]


@dataclass(frozen=True)
class Score:
    """How close a model's shares are to the truth.

    error        mean absolute difference, percentage points
    correlation  Spearman's, of the channels' ranks
    most, least  the channel that gets most too much, and the one that gets most too little
    """

    error: float
    correlation: float
    most: str
    least: str


def credited(folder: Path, warehouse: Path, truth: Path) -> ScratchProject:
    """The contacts and conversions of a warehouse, credited anew for each window."""
    steps = [f"{FOLDER}/{step}.sql" for step in NUMBERED + CREDITED]
    seeds = ("attribution_models", "channels", "conversion_touch_kinds")
    project = scratch_project(folder, *steps, *(f"seeds/{seed}.csv" for seed in seeds))
    kinds = "".join(f"order_{days},order,{days},net\n" for days in WINDOWS)
    project.write("seeds/conversion_kinds.csv", KINDS + kinds)
    with duckdb.connect(str(project.warehouse)) as connection:
        connection.execute("create schema intermediate")
        built = warehouse / "build" / "customer360.duckdb"
        connection.execute(f"attach '{built}' as customer360 (read_only)")
        for name in UPSTREAM:
            project.write(f"models/intermediate/{name}.sql", "select 1 as one")
            connection.execute(
                f"create table intermediate.{name} as from customer360.intermediate.{name}"
            )
        names = [list(CHANNELS), list(CHANNELS.values())]
        connection.execute(CAUSED.format(truth=truth), names)
        courted = ", ".join(f"'{name}'" for name in COURTED)
        connection.execute(CAMPAIGNS.format(truth=truth, courted=courted))
    for command in (("seed",), ("run", "--select", FOLDER)):
        done = project.dbt(*command)
        assert done.returncode == 0, done.stdout
    return project


def shares(found: Shares, without: str) -> Shares:
    """Each channel's share of all but one."""
    kept = {channel: amount for channel, amount in found.items() if channel != without}
    return {channel: amount / sum(kept.values()) for channel, amount in kept.items()}


def score(true: Shares, given: Shares, channels: list[str]) -> Score:
    """Compare shares over these channels."""
    over = {one: 100 * (given.get(one, 0) - true.get(one, 0)) for one in channels}
    ranks = [[shares.get(one, 0) for one in channels] for shares in (true, given)]
    most, least = max(over, key=over.__getitem__), min(over, key=over.__getitem__)
    return Score(
        sum(map(abs, over.values())) / len(over),
        float(stats.spearmanr(*ranks).statistic),
        f"{most} {over[most]:+.1f}",
        f"{least} {over[least]:+.1f}",
    )


def _asked(project: ScratchProject, query: str) -> Shares:
    return {str(channel): float(str(amount)) for channel, amount in project.rows(query)}


def report(name: str, project: ScratchProject, truth: Path) -> None:
    """Print the errors of each model and window."""
    caused = _asked(project, "select channel, sum(share) from caused group by channel")
    total, true = sum(caused.values()), shares(caused, "base")
    courted = shares(_asked(project, COURTED_TRUTH.format(truth=truth)), "base")
    print(f"\n{name}: {total:,.0f} orders, {caused['base'] / total:.1%} of them base demand")
    print("    " + _listed(true) + "; of these " + _listed({one: courted[one] for one in COURTED}))
    for window in WINDOWS:
        found = {model: _credits(project, CREDITS, model, window) for model in MODELS}
        given = {model: shares(one, UNATTRIBUTED) for model, one in found.items()}
        channels = sorted({*true, *chain.from_iterable(given.values())})
        for model in MODELS:
            scored = score(true, given[model], channels)
            also = shares(_credits(project, COURTED_CREDITS, model, window), "base")
            print(
                f"{window:>3} days {model:<15} error {scored.error:>5.2f} "
                f"ranks {scored.correlation:>5.2f} {scored.most:<20} {scored.least:<20} "
                + " ".join(f"{one} {100 * (also[one] - courted[one]):+.1f}" for one in COURTED)
            )
        none = found["linear"].get(UNATTRIBUTED, 0) / total
        print(f"{window:>3} days without any contact {none:.1%}", flush=True)


def _listed(given: Shares) -> str:
    return ", ".join(f"{one} {share:.1%}" for one, share in sorted(given.items()))


def _credits(project: ScratchProject, query: str, model: str, window: int) -> Shares:
    return _asked(project, query.format(unattributed=UNATTRIBUTED, model=model, window=window))


def _prepared(folder: Path, customers: int, seed: int) -> tuple[Path, Path]:
    """A demo world and the warehouse of its night."""
    write_demo(folder, customers=customers, days=120, seed=seed)
    warehouse = folder / "warehouse"
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "nightly", "--quiet"]
    paths = ["--exports", str(folder / "exports"), "--warehouse", str(warehouse)]
    subprocess.run([*command, *paths], check=True, cwd=PROJECT)
    return warehouse, folder / "truth"


def main() -> None:
    """Score a given warehouse, or those of worlds made for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, nargs="+", default=[500, 2000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--warehouse", type=Path)
    parser.add_argument("--truth", type=Path)
    arguments = parser.parse_args()
    worlds = [None] if arguments.warehouse else arguments.customers
    for customers in worlds:
        with tempfile.TemporaryDirectory() as scratch:
            folder, place = Path(scratch), (arguments.warehouse, arguments.truth)
            if customers:
                place = _prepared(folder / "world", customers, arguments.seed)
            name = f"{customers:,} customers" if customers else str(arguments.warehouse)
            report(name, credited(folder / "credits", *place), place[1])


if __name__ == "__main__":
    main()
