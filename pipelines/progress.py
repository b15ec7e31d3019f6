"""How far a run has come: a bar in a terminal, plain lines in a log, and the time of each step."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

logger = logging.getLogger(__name__)

Clock = Callable[[], float]


class Advance(Protocol):
    """Says that `count` more items of the step are done."""

    def __call__(self, count: int = 1) -> None:
        """Count them."""


@dataclass(frozen=True)
class StepTime:
    """A step that is over: its title, the seconds it took, the items it went through."""

    title: str
    seconds: float
    count: int


class Progress:
    """Runs the steps of a night one after the other and shows them on `console`, or nowhere."""

    def __init__(self, console: Console | None = None, clock: Clock = time.perf_counter) -> None:
        """`clock` gives seconds."""
        self.steps: list[StepTime] = []
        self._console = console
        self._clock = clock

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Advance]:
        """Time a step; the block calls what it is given once per item, of `total` when known."""
        started, done = self._clock(), 0
        with self._shown(title, total) as show:

            def advance(count: int = 1) -> None:
                nonlocal done
                done += count
                show(count)

            try:
                yield advance
            finally:
                self._close(StepTime(title, self._clock() - started, done))

    def _shown(self, title: str, total: int | None) -> AbstractContextManager[Advance]:
        if self._console is not None and self._console.is_terminal:
            return _bar(self._console, title, total)
        return _nothing()

    def _close(self, step: StepTime) -> None:
        self.steps.append(step)
        logger.info("%s: %.1f s", step.title, step.seconds)
        if self._console is not None and not self._console.is_terminal:
            counted = f", {step.count:,} done" if step.count else ""
            self._console.print(f"{step.title}: {step.seconds:.1f} s{counted}", highlight=False)


@contextmanager
def _bar(console: Console, title: str, total: int | None) -> Iterator[Advance]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with RichProgress(*columns, TimeElapsedColumn(), console=console) as bars:
        task = bars.add_task(title, total=total)

        def show(count: int = 1) -> None:
            bars.advance(task, count)

        yield show


@contextmanager
def _nothing() -> Iterator[Advance]:
    def show(count: int = 1) -> None:
        del count

    yield show
