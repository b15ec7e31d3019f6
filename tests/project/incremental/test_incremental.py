"""Law 7: what grew night by night is what a full refresh of the same data makes, row for row."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.incremental.grown import GROWN, Grown
from tests.project.incremental.happenings import HAPPENINGS, World, next_night

NIGHTS, COMPARED, SEED = 30, 5, 1


@pytest.fixture
def grown(tmp_path: Path) -> Iterator[Grown]:
    grown = Grown(tmp_path)
    yield grown
    grown.close()


def test_thirty_nights_of_late_restated_and_deleted_events_equal_a_full_refresh(
    grown: Grown,
) -> None:
    world = World(random.Random(SEED))  # noqa: S311 (the same nights each time)
    happened: Counter[str] = Counter()
    for night in range(1, NIGHTS + 1):
        happened.update(next_night(world))
        grown.land(world)
        added_to = grown.build()
        assert added_to == (set() if night == 1 else set(GROWN))
        if night % COMPARED == 0:
            assert grown.differences_from_anew() == {}, f"night {night}: {happened}"
    assert set(happened) >= {happening.__name__ for happening in HAPPENINGS}
