"""Which columns each model has and reads, as sqlglot finds in the compiled SQL."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from pipelines import deliveries, ledger, runs
from pipelines.landing import STAMP_TYPES
from pipelines.sources import declared_exports

DIALECT = "duckdb"
# what dbt writes is the compiled query; other materializations compute their table from it
PLAIN = {"table", "view", "incremental"}

Node = dict[str, Any]
Columns = dict[str, tuple[str, ...]]  # of tables, by schema and name: raw_shopify.orders
ReadColumns = Mapping[str, set[str]]


@dataclass(frozen=True)
class Query:
    """A compiled model.

    relation   its table, as schema.name
    written    its SQL as it is compiled
    resolved   its SQL with stars expanded, and each column with its table
    columns    the columns of its table
    is_mart    whether readers see it
    is_plain   whether its table is what the SQL returns
    """

    relation: str
    written: exp.Query = field(repr=False)
    resolved: exp.Query = field(repr=False)
    columns: tuple[str, ...]
    is_mart: bool
    is_plain: bool


def compiled_queries(project: Path) -> list[Query]:
    """Every compiled model of a project, none before those it reads."""
    nodes = json.loads((project / "target" / "manifest.json").read_text())["nodes"]
    compiled = project / "target" / "compiled" / "customer360"
    known = {**raw_columns(), **seed_columns(nodes.values(), project)}
    found = []
    for node in _in_order(nodes):
        sql = (compiled / node["original_file_path"]).read_text()
        declared = None if node["config"]["materialized"] in PLAIN else tuple(node["columns"])
        relation = f"{node['schema']}.{node['alias']}"
        query = read_query(relation, sql, known, declared, "marts" in node["fqn"])
        known[relation] = query.columns
        found.append(query)
    return found


def read_query(
    relation: str,
    sql: str,
    known: Columns,
    declared: tuple[str, ...] | None = None,
    is_mart: bool = False,
) -> Query:
    """A model's SQL that reads the tables `known`; `declared` are the columns if SQL tells not."""
    written = sqlglot.parse_one(sql, dialect=DIALECT)
    for table in written.find_all(exp.Table):
        table.set("catalog", None)
    schema: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for name in {f"{table.db}.{table.name}" for table in written.find_all(exp.Table) if table.db}:
        schema_name, table_name = name.split(".")
        schema[schema_name][table_name] = dict.fromkeys(known[name], "text")
    resolved = qualify(
        written.copy(),
        schema=dict(schema),
        dialect=DIALECT,
        quote_identifiers=False,
        validate_qualify_columns=False,
    )
    assert isinstance(written, exp.Query)
    assert isinstance(resolved, exp.Query)
    columns = declared or tuple(resolved.named_selects)
    return Query(relation, written, resolved, columns, is_mart, declared is None)


def raw_columns() -> Columns:
    """The columns of the tables that files land in, and of the ledger."""
    stamps = tuple(STAMP_TYPES)
    landed: Columns = defaultdict(tuple)
    for export in declared_exports():
        names = (column.name for column in export.columns)
        landed[export.table] = tuple(dict.fromkeys((*landed[export.table], *names, *stamps)))
    return landed | {
        f"{ledger.SCHEMA}.load_files": tuple(ledger.LOAD_FILES.names),
        f"{ledger.SCHEMA}.load_rejects": tuple(ledger.LOAD_REJECTS.names),
        deliveries.TABLE: tuple(deliveries.DELIVERIES.names),
        f"{ledger.SCHEMA}.runs": tuple(line.split()[0] for line in runs.COLUMNS.split("\n")[1:-1]),
    }


def seed_columns(nodes: Iterable[Node], project: Path) -> Columns:
    """The columns of the seeds, from their first lines."""
    found = {}
    for node in nodes:
        if node["resource_type"] == "seed":
            with (project / node["original_file_path"]).open(newline="") as file:
                found[f"{node['schema']}.{node['alias']}"] = tuple(next(csv.reader(file)))
    return found


def columns_read_for_marts(queries: list[Query]) -> ReadColumns:
    """By table, the columns on which a value or a row of a mart depends."""
    read: dict[str, set[str]] = defaultdict(set)
    for query in reversed(queries):
        wanted = query.columns if query.is_mart else read[query.relation]
        if wanted:
            for table, column in _dependencies(query, set(wanted)):
                read[table].add(column)
    return read


def _dependencies(query: Query, wanted: set[str]) -> Iterator[tuple[str, str]]:
    """The columns of tables that a query needs for some of its own."""
    pruned = query.resolved.copy()
    if query.is_plain and wanted != set(query.columns):
        selected = [exp.column(name, table="query") for name in query.columns if name in wanted]
        pruned = exp.select(*selected).from_(pruned.subquery("query"))
    for scope in traverse_scope(pushdown_projections(pruned)):
        for column in scope.columns:
            table = scope.sources.get(column.table)
            if isinstance(table, exp.Table):
                yield f"{table.db}.{table.name}", column.name


def unions(query: exp.Query) -> list[list[exp.Query]]:
    """The arms of each union, intersection and difference in a query."""
    return [
        list(_arms(operation))
        for operation in query.find_all(exp.SetOperation)
        if not isinstance(operation.parent, exp.SetOperation)
    ]


def _arms(operation: exp.SetOperation) -> Iterator[exp.Query]:
    for side in (operation.left, operation.right):
        arm = side.unnest()
        if isinstance(arm, exp.SetOperation):
            yield from _arms(arm)
        else:
            assert isinstance(arm, exp.Query)
            yield arm


def lists_its_columns(arm: exp.Query, query: exp.Query) -> bool:
    """Whether an arm names its columns, or takes those that a step before it names."""
    steps = {step.alias: step.this for step in query.ctes}
    while arm.is_star:
        source = arm.args["from_"].this
        if arm.args.get("joins") or source.name not in steps:
            return False
        arm = steps[source.name]
        if isinstance(arm, exp.SetOperation):
            return all(lists_its_columns(each, query) for each in _arms(arm))
    return True


def _in_order(nodes: dict[str, Node]) -> Iterator[Node]:
    """The models, each after all that it depends on."""
    done: set[str] = set()

    def visit(key: str) -> Iterator[Node]:
        if key in done or nodes.get(key, {}).get("resource_type") != "model":
            return
        done.add(key)
        for parent in nodes[key]["depends_on"]["nodes"]:
            yield from visit(parent)
        yield nodes[key]

    for key in nodes:
        yield from visit(key)
