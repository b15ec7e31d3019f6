"""What reading a file comes to: its landed rows, its rejects, and an account of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from pipelines.exports.declare import Export
from pipelines.exports.unpack import PlainFile


class Reject(NamedTuple):
    """A row that did not land: where, why, and what it said."""

    line: int
    column: str | None
    reason: str
    text: str


@dataclass
class Reading:
    """What became of one plain file, read as one export.

    export, file   None when the file could not be told or unpacked
    file_id        what the landed rows carry
    parquet        the landed rows, None when refused or when no row landed
    skipped        rows left out by name: blank, header, totals, no data, other kind
    ignored        headers the export does not declare
    refusal        why the whole file is refused, None when it is not
    data_from, data_until   least and greatest value of the column that dates the rows
    stated_from, stated_until   first and last day the file says it covers, None when it does not
    """

    export: Export | None
    file: PlainFile | None
    file_id: str = ""
    parquet: Path | None = None
    file_rows: int = 0
    landed: int = 0
    rejects: list[Reject] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    refusal: str | None = None
    data_from: datetime | None = None
    data_until: datetime | None = None
    stated_from: date | None = None
    stated_until: date | None = None

    @property
    def balances(self) -> bool:
        """Law 1: every row of the file is landed, rejected or skipped by name."""
        return self.file_rows == self.landed + len(self.rejects) + sum(self.skipped.values())

    def skip(self, name: str, count: int = 1) -> None:
        """Count rows left out under a name."""
        if count:
            self.skipped[name] = self.skipped.get(name, 0) + count
