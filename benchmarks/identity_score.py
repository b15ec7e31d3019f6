"""The customers of a built warehouse beside the people of its demo world, counted in pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.identity_truth import LINKS, RECORDS, TURNS, WEB_RECORDS


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
