"""The conventions of the dbt project, as tests over its manifest."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.demo.demo import WRITERS
from pipelines.sources import declared_exports
from tests.project.incremental.grown import GROWN

PROJECT = Path(__file__).parents[2]
LAYERS = {"staging": 0, "intermediate": 1, "marts": 2}
LONGEST_MODEL = 260
LISTS = {"customer_360", "int_contacts_observed"}  # as long as what they list: columns, systems
NAMES = {
    "staging": re.compile(r"stg_[a-z0-9_]+?__[a-z0-9_]+s"),
    "intermediate": re.compile(r"int_[a-z0-9_]+"),
    "marts": re.compile(r"(?!stg_|int_|fct_|dim_)[a-z0-9_]+"),
}
TYPE_OF_ENDING = {
    "_id": "varchar",
    "_at": "timestamp",
    "_date": "date",
    "_count": "bigint",
}
VENDORS = sorted({export.vendor for export in declared_exports()})
# A left join: what is joined, its name when it has another, the conditions
LEFT_JOIN = re.compile(
    r"left join (\w+)(?: as (\w+))?\s+on (.*?)(?=\n\s+(?:left|inner|cross|where|group)\b|\n\n)",
    re.S,
)
DELIVERIES = "model.customer360.stg_operations__deliveries"
VARIABLE = re.compile(r"""\bvar\(\s*["'](\w+)["']""")
Node = dict[str, Any]


@pytest.fixture(scope="module")
def manifest(compiled: Path) -> Node:
    """The manifest of the project as it stands."""
    loaded: Node = json.loads((compiled / "target" / "manifest.json").read_text())
    return loaded


@pytest.fixture(scope="module")
def models(manifest: Node) -> list[Node]:
    return [n for n in manifest["nodes"].values() if n["resource_type"] == "model"]


def layer(node: Node) -> str:
    return str(node["path"]).split("/")[0]


def of_layer(models: list[Node], name: str) -> list[Node]:
    return [m for m in models if layer(m) == name]


def data_tests_of(manifest: Node, model: Node) -> Iterator[Node]:
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("attached_node") == model["unique_id"]:
            yield node


def test_every_model_stands_in_a_layer_that_its_name_tells(models: list[Node]) -> None:
    strangers = [m["name"] for m in models if not NAMES[layer(m)].fullmatch(m["name"])]
    assert not strangers


def test_only_staging_reads_sources(models: list[Node]) -> None:
    readers = [
        m["name"]
        for m in models
        if layer(m) != "staging" and any(d.startswith("source.") for d in m["depends_on"]["nodes"])
    ]
    assert not readers


def test_a_staging_model_reads_one_source_and_of_models_only_its_deliveries(
    models: list[Node],
) -> None:
    wrong = []
    for model in of_layer(models, "staging"):
        parents = model["depends_on"]["nodes"]
        sources = [p for p in parents if p.startswith("source.")]
        ledger = any(p.startswith("source.customer360.operations.") for p in sources)
        expected = [] if ledger else [DELIVERIES]
        if len(sources) != 1 or [p for p in parents if _is_model(p)] != expected:
            wrong.append(model["name"])
    assert not wrong


def test_staging_reads_rows_by_their_newest_delivery(models: list[Node]) -> None:
    others = [
        model["name"]
        for model in of_layer(models, "staging")
        if DELIVERIES in model["depends_on"]["nodes"]
        and not re.search(r"^    \{\{ landed_rows\(source\(", model["raw_code"], re.M)
    ]
    assert not others


def _is_model(unique_id: str) -> bool:
    return unique_id.startswith("model.")


def test_staging_joins_nothing(models: list[Node]) -> None:
    joiners = [
        m["name"]
        for m in of_layer(models, "staging")
        if re.search(r"\b(inner|left|full outer) join\b", m["raw_code"])
    ]
    assert not joiners


def test_a_model_reads_its_own_layer_or_the_one_below(manifest: Node, models: list[Node]) -> None:
    # the loader writes its ledger in the form people read: there is no step between
    ledger = "model.customer360.stg_operations__"
    wrong = [
        (model["name"], parent)
        for model in models
        for parent in model["depends_on"]["nodes"]
        if _is_model(parent)
        and not parent.startswith(ledger)
        and LAYERS[layer(model)] - LAYERS[layer(manifest["nodes"][parent])] not in (0, 1)
    ]
    assert not wrong


def test_every_model_says_what_its_row_is(models: list[Node]) -> None:
    silent = [m["name"] for m in models if not m["description"].startswith("One row per")]
    assert not silent


def test_every_seed_says_what_its_row_is(manifest: Node) -> None:
    seeds = [n for n in manifest["nodes"].values() if n["resource_type"] == "seed"]
    silent = [s["name"] for s in seeds if not s["description"].startswith("One row per")]
    assert seeds
    assert not silent


def test_no_seed_says_null() -> None:
    """dbt takes the word for no value, except where DuckDB reads the file itself."""
    cells = {
        (path.name, cell)
        for path in (PROJECT / "seeds").rglob("*.csv")
        for row in csv.reader(path.read_text().splitlines())
        for cell in row
    }
    assert cells
    assert not [name for name, cell in cells if cell.strip().lower() == "null"]


def test_every_metric_has_a_label_and_a_description(manifest: Node) -> None:
    metrics = manifest["metrics"].values()
    assert metrics
    assert not [m["name"] for m in metrics if m["label"] in ("", m["name"])]
    assert not [m["name"] for m in metrics if not m["description"]]
    documentation = (PROJECT / "docs" / "metrics.md").read_text()
    assert not [m["name"] for m in metrics if f"`{m['name']}`" not in documentation]


def test_every_analysis_says_what_it_answers(manifest: Node) -> None:
    analyses = [n for n in manifest["nodes"].values() if n["resource_type"] == "analysis"]
    assert analyses
    assert not [a["name"] for a in analyses if not a["description"]]
    assert not [a["name"] for a in analyses if not a["raw_code"].startswith("-- ")]
    documentation = (PROJECT / "docs" / "analyses.md").read_text()
    assert not [a["name"] for a in analyses if f"`{a['name']}`" not in documentation]


def test_every_described_column_means_more_than_its_name(models: list[Node]) -> None:
    empty = [
        (m["name"], c["name"])
        for m in models
        for c in m["columns"].values()
        if c["description"].strip(" .").lower() in ("", c["name"].replace("_", " "))
    ]
    assert not empty


def test_every_mart_has_an_enforced_contract(models: list[Node]) -> None:
    loose = [m["name"] for m in of_layer(models, "marts") if not m["contract"]["enforced"]]
    assert not loose


def test_every_column_of_a_mart_has_a_type(models: list[Node]) -> None:
    untyped = [
        (m["name"], c["name"])
        for m in of_layer(models, "marts")
        for c in m["columns"].values()
        if not c["data_type"]
    ]
    assert not untyped


def test_the_grain_of_every_mart_is_tested(manifest: Node, models: list[Node]) -> None:
    untested = []
    for mart in of_layer(models, "marts"):
        names = {t["test_metadata"]["name"] for t in data_tests_of(manifest, mart)}
        if not names & {"unique", "unique_combination"}:
            untested.append(mart["name"])
    assert not untested


def test_every_mart_has_an_owner_and_a_reader(manifest: Node, models: list[Node]) -> None:
    read = {p for e in manifest["exposures"].values() for p in e["depends_on"]["nodes"]}
    marts = of_layer(models, "marts")
    assert not [m["name"] for m in marts if not m["group"]]
    assert not [m["name"] for m in marts if m["unique_id"] not in read]


def test_a_column_s_name_tells_its_type(models: list[Node]) -> None:
    wrong = [
        (m["name"], c["name"], c["data_type"])
        for m in of_layer(models, "marts")
        for c in m["columns"].values()
        for ending, data_type in TYPE_OF_ENDING.items()
        if c["name"].endswith(ending)
        and not c["data_type"].startswith(
            (data_type, "decimal") if ending == "_count" else data_type
        )
    ]
    assert not wrong


def test_a_flag_is_named_as_one(models: list[Node]) -> None:
    prefixes = ("is_", "has_", "accepts_")
    wrong = [
        (m["name"], c["name"])
        for m in of_layer(models, "marts")
        for c in m["columns"].values()
        if (c["data_type"] == "boolean") != c["name"].startswith(prefixes)
    ]
    assert not wrong


def test_money_is_decimal(models: list[Node]) -> None:
    doubles = [
        (m["name"], c["name"])
        for m in of_layer(models, "marts")
        for c in m["columns"].values()
        if c["name"].endswith(("_amount", "_revenue", "spend", "_value"))
        and not c["data_type"].startswith("decimal")
    ]
    assert not doubles


def test_every_model_ends_with_a_plain_select(models: list[Node]) -> None:
    wrong = [
        m["name"]
        for m in models
        if not re.search(r"\n\)\n\nselect \* from [a-z0-9_]+\n*$", m["raw_code"])
    ]
    assert not wrong


def test_a_mart_lists_its_columns(models: list[Node]) -> None:
    wildcards = [
        m["name"]
        for m in of_layer(models, "marts")
        if re.search(r"^ +[a-z_]+\.\*", m["raw_code"].split("final as")[-1], re.MULTILINE)
    ]
    assert not wildcards


def test_no_model_is_too_long_to_read(models: list[Node]) -> None:
    long = {m["name"] for m in models if m["raw_code"].count("\n") > LONGEST_MODEL}
    assert long <= LISTS


def test_no_model_asks_the_clock_or_the_engine(models: list[Node]) -> None:
    forbidden = re.compile(r"current_date|current_timestamp|now\(\)|target\.type|\bqualify\b|::")
    wrong = [m["name"] for m in models if forbidden.search(m["raw_code"])]
    assert not wrong


def test_a_day_of_a_moment_is_one_of_the_business(manifest: Node) -> None:
    """A moment in UTC becomes a day by business_date alone."""
    by_utc = re.compile(r"cast\(\s*[\w.]*_at as date\s*\)")
    queries = (n for n in manifest["nodes"].values() if "raw_code" in n)
    assert not [n["name"] for n in queries if by_utc.search(n["raw_code"])]


def test_no_left_join_makes_each_row_meet_each(models: list[Node]) -> None:
    # DuckDB hashes neither a condition on the left rows alone nor an "or": with one of them it
    # compares all rows of the one side with all of the other
    assert not [
        (model["name"], condition)
        for model in models
        for joined, alias, conditions in LEFT_JOIN.findall(model["raw_code"])
        for condition in re.split(r"\s+and\s+", conditions)
        if f"{alias or joined}." not in condition or " or " in condition
    ]


def test_a_config_inside_a_model_says_why(models: list[Node]) -> None:
    silent = [
        m["name"]
        for m in models
        if "config(" in m["raw_code"] and not re.search(r"\{#.+#\}", m["raw_code"], re.DOTALL)
    ]
    assert not silent


def test_an_incremental_model_remembers_or_is_compared_with_a_full_refresh(
    models: list[Node],
) -> None:
    """What cannot be built again says so; all else forgets, knows its recipe and is compared."""
    configs = {m["name"]: m["config"] for m in models}
    grown = {
        name: config
        for name, config in configs.items()
        if config["materialized"] == "incremental" and config.get("full_refresh") is not False
    }
    assert set(grown) == set(GROWN)
    for config in grown.values():
        assert "forget_changed" in config["pre-hook"][0]["sql"]
        assert "remember_recipe" in config["post-hook"][0]["sql"]


def test_every_macro_is_documented_in_a_file_of_its_own(manifest: Node) -> None:
    macros = [m for m in manifest["macros"].values() if m["package_name"] == "customer360"]
    public = [m for m in macros if not re.match(r"(default|spark)__", m["name"])]
    assert not [m["name"] for m in public if not m["description"]]
    assert not [
        m["name"] for m in public if Path(m["path"]).stem not in m["name"].removeprefix("test_")
    ]


def test_tests_read_as_claims(manifest: Node) -> None:
    singular = [
        n
        for n in manifest["nodes"].values()
        if n["resource_type"] == "test" and not n.get("test_metadata")
    ]
    assert singular
    assert not [n["name"] for n in singular if not n["name"].startswith("assert_")]


def test_unit_tests_are_named_after_their_model(manifest: Node) -> None:
    unit_tests = manifest["unit_tests"].values()
    assert not [u["name"] for u in unit_tests if not u["name"].startswith(f"{u['model']}_")]
    assert not [u["name"] for u in unit_tests if not u["description"]]


def test_a_unit_test_pins_every_variable_that_its_model_reads(manifest: Node) -> None:
    """So that a run is green whatever a user chose: a zone, a currency, a past day."""
    unpinned = [
        (unit_test["name"], sorted(missing))
        for unit_test in manifest["unit_tests"].values()
        if (missing := variables_read(manifest, model_of(manifest, unit_test)) - pins(unit_test))
    ]
    assert not unpinned


def test_variables_are_found_in_a_model_and_in_the_macros_behind_it(manifest: Node) -> None:
    models = {n["name"]: n for n in manifest["nodes"].values() if n["resource_type"] == "model"}
    assert variables_read(manifest, models["int_as_of"]) == {"as_of", "business_timezone"}
    assert "attribution_models" in variables_read(manifest, models["int_touch_credits"])


def variables_read(manifest: Node, node: Node) -> set[str]:
    """The variables that a model reads, itself or by a macro at any depth."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        reader = waiting.pop()
        found |= set(VARIABLE.findall(reader.get("raw_code") or reader.get("macro_sql") or ""))
        macros = set(reader["depends_on"]["macros"]) - seen
        seen |= macros
        waiting += [manifest["macros"][macro] for macro in macros]
    return found


def model_of(manifest: Node, unit_test: Node) -> Node:
    tested: Node = manifest["nodes"][unit_test["depends_on"]["nodes"][0]]
    return tested


def pins(unit_test: Node) -> set[str]:
    return set((unit_test["overrides"] or {"vars": {}})["vars"])


def test_credits_in_a_unit_test_are_given_as_sql(manifest: Node) -> None:
    """Rows of other formats are checked against the built table, which may lack a model."""
    built = "ref('int_touch_credits')"
    fixtures = (g for u in manifest["unit_tests"].values() for g in u["given"])
    assert {fixture["format"] for fixture in fixtures if fixture["input"] == built} == {"sql"}


def test_every_case_and_window_above_staging_has_a_unit_test(
    manifest: Node, models: list[Node]
) -> None:
    tested = {u["model"] for u in manifest["unit_tests"].values()}
    logic = re.compile(r"\bcase\b|\bover \(|_rank\(|ratio\(")
    untested = [
        m["name"] for m in models if logic.search(m["raw_code"]) and m["name"] not in tested
    ]
    assert not untested


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_vendor_is_tested_and_has_files_in_the_demo_world(vendor: str) -> None:
    tests = PROJECT / "tests" / "pipelines" / "sources" / f"test_{vendor}.py"
    writers = {write.__module__ for write in WRITERS}

    assert tests.exists()
    assert f"pipelines.demo.{vendor}" in writers or vendor == "mapped"  # a user's own files


def test_every_raw_table_is_described_and_staged(manifest: Node, models: list[Node]) -> None:
    sources = {f"{s['schema']}.{s['name']}": key for key, s in manifest["sources"].items()}
    staged = {p for m in of_layer(models, "staging") for p in m["depends_on"]["nodes"]}
    tables = {export.table for export in declared_exports()}

    assert not [table for table in sorted(tables) if sources.get(table) not in staged]
    assert not sorted(t for t in sources if t not in tables and "operations" not in t)


def test_every_channel_rule_has_an_example_that_it_wins(manifest: Node) -> None:
    unit_tests = manifest["unit_tests"].values()
    test = next(u for u in unit_tests if u["model"] == "int_traffic_sources_named")
    won = {row["priority"] for row in test["expect"]["rows"]}
    with (PROJECT / "seeds" / "channel_rules.csv").open(newline="") as file:
        rules = list(csv.DictReader(file))

    assert not [rule["priority"] for rule in rules if rule["priority"] not in won]
    assert not [rule["priority"] for rule in rules if "\\" in "".join(rule.values())]
