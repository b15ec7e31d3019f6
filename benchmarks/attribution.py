"""How fast credits are computed: our models, and ChannelAttribution over the same contacts.

    python benchmarks/attribution.py [--touches 10000000] [--rounds 3] [--peer venv/bin/python]

Ours is `dbt run` of the project's own models, from the table of contacts to credits for each
contact, once of all ten models, once of the peer's four; dbt has read the project before.
ChannelAttribution (GPL-3, so no part of this project) answers with totals by channel for four
models: first, last, linear and Markov of order 1.
It reads paths, which DuckDB strings together for it here. It needs an environment of its own, and
is left out without one:

    python3.11 -m venv peer && peer/bin/pip install ChannelAttribution duckdb pandas matplotlib

The floor is one reading of all contacts. Each runs in a process of its own; they take turns.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

DATABASE = "scratch.duckdb"
FOLDER = "models/intermediate/attribution"
SETTINGS = "set threads=2; set memory_limit='4GB'; set preserve_insertion_order=false"

# What is measured begins at int_attribution_touches; what stands before gives numbers for texts
NUMBERED = (
    "int_conversion_touch_sets",
    "int_conversion_kinds_numbered",
    "int_attribution_channels",
    "int_attribution_customers",
    "int_attribution_touches",
    "int_conversions_windowed",
)
# The peer's four models, and what they need
CHOSEN: dict[str, Any] = {
    "attribution_models": ["first_touch", "last_touch", "linear", "markov"],
    "attribution_model": "linear",
}
CHOSEN_CREDITED = (
    "int_journeys",
    "int_conversion_touches",
    "int_unconverted_touches",
    "int_markov_transitions",
    "int_markov_visits",
    "int_markov_removals",
    "int_touch_credits",
)
CREDITED = (
    *CHOSEN_CREDITED,
    "int_journeys_sequenced",
    "int_sequence_touches",
    "int_sequence_paths",
    "int_path_outcomes",
    "int_path_contributions",
    "int_sequence_weights",
)

# How often each channel is come through, of a hundred contacts
CHANNELS = {
    "Paid Search": 20,
    "Organic Search": 18,
    "Direct": 17,
    "Email": 13,
    "Paid Social": 12,
    "Referral": 6,
    "Affiliates": 4,
    "Display": 4,
    "Paid Shopping": 3,
    "SMS": 2,
    "Streaming TV": 1,
}

# Four contacts a customer on average, at most twelve, two days apart; every other one through a
# channel that the customer has come through before
TOUCHES = """
create table intermediate.int_touchpoints_identified as
with customers as (
    select
        i,
        1 + least(11, cast(floor(-ln(1 - hash(i, 1) % 1000000 / 1e6) * 3.48) as integer)) as n
    from range(cast({touches} / 3.88 as bigint)) as numbers (i)
)
select
    'visits:' || md5(i || ':' || position) as touchpoint_id,
    md5(cast(i as varchar)) as customer_id,
    'visit' as touch_kind,
    {channels}[1 + cast(
        if(hash(i, position, 4) % 2 = 0, hash(i), hash(i, position, 5)) % 100 as integer
    )] as channel,
    cast(null as varchar) as campaign_id,
    'campaign ' || hash(i, position, 6) % 50 as campaign_name,
    false as is_machine,
    timestamp '2026-06-01 12:00:00'
    - to_seconds((n - position) * 172800 + cast(hash(i, position, 7) % 172800 as bigint))
        as occurred_at
from customers, range(1, n + 1) as positions (position)
"""
CONVERSIONS = """
create table intermediate.int_conversions_unioned as
select
    'order' as conversion_event,
    'shopify:' || i as conversion_event_id,
    md5(cast(i as varchar)) as customer_id,
    'shopify:' || i as order_id,
    cast(20 + hash(i, 2) % 20000 / 100 as decimal(18, 2)) as net_revenue,
    cast(null as decimal(18, 2)) as margin,
    true as is_new_customer,
    date '2026-06-01' as conversion_date,
    timestamp '2026-06-01 12:00:00' as converted_at
from range(cast({touches} / 3.88 as bigint)) as numbers (i)
where hash(i, 3) % 1000 < 388
"""
LOOK_UPS = """
create table seeds.channels as
    select unnest({names}) as channel, unnest({names}) = 'Direct' as is_direct, false as is_paid;
create table seeds.conversion_kinds as
    select 'order' as conversion_kind, 'order' as conversion_event, 30 as window_days,
    'net' as revenue_basis;
create table seeds.conversion_touch_kinds as
    select 'order' as conversion_event, 'visit' as touch_kind;
"""

READ = """
select
    count(touchpoint_id),
    min(customer_number),
    min(channel_number),
    min(campaign_name),
    min(occurred_at)
from intermediate.int_attribution_touches
"""
PATHS = """
with journeys as (
    select
        conversions.conversion_number is not null as is_converted,
        coalesce(conversions.revenue, 0) as revenue,
        string_agg(channels.channel, ' > ' order by touches.touch_number) as path
    from intermediate.int_attribution_touches as touches
    inner join intermediate.int_attribution_channels as channels using (channel_number)
    left join intermediate.int_conversions_windowed as conversions using (customer_number)
    group by touches.customer_number, is_converted, conversions.revenue
)
select
    path,
    count(*) filter (is_converted) as conversions,
    count(*) filter (not is_converted) as others,
    cast(sum(revenue) as double) as revenue
from journeys
group by path
"""

CREDITED_TOTALS = """
select channel, cast(sum({model}_credit) as double)
from intermediate.int_touch_credits
inner join intermediate.int_attribution_channels using (channel_number)
group by channel
"""
# The peer shares all conversions by removal effect; our credits are shared within each conversion
REMOVAL_TOTALS = """
select
    channel,
    removal_effect / sum(removal_effect) over ()
    * (select count(*) from intermediate.int_journeys)
from intermediate.int_markov_removals
"""

Answer = dict[str, dict[str, float]]


def write_world(folder: Path, touches: int) -> None:
    """A dbt project with the models, and its warehouse up to what is measured."""
    from tests.project.scratch import scratch_project  # noqa: PLC0415 - the peer has no PyYAML

    steps = [f"{FOLDER}/{step}.sql" for step in NUMBERED + CREDITED]
    project = scratch_project(folder, *steps, "seeds/attribution_models.csv")
    for upstream in ("int_touchpoints_identified", "int_conversions_unioned"):
        project.write(f"models/intermediate/{upstream}.sql", "select 1 as one")
    for seed in ("channels", "conversion_kinds", "conversion_touch_kinds"):
        project.write(f"seeds/{seed}.csv", "one\n1\n")
    each = [name for name, count in CHANNELS.items() for _ in range(count)]
    with duckdb.connect(str(project.warehouse)) as connection:
        connection.execute(f"{SETTINGS}; create schema intermediate; create schema seeds")
        connection.execute(TOUCHES.format(touches=touches, channels=each))
        connection.execute(CONVERSIONS.format(touches=touches))
        connection.execute(LOOK_UPS.format(names=list(CHANNELS)))
    seeded = project.dbt("seed", "--select", "attribution_models")
    assert seeded.returncode == 0, seeded.stdout


def _dbt(*models: str, **settings: object) -> Callable[[], object]:
    """A run of these models by dbt, which has read the project."""
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - the others have no dbt in them

    said = ["--vars", json.dumps(settings)]
    parsed: Any = dbtRunner().invoke(["--quiet", "parse", *said]).result

    def run() -> object:
        command = ["--quiet", "run", *said, "--select", *models]
        result: Any = dbtRunner(manifest=parsed).invoke(command)
        assert result.success, result.exception or [one.message for one in result.result]
        return {one.node.name: one.execution_time for one in result.result}

    return run


def floor() -> Callable[[], object]:
    """Read each contact once."""
    return lambda: _connected().execute(READ).fetchall()[0][0]


def peer() -> Callable[[], object]:
    """String the paths together, then ChannelAttribution's models with their defaults."""
    with contextlib.redirect_stdout(io.StringIO()):
        library = importlib.import_module("ChannelAttribution")

    def run() -> object:
        paths = _connected().execute(PATHS).df()
        with contextlib.redirect_stdout(io.StringIO()):
            ruled = library.heuristic_models(paths, "path", "conversions", "revenue", flg_pro=False)
            markov = library.markov_model(
                paths, "path", "conversions", "revenue", "others", seed=1, flg_pro=False
            )
        return _by_channel(ruled.set_index("channel_name"), markov.set_index("channel_name"))

    return run


def _by_channel(ruled: Any, markov: Any) -> Answer:  # noqa: ANN401 (pandas is the peer's)
    return {
        "first_touch": ruled["first_touch_conversions"].to_dict(),
        "last_touch": ruled["last_touch_conversions"].to_dict(),
        "linear": ruled["linear_touch_conversions"].to_dict(),
        "markov": markov["total_conversions"].to_dict(),
    }


def _connected() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(DATABASE, read_only=True)
    connection.execute(SETTINGS)
    return connection


METHODS: dict[str, Callable[[], Callable[[], object]]] = {
    "numbers": lambda: _dbt(*NUMBERED),
    "ours": lambda: _dbt(*CREDITED),
    "four": lambda: _dbt(*CHOSEN_CREDITED, **CHOSEN),
    "floor": floor,
    "peer": peer,
}


def _run(method: str) -> None:
    """One method in this process and folder; prints what it took as JSON."""
    run = METHODS[method]()
    before, started = os.times(), time.perf_counter()
    found = run()
    seconds, after = time.perf_counter() - started, os.times()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cpu = after.user + after.system - before.user - before.system
    print(json.dumps({"seconds": seconds, "cpu": cpu, "gib": peak / 1024**2, "found": found}))


def _measure(method: str, folder: Path, python: str = sys.executable) -> dict[str, Any]:
    output = subprocess.run(
        [python, __file__, "--method", method],
        cwd=folder,
        env=os.environ | {"C360_WAREHOUSE": DATABASE, "DO_NOT_TRACK": "1"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    measured: dict[str, Any] = json.loads(output.splitlines()[-1])
    print(
        f"{method:<8} {measured['seconds']:>8.1f} s {measured['cpu']:>8.1f} CPU s "
        f"{measured['gib']:>5.1f} GiB",
        flush=True,
    )
    return measured


def _compare(folder: Path, python: str) -> None:
    """Both with the peer's models: ratios of time, and how much any channel's total differs."""
    ours, theirs = _measure("four", folder), _measure("peer", folder, python)
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        for model, totals in theirs["found"].items():
            query = REMOVAL_TOTALS if model == "markov" else CREDITED_TOTALS.format(model=model)
            own = dict(connection.execute(query).fetchall())
            worst = max(abs(total / own[channel] - 1) for channel, total in totals.items())
            print(f"    {model}: channels' totals differ by at most {worst:.4%}")
    ratios = (ours[unit] / theirs[unit] for unit in ("seconds", "cpu"))
    print("    four / peer: {:.2f} of the seconds, {:.2f} of the CPU seconds".format(*ratios))


def main() -> None:
    """Let them take turns, and compare what they took and found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--touches", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", help="python of an environment with ChannelAttribution")
    parser.add_argument("--method", choices=METHODS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.method:
        _run(arguments.method)
        return
    with tempfile.TemporaryDirectory(dir=os.environ.get("C360_SCRATCH")) as scratch:
        write_world(Path(scratch), arguments.touches)
        _measure("numbers", Path(scratch))
        for _ in range(arguments.rounds):
            _measure("floor", Path(scratch))
            _measure("ours", Path(scratch))
            if arguments.peer:
                _compare(Path(scratch), arguments.peer)
            else:
                _measure("four", Path(scratch))
    if not arguments.peer:
        print("ChannelAttribution is not measured: --peer names no python that has it")


if __name__ == "__main__":
    main()
