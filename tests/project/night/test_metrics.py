"""What MetricFlow answers is what plain SQL answers, metric by metric."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from functools import cache, partial
from pathlib import Path

import pytest
from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

from tests.project.night.metric_layer import Layer, Values
from tests.project.night.metric_twins import ROWS_OF, TWINS, Rows, query
from tests.project.night.nights import BUILT, Told, rows

MONTH = "metric_time__month"
same_as = partial(pytest.approx, rel=1e-12, nan_ok=True)


@pytest.fixture(scope="module")
def layer(compiled: Path, published: Told) -> Layer:
    return Layer(compiled / "target" / "semantic_manifest.json", published.root / BUILT)


@cache
def plainly(database: Path, of_rows: Rows, group: str) -> dict[str, Values]:
    """What plain SQL says, in the form of `Layer.values`."""
    groups, *columns = zip(*rows(database, query(of_rows, group)), strict=True)
    values = (dict(zip(groups, column, strict=True)) for column in columns)
    return dict(zip(TWINS[of_rows], values, strict=True))


def test_every_metric_has_a_twin_in_plain_sql(layer: Layer) -> None:
    assert layer.metrics() == set(ROWS_OF)


def test_the_definitions_are_sound_and_fit_the_warehouse(layer: Layer) -> None:
    assert layer.issues() == []


@pytest.mark.parametrize("metric", ROWS_OF)
def test_a_metric_is_what_plain_sql_says(metric: str, layer: Layer, published: Told) -> None:
    of_rows = ROWS_OF[metric]
    together = tuple(TWINS[of_rows])
    month = f"cast(date_trunc('month', {of_rows.day}) as timestamp)"
    database = published.root / BUILT

    whole = plainly(database, of_rows, "'all'")[metric]
    by_month = plainly(database, of_rows, month)[metric]

    assert layer.values(together)[metric] == same_as(whole)
    assert layer.values(together, MONTH)[metric] == same_as(by_month)
    assert whole["all"] > 0, "nothing to compare in this world"
    assert len(by_month) > 1


@pytest.mark.parametrize("metric", [m for m, of_rows in ROWS_OF.items() if of_rows.dimension])
def test_a_metric_is_what_plain_sql_says_by_group(
    metric: str, layer: Layer, published: Told
) -> None:
    of_rows = ROWS_OF[metric]

    by_group = plainly(published.root / BUILT, of_rows, of_rows.column)[metric]

    assert layer.values(tuple(TWINS[of_rows]), of_rows.dimension)[metric] == same_as(by_group)
    assert len(by_group) > 1


def test_a_saved_query_is_answered(layer: Layer) -> None:
    answers = [
        layer.engine.query(MetricFlowQueryRequest.create(saved_query_name=saved.name)).result_df
        for saved in layer.manifest.saved_queries
    ]

    assert answers
    assert all(answer is not None and answer.rows for answer in answers)


def test_the_command_line_says_the_same(
    compiled: Path, published: Told, layer: Layer, tmp_path: Path
) -> None:
    warehouse = shutil.copy(published.root / BUILT, tmp_path)
    answer = tmp_path / "answer.csv"
    command = [
        str(Path(sys.executable).with_name("mf")),
        *("query", "--metrics", "net_revenue", "--group-by", MONTH, "--csv", str(answer)),
    ]

    # no proxy listens there: mf would ask its registry for a newer version of itself
    offline = {"HTTPS_PROXY": "http://127.0.0.1:9", "C360_WAREHOUSE": str(warehouse)}
    done = subprocess.run(
        command, cwd=compiled, env={**os.environ, **offline}, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stdout
    with answer.open(newline="") as file:
        told = {row[MONTH]: float(row["net_revenue"]) for row in csv.DictReader(file)}
    assert told == same_as(layer.values(("net_revenue",), MONTH)["net_revenue"])
