"""A night's own queries take no more memory than dbt's."""

from pathlib import Path

import duckdb
import pytest
import yaml

from pipelines.marts import Mart
from pipelines.memory import LIMIT, VARIABLE, connect_read_only
from pipelines.progress import Progress
from pipelines.publish import publish
from tests.pipelines.test_publish import built_night
from tests.project.scratch import PROJECT


def test_the_limit_is_that_of_the_profile() -> None:
    profile = yaml.safe_load((PROJECT / "profiles.yml").read_text(encoding="utf-8"))
    settings = profile["customer360"]["outputs"]["duckdb"]["settings"]

    assert settings["memory_limit"] == f"{{{{ env_var('{VARIABLE}', '{LIMIT}') }}}}"


def test_checks_are_held_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night = built_night(tmp_path, "night-1")
    monkeypatch.setenv(VARIABLE, "123MiB")

    with connect_read_only(night.database) as connection:
        limit = connection.execute("select current_setting('memory_limit')").fetchall()

    assert limit == [("123.0 MiB",)]


def test_publishing_is_held_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night = built_night(tmp_path, "night-1")
    with duckdb.connect(str(night.database)) as connection:
        connection.execute(
            "create table marts.many as select md5(cast(i as varchar)) as a "
            "from range(1000000) as numbers (i)"
        )
    monkeypatch.setenv(VARIABLE, "2MB")

    with pytest.raises(duckdb.OutOfMemoryException):
        publish(night, [Mart("marts", "many", "One row per number.", ())], Progress())
