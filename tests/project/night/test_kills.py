"""Nights killed where they do most: `benchmarks/kills.py` kills many more, at every step."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import kills
from benchmarks.kills import Scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return kills.prepare(tmp_path_factory.mktemp("kills"))


@pytest.mark.parametrize(
    ("title", "moment"),
    [("Land rows", 0.7), ("Build and test the marts", 0.5), ("Make it current", 0.5)],
)
def test_a_killed_night_loses_doubles_and_half_publishes_nothing(
    scene: Scene, title: str, moment: float
) -> None:
    assert_nothing_is_lost(scene, title, moment)


def test_nor_does_one_with_a_file_for_intermediate_tables(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("C360_INTERMEDIATE", str(tmp_path / "intermediate.duckdb"))

    assert_nothing_is_lost(scene, "Check the marts", 0.0)

    assert list(tmp_path.iterdir()) == []


def assert_nothing_is_lost(scene: Scene, title: str, moment: float) -> None:
    step = next(step for step in scene.steps if step.title == title)

    outcome = kills.kill(scene, step, moment)

    assert outcome.problems == ()
    assert outcome.seen in {"the old night", "the new night"}
