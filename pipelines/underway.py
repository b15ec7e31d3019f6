"""A night under way: its steps, what they must show to go on, and the record of how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from pipelines import runs, warehouse
from pipelines.address import without_credentials
from pipelines.checks.declare import Gate
from pipelines.dbt_build import Build, manifest_path
from pipelines.errors import RedError
from pipelines.intermediate_file import remove_intermediate
from pipelines.landing_run import LandingRun
from pipelines.marts import Mart, declared_marts
from pipelines.progress import Progress
from pipelines.publish import PublishedMart
from pipelines.runs import Run, Status
from pipelines.summary import Landing, Summary
from pipelines.variables import Variables
from pipelines.warehouse import Night


@dataclass(frozen=True)
class Wish:
    """What a night is asked for: which exports, warehouse, dbt project and variables."""

    exports: str
    root: Path
    project: Path
    variables: Variables = field(default_factory=Variables)
    min_age: float = 0  # seconds since its last change before a file is read at once


@dataclass(frozen=True)
class Steps:
    """The collaborators of a night; `pipelines.nightly.real_steps` has the real ones."""

    land: Callable[[str, Path, Path, LandingRun, Progress], Landing]
    check_arrived: Callable[[Night], Gate]
    build: Callable[[Night, Path, Variables, Progress], Build]
    check_marts: Callable[[Night], Gate]
    publish: Callable[[Night, tuple[Mart, ...], Progress], tuple[PublishedMart, ...]]
    now: Callable[[], datetime]


class Underway:
    """Runs the steps on the private copy; each raises `RedError` when the night must end there."""

    def __init__(self, wish: Wish, steps: Steps, progress: Progress) -> None:
        """Nothing is touched before `begin`."""
        started_at = steps.now()
        self._wish, self._steps, self._progress = wish, steps, progress
        run_id = warehouse.run_id_at(started_at)
        self._night = Night(wish.root, run_id, wish.root / "working" / run_id)
        self.summary = Summary(
            run_id=run_id,
            exports=without_credentials(wish.exports),
            started_at=started_at,
            versions=runs.installed_versions(),
            as_of=wish.variables.as_of,
        )

    def begin(self) -> None:
        """Take the private copy, and write the ledger of runs into it."""
        runs.mark_killed(self._wish.root)
        self._record()
        with self._progress.step("Take a private copy"):
            self._night = warehouse.begin(self._wish.root, self.summary.run_id)
            runs.land_runs(self._night.database, runs.recorded(self._wish.root))

    def land(self) -> None:
        """Read the exports and append what is new to the raw tables."""
        night = self._night
        workspace = night.workspace / "landing"
        run = LandingRun(night.run_id, self.summary.started_at, self._wish.min_age)
        landing = self._steps.land(
            self._wish.exports, night.database, workspace, run, self._progress
        )
        self.summary.tell_landing(landing)

    def check_arrived(self) -> None:
        """Go on only when what arrived is plausible."""
        with self._progress.step("Check what arrived"):
            self._pass(self._steps.check_arrived(self._night))

    def build(self) -> None:
        """Build and test the marts; go on only when every node is green."""
        wish = self._wish
        remove_intermediate()
        built = self._steps.build(self._night, wish.project, wish.variables, self._progress)
        self.summary.nodes.extend(built.nodes)
        if not built.passed:
            raise RedError(*(built.problems or ("dbt had nothing to build",)))
        self.summary.as_of = wish.variables.as_of or built_as_of(self._night.database)

    def check_marts(self) -> None:
        """Go on only when the marts are plausible, also beside those of the night before."""
        with self._progress.step("Check the marts"):
            self._pass(self._steps.check_marts(self._night))
        remove_intermediate()

    def publish(self) -> None:
        """Write what readers open, then make this night the current one."""
        self._end("published")
        marts = declared_marts(manifest_path(self._night))
        self.summary.marts.extend(self._steps.publish(self._night, marts, self._progress))
        self._keep()
        self.summary.published = str(self._wish.root / "published" / "marts.duckdb")

    def keep_landed(self) -> None:
        """Make the landed rows current and leave the published marts as they are."""
        self._end("landed")
        warehouse.share_published(self._night)
        self._keep()

    def close(self, status: Status, problems: tuple[str, ...] = ()) -> None:
        """Write down how the night ended."""
        self.summary.status = status
        self.summary.problems.extend(problems)
        self.summary.finished_at = self._steps.now()
        self.summary.steps = list(self._progress.steps)
        self._record()
        if self._night.folder.is_dir():
            self.summary.write(self._night)

    def _pass(self, gate: Gate) -> None:
        self.summary.checks.extend(gate.results)
        self.summary.warnings.extend(gate.warnings)
        if not gate.passed:
            raise RedError(*(gate.problems or ("no check is declared",)))

    def _end(self, status: Status) -> None:
        """Say in the private copy how this night ends: it is only ever seen if it ends so."""
        self.summary.status, self.summary.finished_at = status, self._steps.now()
        others = [r for r in runs.recorded(self._wish.root) if r.run_id != self.summary.run_id]
        runs.land_runs(self._night.database, [*others, self._run()])

    def _keep(self) -> None:
        self.summary.write(self._night)
        with self._progress.step("Make it current"):
            self._night = warehouse.keep(self._night)

    def _record(self) -> None:
        runs.record(self._wish.root, self._run())

    def _run(self) -> Run:
        told = self.summary
        return Run(
            run_id=told.run_id,
            status=told.status,
            exports=told.exports,
            started_at=told.started_at,
            finished_at=told.finished_at,
            as_of=told.as_of,
            versions=told.versions,
        )


@contextmanager
def begun(wish: Wish, steps: Steps, progress: Progress) -> Iterator[Underway]:
    """A night from its private copy to its record: red ends it quietly, an error is passed on."""
    night = Underway(wish, steps, progress)
    try:
        night.begin()
        yield night
    except RedError as red:
        night.close("red", red.args)
    except BaseException as error:
        night.close("failed", (f"{type(error).__name__} stopped the run",))
        raise
    else:
        night.close(night.summary.status)


def built_as_of(database: Path) -> date | None:
    """The day the marts describe, as dbt resolved it; none in a project without that clock."""
    with duckdb.connect(str(database), read_only=True) as connection:
        try:
            found = connection.execute("select as_of_date from intermediate.int_as_of").fetchone()
        except duckdb.CatalogException:
            return None
    return None if found is None else found[0]
