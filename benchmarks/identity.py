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
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

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

# Who sat at the browser: an event is of the visit that began last at it, and a web record is of the
# person of most of its events
WEB_RECORDS = """
create temp table web_records as
with placed as (
    select
        events.occurred_at,
        events.anonymous_id,
        'web_identity_id:' || identities.web_identity_id as whole_record_id,
        visits.person_no
    from intermediate.int_web_events_unioned as events
    inner join intermediate.int_web_identities_observed as identities
        on events.anonymous_id = identities.anonymous_id
        and events.user_id is not distinct from identities.user_id
        and events.email is not distinct from identities.email
        and events.phone is not distinct from identities.phone
        and events.device_id is not distinct from identities.device_id
        and events.device_token is not distinct from identities.push_token
    asof inner join read_parquet('{truth}/visits.parquet') as visits
        on visits.anonymous_id = events.anonymous_id
        and visits.occurred_at <= events.occurred_at
),
counted as (
    select
        coalesce(visitors.source_record_id, placed.whole_record_id) as source_record_id,
        placed.person_no,
        count(*) as event_count
    from placed
    left join intermediate.int_cookie_spells as spells
        on spells.anonymous_id = placed.anonymous_id
        and (spells.starts_at is null or spells.starts_at <= placed.occurred_at)
        and (spells.ends_at is null or spells.ends_at > placed.occurred_at)
    left join intermediate.int_visitors_observed as visitors
        on visitors.whole_record_id = placed.whole_record_id
        and visitors.spell_number = spells.spell_number
    group by all
)
select source_record_id, arg_max(person_no, (event_count, -person_no)) as person_no
from counted
group by source_record_id
"""

# Visits at browsers that two people use, and those of them that went to the visitor's customer
TURNS = """
with shared as (
    select anonymous_id from read_parquet('{truth}/visits.parquet')
    group by anonymous_id having count(distinct person_no) > 1
),
people as (
    select customer_id, arg_max(person_no, (record_count, -person_no)) as person_no
    from (select customer_id, person_no, count(*) as record_count from records group by all)
    group by customer_id
)
select count(*), count(*) filter (people.person_no = visits.person_no)
from read_parquet('{truth}/visits.parquet') as visits
semi join shared using (anonymous_id)
semi join (select distinct anonymous_id from intermediate.int_web_events_unioned) as landed
    using (anonymous_id)
left join intermediate.int_cookie_spells as spells
    on spells.anonymous_id = visits.anonymous_id
    and (spells.starts_at is null or spells.starts_at <= visits.occurred_at)
    and (spells.ends_at is null or spells.ends_at > visits.occurred_at)
left join people on people.customer_id = spells.customer_id
"""

# Each source record with its customer, its person and the person's household: the least number
# among those who share an identifier in the truth
RECORDS = """
create temp table records as
with known as (
    select 'order_id:' || order_id as source_record_id, person_no
    from read_parquet('{truth}/orders.parquet')
    union all
    select 'customer_record_id:' || customers.customer_record_id, identifiers.person_no
    from (
        select distinct customer_record_id, shop_customer_id from intermediate.int_customers_unioned
    ) as customers
    inner join read_parquet('{truth}/identifiers.parquet') as identifiers
        on identifiers.identifier_type = 'shopify_customer_id'
        and identifiers.identifier = customers.shop_customer_id
    union all
    select own_types.own_type || ':' || identifiers.identifier, identifiers.person_no
    from read_parquet('{truth}/identifiers.parquet') as identifiers
    inner join (values
        ('lead_id', 'marketo_lead_id'),
        ('profile_id', 'klaviyo_profile_id'),
        ('subscriber_id', 'mailchimp_email_id')
    ) as own_types (own_type, true_type) on own_types.true_type = identifiers.identifier_type
    union all
    -- the rest the truth names as identity does
    select identifier_type || ':' || identifier, person_no
    from read_parquet('{truth}/identifiers.parquet') where identifier_type in (
        select distinct own_identifier_type from intermediate.int_contacts_observed
    )
    union all
    select source_record_id, person_no from web_records
),
shared as (
    select person_no, min(person_no) over (partition by identifier) as household_no
    from read_parquet('{truth}/identifiers.parquet') where is_shared
),
households as (
    select person_no, min(household_no) as household_no from shared group by person_no
)
select
    observed.source_record_id,
    split_part(observed.source_record_id, ':', 1) as kind,
    any_value(observed.customer_id) as customer_id,
    any_value(known.person_no) as person_no,
    any_value(coalesce(households.household_no, known.person_no)) as household_no
from marts.customer_identifiers as observed
left join known on known.source_record_id = observed.source_record_id
left join households on households.person_no = known.person_no
group by observed.source_record_id
"""

# What leads from one record of a person to another: an identifier that nobody else's record carries
LINKS = """
select
    carried.source_record_id,
    carried.identifier_type || ':' || carried.identifier as identifier
from marts.customer_identifiers as carried
inner join records on records.source_record_id = carried.source_record_id
where carried.link_reason <> 'probabilistic'
window same_identifier as (partition by carried.identifier_type, carried.identifier)
qualify
    min(records.person_no) over same_identifier = max(records.person_no) over same_identifier
"""


@dataclass(frozen=True)
class Kind:
    """Source records of one kind: how many, and how many lie apart from their person's most."""

    name: str
    record_count: int
    apart_count: int
    beyond_reach_count: int


@dataclass(frozen=True)
class Score:
    """Counts of records and clusters, and of pairs of records.

    turns             visits at browsers that two people use
    turns_rightly     of those, visits that became the visitor's customer's
    joined            pairs that identity gives one customer
    joined_rightly    of those, pairs of one person
    joined_at_home    of those, pairs of two people of one household
    of_one_person     pairs of one person
    within_reach      of those, pairs that exact links can join
    reached           of those, pairs that identity gives one customer
    """

    people: int
    customers: int
    unknown_records: int
    mixed_customers: int
    turns: int
    turns_rightly: int
    joined: int
    joined_rightly: int
    joined_at_home: int
    of_one_person: int
    within_reach: int
    reached: int
    kinds: tuple[Kind, ...]

    @property
    def precision(self) -> float:
        """Share of the joined pairs that are one person."""
        return self.joined_rightly / self.joined

    @property
    def recall(self) -> float:
        """Share of the pairs of one person that are joined."""
        return self.joined_rightly / self.of_one_person

    @property
    def recall_within_reach(self) -> float:
        """Share of the pairs that exact links can join that are joined."""
        return self.reached / self.within_reach


def score(database: Path, truth: Path) -> Score:
    """Measure the identity of a built warehouse against the truth of its demo world."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(WEB_RECORDS.format(truth=truth))
        connection.execute(RECORDS.format(truth=truth))
        roots = components(connection.execute(LINKS).fetchall())
        connection.execute("create temp table evidence (source_record_id varchar, root varchar)")
        connection.executemany(
            "insert into evidence values (?, ?)",
            [(r, roots.get(r, r)) for r in _records(connection)],
        )
        return _scored(connection, truth)


def components(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each node and the node that stands for all that links lead to from it."""
    roots: dict[str, str] = {}
    for one, other in links:
        first, second = _root(roots, one), _root(roots, other)
        roots[max(first, second)] = min(first, second)
    return {node: _root(roots, node) for node in roots}


def _root(roots: dict[str, str], node: str) -> str:
    roots.setdefault(node, node)
    while roots[node] != node:
        roots[node] = roots[roots[node]]
        node = roots[node]
    return node


def _records(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [r for (r,) in connection.execute("select source_record_id from records").fetchall()]


def _scored(connection: duckdb.DuckDBPyConnection, truth: Path) -> Score:
    turns, turns_rightly = connection.execute(TURNS.format(truth=truth)).fetchall()[0]
    return Score(
        turns=turns,
        turns_rightly=turns_rightly,
        people=_number(connection, "select count(distinct person_no) from records"),
        customers=_number(connection, "select count(distinct customer_id) from records"),
        unknown_records=_number(connection, "select count(*) from records where person_no is null"),
        mixed_customers=_number(
            connection,
            "select count(*) from (select customer_id from records group by customer_id "
            "having count(distinct person_no) > 1)",
        ),
        joined=_pairs(connection, "customer_id"),
        joined_rightly=_pairs(connection, "customer_id", "person_no"),
        joined_at_home=_pairs(connection, "customer_id", "household_no")
        - _pairs(connection, "customer_id", "person_no"),
        of_one_person=_pairs(connection, "person_no"),
        within_reach=_pairs(connection, "person_no", "root"),
        reached=_pairs(connection, "person_no", "root", "customer_id"),
        kinds=tuple(_kinds(connection)),
    )


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])


def _pairs(connection: duckdb.DuckDBPyConnection, *columns: str) -> int:
    """How many pairs of records agree in these columns."""
    query = f"""
        select coalesce(cast(sum(record_count * (record_count - 1) / 2) as bigint), 0) from (
            select count(*) as record_count
            from records inner join evidence using (source_record_id)
            group by {", ".join(columns)}
        )
    """
    return _number(connection, query)


def _kinds(connection: duckdb.DuckDBPyConnection) -> Iterable[Kind]:
    """A person's largest customer and largest evidence component are where the rest belong."""
    query = """
        with counted as (
            select
                kind,
                count(*) over (partition by person_no, customer_id) as at_customer,
                count(*) over (partition by person_no, root) as at_root,
                person_no
            from records inner join evidence using (source_record_id)
        ),
        compared as (
            select
                kind,
                at_customer < max(at_customer) over (partition by person_no) as is_apart,
                at_root < max(at_root) over (partition by person_no) as is_beyond_reach
            from counted
        )
        select kind, count(*), count(*) filter (is_apart), count(*) filter (is_beyond_reach)
        from compared group by kind order by kind
    """
    return (Kind(*row) for row in connection.execute(query).fetchall())


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
