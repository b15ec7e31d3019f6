"""Steps are timed and told: lines in a log, a bar in a terminal."""

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from pipelines.progress import Progress, StepTime


def seconds(*readings: float) -> Iterator[float]:
    yield from readings


def test_a_log_gets_one_line_per_step() -> None:
    text = io.StringIO()
    clock = seconds(0, 1.5, 2, 2.25).__next__
    progress = Progress(Console(file=text, width=80), clock)

    with progress.step("Read exports", 2) as advance:
        advance()
        advance(2)
    with progress.step("Build"):
        pass

    assert text.getvalue() == "Read exports: 1.5 s, 3 done\nBuild: 0.2 s\n"
    assert progress.steps == [StepTime("Read exports", 1.5, 3), StepTime("Build", 0.25, 0)]


def test_a_terminal_gets_a_bar() -> None:
    text = io.StringIO()
    console = Console(file=text, force_terminal=True, width=80, color_system=None)

    with Progress(console).step("Read exports", 2) as advance:
        advance(2)

    assert "Read exports" in text.getvalue()
    assert "2/2" in text.getvalue()


def test_a_step_that_fails_is_timed_too() -> None:
    progress = Progress()

    with pytest.raises(ZeroDivisionError), progress.step("Land rows"):
        raise ZeroDivisionError

    assert [step.title for step in progress.steps] == ["Land rows"]
