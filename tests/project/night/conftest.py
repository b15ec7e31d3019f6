"""One demo world and one night over it, shared by all tests of whole nights."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from pipelines.demo import write_demo
from tests.project.conftest import one_worker_at_a_time
from tests.project.night.nights import Ended, Told, night

CUSTOMERS, DAYS = 150, 45


@pytest.fixture(scope="session")
def world(common: Path) -> Path:
    """The folder of a demo world: exports/ and truth/."""
    folder = common / "world"
    with one_worker_at_a_time(common):
        if not folder.exists():
            write_demo(folder, customers=CUSTOMERS, days=DAYS)
    return folder


@pytest.fixture(scope="session")
def published(world: Path, common: Path) -> Told:
    """The night that landed all exports at once; nobody changes its warehouse."""
    root, told = common / "warehouse", common / "told.json"
    with one_worker_at_a_time(common):
        if not told.exists():
            ran = night(world / "exports", root)
            told.write_text(json.dumps([asdict(ran.ended), ran.summary]))
    ended, summary = json.loads(told.read_text())
    return Told(root, Ended(**ended), summary)
