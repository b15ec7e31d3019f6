"""One demo world and one night over it, shared by all tests of whole nights."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.demo import write_demo
from tests.project.night.nights import Told, night

CUSTOMERS, DAYS = 150, 45


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo world: exports/ and truth/."""
    folder = tmp_path_factory.mktemp("world")
    write_demo(folder, customers=CUSTOMERS, days=DAYS)
    return folder


@pytest.fixture(scope="session")
def published(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The night that landed all exports at once; nobody changes its warehouse."""
    return night(world / "exports", tmp_path_factory.mktemp("warehouse"))
