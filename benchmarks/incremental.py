"""What incremental web events bring: one more day of them, added or all made anew.

    python benchmarks/incremental.py --warehouse FILE
    python benchmarks/incremental.py --nights 200 [--seed 7]

FILE is a warehouse that `dbt build` has built, such as a demo world's. On a copy the web events of
its last day are taken out, the rest is built, and the day lands again: once it is added, once all
is made anew with `--full-refresh`. Both must give the same rows.

With `--nights` the test's small world lives that many nights instead, each compared with a full
refresh.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from pathlib import Path

import duckdb

from tests.project.incremental.dbt_process import DATABASE, DbtProcess
from tests.project.incremental.grown import GROWN, Grown
from tests.project.incremental.happenings import next_night
from tests.project.incremental.world import World
from tests.project.night.nights import PROJECT, differences

MODELS = (
    *GROWN,
    "int_web_events_unioned",
    "int_tracker_days_judged",
    "int_sessions_counted",
    "int_sessions_aggregated",
)
RAW = ("raw_web.segment_events", "raw_web.ga4_events")


def main() -> None:
    """Measure a warehouse, or live many nights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--warehouse", type=Path)
    parser.add_argument("--nights", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.warehouse and arguments.warehouse.parent) as at:
        if arguments.warehouse:
            measure(arguments.warehouse, Path(at))
        else:
            live(Path(at), arguments.nights, arguments.seed)


def measure(warehouse: Path, folder: Path) -> None:
    """Print the seconds of each model, added to and made anew."""
    added, anew = (folder / name / DATABASE for name in ("added", "anew"))
    for path in (added, anew):
        path.parent.mkdir()
    shutil.copyfile(warehouse, added)
    dbt = DbtProcess(PROJECT, folder / "dbt.log")
    command = ("run", "--select", *MODELS)
    day, events, new = _take_last_day(added)
    dbt.run(added, *command)
    _bring_last_day(added)
    shutil.copyfile(added, anew)
    adding = dbt.run(added, *command)
    making = dbt.run(anew, *command, "--full-refresh")
    dbt.close()
    wrong = [differences(added, anew, schema) for schema in ("staging", "intermediate")]
    assert wrong == [{}, {}], wrong
    print(f"{events:,} landed web events, {new:,} of them of {day}")
    print("| model | added | made anew | ratio |\n|---|---:|---:|---:|")
    for name in MODELS:
        one, all_ = adding[name].seconds, making[name].seconds
        print(f"| {name} | {one:.2f} s | {all_:.2f} s | {one / all_:.2f} |")


def _take_last_day(database: Path) -> tuple[object, int, int]:
    """The day, all rows of web events and those of the day, which are set aside."""
    with duckdb.connect(str(database)) as connection:
        days = " union all ".join(f"select occurred_at::date as day from {t}" for t in RAW)
        connection.execute(f"create view days as {days}")
        counted = connection.execute(
            "select day, sum(count(*)) over (), count(*) from days group by day order by day desc"
        ).fetchall()[0]
        for table in RAW:
            kept = f"last_day_{table.split('.')[1]}"
            where = f"from {table} where occurred_at::date = $1"
            connection.execute(f"create table {kept} as select * {where}", [counted[0]])
            connection.execute(f"delete {where}", [counted[0]])
    return counted[0], counted[1], counted[2]


def _bring_last_day(database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        for table in RAW:
            connection.execute(f"insert into {table} from last_day_{table.split('.')[1]}")


def live(folder: Path, nights: int, seed: int) -> None:
    """Let a small world live, and compare each night."""
    grown = Grown(folder)
    world = World(random.Random(seed))  # noqa: S311 (the same nights each time)
    for night in range(1, nights + 1):
        happened = next_night(world)
        grown.land(world)
        grown.build()
        wrong = grown.differences_from_anew()
        assert not wrong, f"night {night} ({', '.join(happened)}): {wrong}"
    grown.close()
    print(f"{nights} nights, {len(world.events):,} events: each night equal to a full refresh")


if __name__ == "__main__":
    main()
