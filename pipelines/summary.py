"""What a night did, as data: `summary.json` for machines, `pipelines.summary_text` for people."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from pipelines.checks.declare import CheckResult
from pipelines.dbt_build import NodeResult
from pipelines.files import write_text
from pipelines.progress import StepTime
from pipelines.publish import PublishedMart
from pipelines.runs import Status
from pipelines.warehouse import Night

if TYPE_CHECKING:
    from pipelines.ledger import FileAccount


class Landing(Protocol):
    """What the loader hands over: `pipelines.load.Landing`, whose module imports dlt."""

    @property
    def files(self) -> tuple[FileAccount, ...]:
        """Every file of the exports folder, new or known."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is doubtful about the files, a sentence each."""


@dataclass(frozen=True)
class FileLine:
    """One file that is not known yet, and what became of its rows.

    status   "landed", "refused" or "waiting" for the next run
    """

    path: str
    vendor: str
    export_name: str
    status: str
    reason: str | None
    file_row_count: int
    landed_row_count: int
    rejected_row_count: int
    skipped_row_count: int
    data_from: datetime | None
    data_until: datetime | None


@dataclass
class Summary:
    """Everything worth telling about one run; filled as the night goes on."""

    run_id: str
    exports: str
    started_at: datetime
    versions: dict[str, str]
    status: Status = "running"
    as_of: date | None = None
    finished_at: datetime | None = None
    published: str | None = None
    files: list[FileLine] = field(default_factory=list)
    known_file_count: int = 0
    checks: list[CheckResult] = field(default_factory=list)
    nodes: list[NodeResult] = field(default_factory=list)
    marts: list[PublishedMart] = field(default_factory=list)
    steps: list[StepTime] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def is_green(self) -> bool:
        """Whether the run did what it was asked for."""
        return self.status in ("published", "landed")

    def tell_landing(self, landing: Landing) -> None:
        """Take over what the loader found."""
        self.warnings.extend(landing.warnings)
        news = [file for file in landing.files if file.status != "known"]
        self.known_file_count = len(landing.files) - len(news)
        names = FileLine.__dataclass_fields__
        self.files = [FileLine(**{name: getattr(file, name) for name in names}) for file in news]

    def as_json(self) -> str:
        """The summary as JSON text; days and times in ISO 8601."""
        return json.dumps(asdict(self), default=_iso, indent=2)

    def write(self, night: Night) -> None:
        """Put the summary into the night's folder."""
        write_text(night.summary, self.as_json())


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
