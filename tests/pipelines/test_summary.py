"""The summary says how a night ended, why, and what it did."""

import io
import json
from datetime import UTC, date, datetime, timedelta

from rich.console import Console

from pipelines.checks.declare import CheckResult
from pipelines.dbt_build import NodeResult
from pipelines.progress import StepTime
from pipelines.publish import PublishedMart
from pipelines.summary import FileLine, Summary
from pipelines.summary_text import PROBLEMS_SHOWN, duration, render

START = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)


def file(vendor: str, status: str, reason: str | None = None, rejected: int = 0) -> FileLine:
    return FileLine(
        f"{vendor}/a.csv", vendor, "days", status, reason, 12, 10, rejected, 1, None, START
    )


def night() -> Summary:
    check = CheckResult("s", "t", "e", "c", "is plausible", "critical", True, "0")
    return Summary(
        run_id="20260302T043000000Z",
        exports="exports",
        started_at=START,
        versions={},
        status="published",
        as_of=date(2026, 3, 1),
        finished_at=START + timedelta(seconds=75),
        published="warehouse/published/marts.duckdb",
        files=[file("shop", "landed", rejected=1), file("ads", "refused", "has no header")],
        known_file_count=7,
        checks=[check],
        nodes=[NodeResult("model.a", "model", "a", "success", 0.1, "")],
        marts=[PublishedMart("customer_360", 1234)],
        steps=[StepTime("Land rows", 12.3, 10)],
        warnings=["one file was refused"],
    )


def shown(summary: Summary) -> str:
    text = io.StringIO()
    Console(file=text, width=120).print(render(summary))
    return text.getvalue()


def test_a_published_night_reads_well() -> None:
    text = shown(night())

    for part in (
        "Run 20260302T043000000Z published, as of 2026-03-01, 1 min 15 s",
        "Warning: one file was refused",
        "7 files had landed before and changed nothing",
        "Refused: ads/a.csv has no header",
        "c360 rejects",
        "Checks: 1 of 1 passed. dbt: 1 success.",
        "customer_360  1,234",
        "land rows 12.3 s",
        "Readers open warehouse/published/marts.duckdb",
    ):
        assert part in text


def test_a_red_night_names_its_problems_and_says_what_readers_see() -> None:
    red = Summary("r", "exports", START, {}, status="red", problems=["p"] * (PROBLEMS_SHOWN + 3))

    text = shown(red)

    assert not red.is_green
    assert text.count("Problem: p") == PROBLEMS_SHOWN
    assert "and 3 more in summary.json" in text
    assert "readers still see the last green night" in text


def test_a_landing_says_what_comes_next() -> None:
    assert "dbt build" in shown(Summary("r", "exports", START, {}, status="landed"))


def test_json_holds_everything_with_iso_dates() -> None:
    told = json.loads(night().as_json())

    assert told["as_of"] == "2026-03-01"
    assert told["started_at"] == "2026-03-02T04:30:00+00:00"
    assert told["files"][1]["reason"] == "has no header"


def test_durations_are_said_as_people_say_them() -> None:
    assert [duration(0.31), duration(59.4), duration(61)] == ["0.3 s", "59.4 s", "1 min 1 s"]
