"""The words in which checks are declared. Nothing here computes or judges.

A `Suite` is one small frame (a query that DuckDB answers in one scan) and what is expected of it.
Frames hold counts, shares and days, never values of rows, so no result can quote a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Severity = Literal["critical", "warning"]
Kind = Literal["rows", "filled", "unique", "only", "equal", "most", "least", "sum"]


@dataclass(frozen=True)
class Check:
    """One expectation of a frame: `claim` says in words what is expected.

    A critical check that fails stops publishing; a warning is shown and lets the night go on.
    """

    kind: Kind
    column: str
    claim: str
    arguments: Mapping[str, object]
    severity: Severity = "critical"


@dataclass(frozen=True)
class Suite:
    """What is expected of one table, measured by one query."""

    name: str
    table: str
    frame: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class CheckResult:
    """How one check went; `observed` is a count, a share or a day, never a value of a row."""

    suite: str
    table: str
    expectation: str
    column: str
    claim: str
    severity: Severity
    passed: bool
    observed: str


@dataclass(frozen=True)
class Gate:
    """The results of all suites, and how many were declared: a check that did not run is red."""

    declared: int
    results: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        """Green when something was declared, all of it was judged, and nothing critical failed."""
        return self.declared > 0 and not self.problems

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence per critical failure, and one when checks are missing."""
        red = tuple(_sentence(r) for r in self.results if not r.passed and r.severity == "critical")
        if len(self.results) != self.declared:
            return (*red, f"{self.declared} checks are declared, {len(self.results)} were judged")
        return red

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per failure that lets the night go on."""
        return tuple(_sentence(r) for r in self.results if not r.passed and r.severity == "warning")


def _sentence(result: CheckResult) -> str:
    return f"{result.table}: {result.claim} (found: {result.observed})"


def at_most(column: str, limit: float, claim: str, severity: Severity = "critical") -> Check:
    """No value of the column is greater; a column without any value fails."""
    return Check("most", column, claim, {"max_value": limit}, severity)


def at_least(column: str, limit: float, claim: str, severity: Severity = "critical") -> Check:
    """No value of the column is smaller; a column without any value fails."""
    return Check("least", column, claim, {"min_value": limit}, severity)


def adds_up_to(column: str, low: float, high: float, claim: str) -> Check:
    """The column's sum lies between the two, both included."""
    return Check("sum", column, claim, {"min_value": low, "max_value": high})


def only(column: str, values: tuple[object, ...], claim: str) -> Check:
    """Every value is one of these."""
    return Check("only", column, claim, {"value_set": list(values)})


def equal(column: str, other: str, claim: str) -> Check:
    """Two columns agree in every row."""
    return Check("equal", column, claim, {"column_A": column, "column_B": other})


def unique(columns: tuple[str, ...], claim: str) -> Check:
    """No two rows agree in all these columns, of which there are two or more."""
    return Check("unique", ", ".join(columns), claim, {"column_list": list(columns)})


def filled(column: str, claim: str) -> Check:
    """Every row has a value."""
    return Check("filled", column, claim, {})


def rows_at_least(count: int, claim: str) -> Check:
    """The frame has at least so many rows."""
    return Check("rows", "", claim, {"min_value": count})
