"""dbt builds and tests on Spark in every way it can be reached, and while a machine is lost.

    pytest tests/spark

Needs `make spark` and Java 17, and takes minutes; without them it is skipped.
"""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.demo import write_demo
from pipelines.lake import write_lake
from tests.project.night.nights import BUILT, c360
from tests.spark.client import Client
from tests.spark.cluster import Cluster, cluster
from tests.spark.installed import SMALL, what_is_missing
from tests.spark.processes import wait_for_text
from tests.spark.servers import server

MISSING = what_is_missing()
pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)

# some models with their seeds and the tests that read nothing else, and some more without tests
SOME = ("build", "--select", "+products", "--indirect-selection", "cautious")
MORE = ("build", "--select", "+ad_days", "--exclude-resource-type", "test", "unit_test")
AD_DAYS = "ad_day_id, ad_date, impressions, clicks, spend"
LATEST_KILL = 300  # seconds until some models must be built


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small world that has landed, its lake, and what DuckDB makes of it."""
    folder = tmp_path_factory.mktemp("landed")
    write_demo(folder / "demo", customers=20, days=14, seed=1)
    root = folder / "warehouse"
    ended = c360("land", "--quiet", "--exports", folder / "demo/exports", "--warehouse", root)
    assert ended.code == 0, ended.out + ended.err
    write_lake(root / BUILT, folder / "lake")
    client = Client(folder, "duckdb", {"C360_WAREHOUSE": str(root / BUILT)})
    client.run(*SOME)
    client.run(*MORE)
    return folder


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """A Spark of its own, quick for a small world."""
    return {**SMALL, "C360_SPARK_HOME": str(tmp_path / "spark")}


def registered(client: Client, landed: Path) -> None:
    place = json.dumps({"folder": str(landed / "lake")})
    client.run("run-operation", "register_lake", "--args", place)


def assert_alike(mart: str, columns: str, landed: Path, spark: Path) -> None:
    """Both engines have the same rows."""
    with duckdb.connect(str(landed / "warehouse" / BUILT), read_only=True) as connection:
        one = f"select {columns} from marts.{mart}"
        other = f"select {columns} from read_parquet('{spark}/tables/marts.db/{mart}/*.parquet')"
        assert connection.execute(f"select count(*) from ({one})").fetchone() != (0,)
        for query in (f"{one} except all {other}", f"{other} except all {one}"):
            assert connection.execute(query).fetchall() == []


@pytest.mark.parametrize("kind", ["connect", "thrift"])
def test_a_server_builds_and_tests(
    kind: str,
    landed: Path,
    variables: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with server(kind) as place:
        client = Client(tmp_path, f"spark_{kind}", place)
        registered(client, landed)
        client.run(*SOME)

    assert_alike("products", "product_id, product_name, price_amount", landed, tmp_path / "spark")


@pytest.fixture
def up() -> Iterator[Cluster]:
    with cluster() as running:
        yield running


def test_a_build_survives_the_loss_of_a_machine(
    landed: Path, variables: dict[str, str], up: Cluster, tmp_path: Path
) -> None:
    """A worker and its executor are killed amid the build: the other one takes over."""
    client = Client(tmp_path, "spark", {**variables, **up.environment})
    registered(client, landed)

    build = client.start(*MORE)
    wait_for_text(client.log, "OK created sql table model", 1, LATEST_KILL)
    os.killpg(up.workers[0].pid, signal.SIGKILL)

    assert build.wait() == 0, client.log.read_text()[-5000:]
    assert_alike("ad_days", AD_DAYS, landed, tmp_path / "spark")

    client.run(*MORE)
    assert_alike("ad_days", AD_DAYS, landed, tmp_path / "spark")
