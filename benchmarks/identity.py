"""How well identity finds the people of demo worlds: its customers beside the truth.

    python benchmarks/identity.py [--worlds 500:1 500:2 500:3 2000:1] [--callers 10000]
    python benchmarks/identity.py --warehouse DIR --truth DIR

Without a warehouse it writes a demo world for each number of customers and seed, lands it and
builds what identity needs twice, by exact links alone and with `probabilistic_links`; and a world
in which so many callers order by one telephone. Counted are pairs of source records (orders, shop
customers, profiles, leads, browsers); a web record is of whoever sat at the browser then. A pair of
one person is within reach when a chain of exact identifiers leads from one record to the other,
each identifier carried by records of that person alone: nobody can tell whose the browser is that
never said who it is. People of one household share a telephone and a browser in the truth; pairs of
two of them are counted apart.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from benchmarks.identity_score import Score, score
from pipelines.demo import write_demo

PROJECT = Path(__file__).parents[1]
DATABASE = Path("build", "customer360.duckdb")
DAYS = 120
LINKS_BY = ("exact", "with Splink")
ALL = ("+customer_identifiers", "+int_cookie_spells")
CHANGED = (
    "int_people_recognised+,+customer_identifiers",
    "int_people_recognised+,+int_cookie_spells",
)

NUMBER = "+493012345678"
FIRST_NAMES = ("Ada", "Berta", "Clara", "Dora", "Emil", "Fritz")
LAST_NAMES = ("Adler", "Bauer", "Conrad", "Decker", "Engel")
CALLS = """
mapped:
  - shop: calls
    kind: orders
    files: [calls/*.csv]
    columns:
      order_id: id
      ordered_at: at
      email: mail
      phone: number
      first_name: first
      last_name: last
      subtotal: sum
    constants: {currency_code: EUR, country: Germany}
"""
CALLERS = """
select count(distinct customer_id), any_value(link_reason) filter (identifier_type = 'phone')
from marts.customer_identifiers
"""


@contextmanager
def _landed(scratch: Path, write: Callable[[Path], object]) -> Iterator[Path]:
    """The folder of a world and its warehouse, which has landed and is not built.

    It is the same for each, so that dbt reads the project once for all worlds.
    """
    folder = scratch / "world"
    folder.mkdir()
    write(folder)
    c360 = [sys.executable, "-c", "from pipelines.cli import main; main()"]
    paths = ["--exports", str(folder / "exports"), "--warehouse", str(folder / "warehouse")]
    subprocess.run([*c360, "land", "--quiet", *paths], check=True, cwd=PROJECT)
    yield folder
    shutil.rmtree(folder)


def _identify(scratch: Path, links: str) -> None:
    """Build what identity needs; with Splink, what that changes of a warehouse that is built."""
    by_probability = links == "with Splink"
    folder, database = scratch / links, scratch / "world" / "warehouse" / DATABASE
    dbt = [sys.executable, "-m", "dbt.cli.main", "--quiet", "build"]
    chosen = f"{{probabilistic_links: {str(by_probability).lower()}}}"
    models = CHANGED if by_probability else ALL
    options = ["--exclude-resource-type", "test", "unit_test", "--target-path", str(folder)]
    environment = os.environ | {"C360_WAREHOUSE": str(database), "DBT_LOG_PATH": str(folder)}
    command = [*dbt, "--vars", chosen, "--select", *models, *options]
    subprocess.run(command, check=True, cwd=PROJECT, env=environment)


def _world(scratch: Path, customers: int, seed: int) -> Iterator[tuple[str, Score]]:
    """The scores of one demo world, exact links first."""

    def write(folder: Path) -> None:
        write_demo(folder, customers=customers, days=DAYS, seed=seed)

    with _landed(scratch, write) as folder:
        for links in LINKS_BY:
            _identify(scratch, links)
            yield links, score(folder / "warehouse" / DATABASE, folder / "truth")


def _call_centre(scratch: Path, callers: int) -> Iterator[tuple[str, int, str]]:
    """How many customers the callers are, and what became of their number."""

    def write(folder: Path) -> None:
        (folder / "exports" / "calls").mkdir(parents=True)
        (folder / "exports" / "exports.yml").write_text(CALLS)
        with (folder / "exports" / "calls" / "orders.csv").open("w") as file:
            file.write("id,at,mail,number,first,last,sum\n")
            for n in range(callers):
                first, last = FIRST_NAMES[n % 6], LAST_NAMES[n // 6 % 5]
                file.write(f"{n},2026-06-01,c{n}@example.com,{NUMBER},{first},{last},10\n")

    with _landed(scratch, write) as folder:
        for links in LINKS_BY:
            _identify(scratch, links)
            with duckdb.connect(folder / "warehouse" / DATABASE, read_only=True) as connection:
                yield (links, *connection.execute(CALLERS).fetchall()[0])


COLUMNS: dict[str, Callable[[Score], str]] = {
    "people": lambda found: f"{found.people:,}",
    "customers": lambda found: f"{found.customers:,}",
    "of two people": lambda found: f"{found.mixed_customers:,}",
    "pairs joined": lambda found: f"{found.joined:,}",
    "of one person": lambda found: f"{found.joined_rightly:,}",
    "two of a home": lambda found: f"{found.joined_at_home:,}",
    "precision": lambda found: f"{found.precision:.4f}",
    "recall in reach": lambda found: f"{found.recall_within_reach:.4f}",
    "recall of all": lambda found: f"{found.recall:.4f}",
    "turns right": lambda found: f"{found.turns_rightly:,} of {found.turns:,}",
}
LAYOUT = "{:<18} {:<12} " + " ".join(f"{{:>{max(len(name), 7)}}}" for name in COLUMNS)


def _print_kinds(found: Score) -> None:
    print(f"{'records':<20} {'all':>8} {'apart':>8} {'beyond reach':>13}")
    for kind in found.kinds:
        print(
            f"{kind.name:<20} {kind.record_count:>8,} {kind.apart_count:>8,} "
            f"{kind.beyond_reach_count:>13,}"
        )


def _print(world: str, links: str, found: Score) -> None:
    print(LAYOUT.format(world, links, *(tell(found) for tell in COLUMNS.values())), flush=True)


def main() -> None:
    """Measure a given warehouse, or those of worlds made for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", nargs="*", default=["500:1", "500:2", "500:3", "2000:1"])
    parser.add_argument("--callers", type=int, default=10_000)
    parser.add_argument("--warehouse", type=Path)
    parser.add_argument("--truth", type=Path)
    given = parser.parse_args()
    print(LAYOUT.format("customers:seed", "links", *COLUMNS))
    if given.warehouse and given.truth:
        found = score(given.warehouse / DATABASE, given.truth)
        _print(given.warehouse.name, "as built", found)
        _print_kinds(found)
        return
    with tempfile.TemporaryDirectory() as scratch:
        _measure(Path(scratch), given.worlds, given.callers)


def _measure(scratch: Path, worlds: list[str], callers: int) -> None:
    for world in worlds:
        customers, _, seed = world.partition(":")
        for links, found in _world(scratch, int(customers), int(seed or 1)):
            _print(world, links, found)
    for links, found_count, standing in _call_centre(scratch, callers) if callers else ():
        told = f"{callers:,} callers of one number, {links}: {found_count:,} customers"
        print(f"{told}; the number is {standing}")


if __name__ == "__main__":
    main()
