"""Kills nights at random moments: is anything lost, doubled or half-published then?

    python benchmarks/kills.py [--kills 50] [--seed 1]

Every kill hits a second night, with new exports to land, on a copy of the same warehouse: SIGKILL
to the whole process group at a random moment of a step. The steps take turns, so that short ones
are hit as often as long ones. Then readers must find the old night or the new one, whole; and the
next night must leave the raw tables, the ledger and the published marts of a night that nobody
disturbed, and nothing else in the warehouse's folder. The dbt project is the real one without its
tests, which only read. A kill and the night after it take about half a minute.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines import runs, warehouse
from pipelines.demo import write_demo
from tests.project.night import nights

CUSTOMERS, DAYS = 30, 14
NEW = "2026-06-30"  # the day whose exports the killed night has to land
AFTERWARDS = "Tell how it ended"  # what a night does after its last step


@dataclass(frozen=True)
class Step:
    """A step of the undisturbed night; its first one begins with the process."""

    title: str
    seconds: float


@dataclass(frozen=True)
class Scene:
    """What every kill needs.

    start         a warehouse with the night of the first exports
    undisturbed   a copy of it, after a second night over all `exports`
    """

    folder: Path
    project: Path
    exports: Path
    start: Path
    undisturbed: Path
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Outcome:
    """What one kill left: the night that readers saw then, and everything that was wrong."""

    step: str
    seen: str
    problems: tuple[str, ...]


def prepare(folder: Path) -> Scene:
    """A small world, the night of its first exports, and an undisturbed second one."""
    write_demo(folder, customers=CUSTOMERS, days=DAYS)
    project = nights.copy_project(folder / "project")
    nights.leave_out(project, "unit_tests", "data_tests")
    shutil.rmtree(project / "tests")
    exports, early = folder / "exports", folder / "early"
    shutil.copytree(exports, early, ignore=shutil.ignore_patterns(NEW))
    root = folder / "warehouse"
    first = nights.night(early, root, project)
    assert first.ended.code == 0, first.summary["problems"]
    start = root.rename(folder / "start")
    shutil.copytree(start, root, symlinks=True)
    steps = tuple(_timed(exports, root, project))
    undisturbed = root.rename(folder / "undisturbed")
    return Scene(folder, project, exports, start, undisturbed, steps)


def kill(scene: Scene, step: Step, moment: float) -> Outcome:
    """Kill a night when the share `moment` of `step` is over, and run the next one.

    Each happens in one and the same folder, or dbt would read the whole project anew.
    """
    root = shutil.copytree(scene.start, scene.folder / "warehouse", symlinks=True)
    try:
        _kill(scene, root, step, moment)
        seen = _seen(scene, root)
        next_night = nights.night(scene.exports, root, scene.project)
        problems = [] if seen else ["readers saw neither night whole"]
        problems += next_night.summary["problems"] or _wrong(scene, root)
    finally:
        shutil.rmtree(root)
    return Outcome(step.title, seen or "neither", tuple(problems))


def moments(scene: Scene, count: int, seed: int) -> Iterator[tuple[Step, float]]:
    """Steps in turn, each with a random moment in it."""
    dice = random.Random(seed)  # noqa: S311 - dice, not secrets
    for n in range(count):
        yield scene.steps[n % len(scene.steps)], dice.random()


@contextmanager
def _begun(exports: Path, root: Path, project: Path) -> Iterator[subprocess.Popen[str]]:
    """A night in a process group of its own; on its standard error a line for each step done."""
    arguments = ["nightly", "--exports", exports, "--warehouse", root]
    with subprocess.Popen(
        nights.command(*arguments),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=project,
        env=nights.environment(),
        start_new_session=True,
    ) as process:
        yield process


def _titles(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stderr is not None
    return (line.split(":")[0] for line in process.stderr)


def _timed(exports: Path, root: Path, project: Path) -> Iterator[Step]:
    before = time.perf_counter()
    with _begun(exports, root, project) as process:
        for title in [*_titles(process), AFTERWARDS]:
            now = time.perf_counter()
            yield Step(title, now - before)
            before = now
    assert process.returncode == 0, "the undisturbed night is red"


def _kill(scene: Scene, root: Path, step: Step, moment: float) -> None:
    with _begun(scene.exports, root, scene.project) as process:
        _wait_for(process, _before(scene.steps, step))
        time.sleep(step.seconds * moment)
        os.killpg(process.pid, signal.SIGKILL)


def _before(steps: Iterable[Step], step: Step) -> str | None:
    titles = [each.title for each in steps]
    place = titles.index(step.title)
    return titles[place - 1] if place else None


def _wait_for(process: subprocess.Popen[str], title: str | None) -> None:
    """Until the night says that a step is over; at once when there is none to wait for."""
    if title is not None:
        next(found for found in _titles(process) if found == title)


def _seen(scene: Scene, root: Path) -> str | None:
    """Which night readers find; None when what they find is neither."""
    try:
        if not nights.published_differences(scene.start, root):
            return "the old night"
        if not nights.published_differences(scene.undisturbed, root):
            return "the new night"
    except (duckdb.Error, AssertionError):
        return None
    return None


def _wrong(scene: Scene, root: Path) -> list[str]:
    """What the night after a kill left otherwise than the undisturbed one."""
    found = {
        "raw tables differ": nights.raw_differences(scene.undisturbed, root),
        "published marts differ": nights.published_differences(scene.undisturbed, root),
        "left over": sorted(_files_beside(root) ^ _files_beside(scene.undisturbed)),
        "runs without an end": [r.run_id for r in runs.recorded(root) if r.status == "running"],
        "nights too many": warehouse.kept_names(root)[warehouse.NIGHTS_KEPT :],
    }
    return [f"{name}: {what}" for name, what in found.items() if what]


def _files_beside(root: Path) -> set[str]:
    """What lies in the warehouse's folder, nights and runs apart: they are counted otherwise."""
    beside = (path for name in (".", "working", "cache") for path in (root / name).iterdir())
    return {path.relative_to(root).as_posix() for path in beside}


def _print(outcomes: list[Outcome]) -> None:
    print(f"{'killed while':<32} {'kills':>5} {'old night seen':>15} {'new':>5} {'wrong':>6}")
    for title in dict.fromkeys(outcome.step for outcome in outcomes):
        of_step = [outcome for outcome in outcomes if outcome.step == title]
        seen = [outcome.seen for outcome in of_step]
        wrong = sum(1 for outcome in of_step if outcome.problems)
        print(
            f"{title:<32} {len(of_step):>5} {seen.count('the old night'):>15} "
            f"{seen.count('the new night'):>5} {wrong:>6}"
        )


def main() -> None:
    """Kill so many nights and show a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scene = prepare(Path(scratch))
        outcomes = []
        for step, moment in moments(scene, arguments.kills, arguments.seed):
            outcomes.append(kill(scene, step, moment))
            wrong = "".join(f"; {problem}" for problem in outcomes[-1].problems)
            print(f"{len(outcomes):>3} {step.title}: {outcomes[-1].seen}{wrong}", flush=True)
    _print(outcomes)
    assert not any(outcome.problems for outcome in outcomes)


if __name__ == "__main__":
    main()
