"""Great Expectations judges small frames. Everything that is particular about it is here.

Importing it takes seconds, so it is imported when the first gate is judged. `RESULT_FORMAT` keeps
offending values out of its results; progress bars are off, analytics are (`pipelines.telemetry`).
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from typing import Any

import duckdb

from pipelines.checks.declare import Check, CheckResult, Gate, Kind, Suite

logger = logging.getLogger(__name__)

RESULT_FORMAT = {
    "result_format": "BASIC",
    "partial_unexpected_count": 0,
    "exclude_unexpected_values": True,
}

EXPECTATIONS: dict[Kind, str] = {
    "rows": "ExpectTableRowCountToBeBetween",
    "filled": "ExpectColumnValuesToNotBeNull",
    "unique": "ExpectCompoundColumnsToBeUnique",
    "only": "ExpectColumnValuesToBeInSet",
    "equal": "ExpectColumnPairValuesToBeEqual",
    "most": "ExpectColumnMaxToBeBetween",
    "least": "ExpectColumnMinToBeBetween",
    "sum": "ExpectColumnSumToBeBetween",
}

OF_ONE_COLUMN = frozenset({"filled", "only", "most", "least", "sum"})


def judge(connection: duckdb.DuckDBPyConnection, suites: Sequence[Suite]) -> Gate:
    """Measure and judge each suite; a suite that cannot be measured has all its checks red."""
    results: list[CheckResult] = []
    for suite in suites:
        results.extend(_judge_suite(connection, suite))
    declared = sum(len(suite.checks) for suite in suites)
    empty = any(not suite.checks for suite in suites)
    return Gate(-1 if empty else declared, tuple(results))


def _judge_suite(connection: duckdb.DuckDBPyConnection, suite: Suite) -> list[CheckResult]:
    try:
        frame = connection.execute(suite.frame).df()
    except duckdb.Error as error:
        logger.debug("the frame of suite %s cannot be measured", suite.name, exc_info=error)
        reason = f"not measured, {type(error).__name__}"
        return [_result(suite, check, False, reason) for check in suite.checks]
    return [_result(suite, check, *_verdict(result)) for check, result in _validated(frame, suite)]


def _validated(frame: object, suite: Suite) -> list[tuple[Check, Any]]:
    """Each check beside its result: the library returns them in an order of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own use of what Python deprecates
        import great_expectations as gx  # noqa: PLC0415 - late, it takes seconds

        context: Any = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False, "metric_calculations": False}
        asset = context.data_sources.add_pandas("frames").add_dataframe_asset(suite.name)
        whole = asset.add_batch_definition_whole_dataframe("whole")
        expectations = [_expectation(gx, check, n) for n, check in enumerate(suite.checks)]
        declared = gx.ExpectationSuite(name=suite.name, expectations=expectations)
        batch = whole.get_batch({"dataframe": frame})
        validated = batch.validate(declared, result_format=RESULT_FORMAT)
    return [(suite.checks[r.expectation_config.meta["check"]], r) for r in validated.results]


def _expectation(library: Any, check: Check, number: int) -> Any:  # noqa: ANN401 - its own classes
    kind = getattr(library.expectations, EXPECTATIONS[check.kind])
    column = {"column": check.column} if check.kind in OF_ONE_COLUMN else {}
    meta = {"check": number}
    return kind(**column, **check.arguments, meta=meta, severity=check.severity)


def _verdict(result: Any) -> tuple[bool, str]:  # noqa: ANN401 - the library's own result
    """Whether the check passed, and what was seen, as an aggregate."""
    found = result.result
    if "observed_value" in found:
        return bool(result.success), _shown(found["observed_value"])
    if "unexpected_count" in found:
        observed = f"{found['unexpected_count']} of {found['element_count']} rows otherwise"
        return bool(result.success), observed
    return False, "not judged, the expectation raised an error"


def _shown(value: object) -> str:
    return f"{value:,.6g}" if isinstance(value, float) else str(value)


def _result(suite: Suite, check: Check, passed: bool, observed: str) -> CheckResult:
    return CheckResult(
        suite=suite.name,
        table=suite.table,
        expectation=EXPECTATIONS[check.kind],
        column=check.column,
        claim=check.claim,
        severity=check.severity,
        passed=passed,
        observed=observed,
    )
