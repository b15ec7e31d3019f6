"""How many true visits of a demo world became exactly one session, of the right person and channel.

    python benchmarks/sessions.py [--customers 2000] [--warehouse DIR --truth DIR]

Without a warehouse it writes a demo world and runs a night first, about two minutes. A visit is
found when one session of its browser begins at its first moment; its customer is right when most
visits of that customer are the same person's. A link that lost its tags on the way tells less than
the truth, so such visits are counted as knowable whatever their channel.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.demo import write_demo

PROJECT = Path(__file__).parents[1]

# The channels of the marts for the channels of the demo world
CHANNELS = {
    "google_brand": "Paid Search",
    "google_nonbrand": "Paid Search",
    "meta_prospecting": "Paid Social",
    "meta_retargeting": "Paid Social",
    "email": "Email",
    "organic": "Organic Search",
    "referral": "Referral",
    "direct": "Direct",
}

MATCHED = """
create temp table matched as
with visits as (
    select
        visits.*,
        named.channel as expected_channel
    from read_parquet('{truth}/visits.parquet') as visits
    inner join (select unnest(?) as true_channel, unnest(?) as channel) as named
        on named.true_channel = visits.channel
),
counted as (
    select
        visits.visit_id,
        any_value(visits.person_no) as person_no,
        any_value(visits.channel) as true_channel,
        any_value(visits.expected_channel) as expected_channel,
        any_value(visits.click_id_kind is not null and visits.utm_campaign is null) as is_untagged,
        count(sessions.session_id) as session_count,
        any_value(sessions.channel) as channel,
        any_value(sessions.customer_id) as customer_id
    from visits
    left join marts.sessions
        on sessions.anonymous_id = visits.anonymous_id
        and sessions.started_at = date_trunc('millisecond', visits.occurred_at)
    group by visits.visit_id
),
people as (
    select customer_id, mode(person_no order by person_no) as person_no
    from counted where customer_id is not null
    group by customer_id
)
select counted.*, people.person_no is not distinct from counted.person_no as is_right_customer
from counted
left join people on people.customer_id = counted.customer_id
"""

COUNTED = """
select
    count(*),
    (select count(*) from marts.sessions),
    count(*) filter (session_count = 1),
    count(*) filter (session_count = 1 and channel = expected_channel),
    count(*) filter (session_count = 1 and channel = expected_channel or is_untagged),
    count(*) filter (session_count = 1 and is_right_customer),
    count(*) filter (session_count = 1 and channel = expected_channel and is_right_customer)
from matched
"""


@dataclass(frozen=True)
class Score:
    """Counts of true visits, and of the sessions that there are.

    found              visits that are exactly one session
    right_channel      of those, of the true channel
    knowable_channel   of the true channel, or of a link whose tags were lost
    right_customer     found visits whose customer is the person
    right              found, channel and customer right
    """

    visits: int
    sessions: int
    found: int
    right_channel: int
    knowable_channel: int
    right_customer: int
    right: int


def score(database: Path, truth: Path) -> Score:
    """Measure the sessions of a built warehouse against the truth of its demo world."""
    with duckdb.connect(str(database), read_only=True) as connection:
        names = [list(CHANNELS), list(CHANNELS.values())]
        connection.execute(MATCHED.format(truth=truth), names)
        return Score(*connection.execute(COUNTED).fetchall()[0])


def _prepared(folder: Path, customers: int, days: int, seed: int) -> tuple[Path, Path]:
    """A demo world and the warehouse of its night."""
    write_demo(folder, customers=customers, days=days, seed=seed)
    warehouse = folder / "warehouse"
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "nightly", "--quiet"]
    paths = ["--exports", str(folder / "exports"), "--warehouse", str(warehouse)]
    subprocess.run([*command, *paths], check=True, cwd=PROJECT)
    return warehouse, folder / "truth"


def main() -> None:
    """Measure a given warehouse, or one of a world made for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=2000)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--warehouse", type=Path)
    parser.add_argument("--truth", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        warehouse, truth = arguments.warehouse, arguments.truth
        if warehouse is None or truth is None:
            warehouse, truth = _prepared(
                Path(scratch), arguments.customers, arguments.days, arguments.seed
            )
        found = score(warehouse / "build" / "customer360.duckdb", truth)
    for name, count in found.__dict__.items():
        share = f"{count / found.visits:>9.4f}" if name not in ("visits", "sessions") else ""
        print(f"{name.replace('_', ' '):<18} {count:>10,} {share}")


if __name__ == "__main__":
    main()
