"""A warehouse to land in: making its tables takes seconds, so tests start from copies of one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipelines.landed import Night


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse after a night without files: making its tables takes seconds."""
    night = Night(tmp_path_factory.mktemp("empty"))
    night.exports.mkdir()
    night.land()
    return night.warehouse


@pytest.fixture
def night(tmp_path: Path, empty_warehouse: Path) -> Iterator[Night]:
    night = Night(tmp_path)
    night.exports.mkdir()
    shutil.copy(empty_warehouse, night.warehouse)
    yield night
    assert not night.workspace.exists()
