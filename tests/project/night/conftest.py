"""One demo world and one night over it, shared by all tests of whole nights."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest

from pipelines.demo import write_demo
from tests.project.night.nights import Ended, Told, night

CUSTOMERS, DAYS = 150, 45


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of a test run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@contextmanager
def one_worker_at_a_time(folder: Path) -> Iterator[None]:
    """Let the first worker make what the others find."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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
