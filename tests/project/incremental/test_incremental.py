"""Law 7: what grew night by night is what a full refresh of the same data makes, row for row."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.project.incremental.grown import GROWN, Grown
from tests.project.incremental.happenings import HAPPENINGS, next_night
from tests.project.incremental.world import World

NIGHTS, SEED = 30, 178
COMPARED = 5  # each so many nights
OF_A_PAST_DAY = 18
ADDED_TO, MADE_ANEW = set(GROWN), set[str]()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    grown = Grown(tmp_path_factory.mktemp("grown"))
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
        past = as_of(world) if night == OF_A_PAST_DAY else ()
        added_to = grown.build(*past)
        is_made_anew = night in (1, OF_A_PAST_DAY, OF_A_PAST_DAY + 1)
        assert added_to == (MADE_ANEW if is_made_anew else ADDED_TO)
        if night % COMPARED == 0 or is_made_anew:
            assert grown.differences_from_anew(*past) == {}, f"night {night}: {happened}"
    assert min(happened[happening.__name__] for happening in HAPPENINGS) > 1
    assert happened["nothing"]


def as_of(world: World) -> tuple[str, ...]:
    day = (world.now - timedelta(days=9)).date()
    return ("--vars", json.dumps({"as_of": day.isoformat()}))


def test_a_changed_model_or_macro_makes_its_tables_anew(grown: Grown) -> None:
    """Also a macro that the model calls by way of others."""
    grown.build()
    assert grown.build() == ADDED_TO

    model = "models/intermediate/web/int_web_events_sessionized.sql"
    grown.change(model, "interval '30' minute", "interval '20' minute")
    assert grown.build() == ADDED_TO - {"int_web_events_sessionized"}
    assert grown.differences_from_anew() == {}

    grown.change("macros/web/click_id_names.sql", "'gclid'", "'utm_source'")
    assert grown.build() == MADE_ANEW
    assert grown.differences_from_anew() == {}
