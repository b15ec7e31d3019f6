"""A night's summary as a person likes to read it in the morning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipelines.summary import FileLine, Summary

STYLES = {"published": "bold green", "landed": "bold green", "red": "bold red"}
PROBLEMS_SHOWN = 20
REFUSALS_SHOWN = 20
STEP_WORTH_SHOWING = 0.05  # seconds


def render(summary: Summary) -> Group:
    """The summary for a console: the outcome first, then what led to it."""
    return Group(*_parts(summary))


def _parts(summary: Summary) -> Iterator[RenderableType]:
    yield _headline(summary)
    yield from _sentences("Problem", "red", summary.problems)
    yield from _sentences("Warning", "yellow", summary.warnings)
    if summary.files or summary.known_file_count:
        yield _files(summary)
        yield from _refusals(summary.files)
    yield _judgements(summary)
    if summary.marts:
        yield _marts(summary)
    yield _times(summary)
    yield _where(summary)


def _headline(summary: Summary) -> Text:
    text = Text.assemble(
        "\nRun ", (summary.run_id, "bold"), " ", (summary.status, STYLES.get(summary.status, "red"))
    )
    if summary.as_of is not None:
        text.append(f", as of {summary.as_of}")
    if summary.finished_at is not None:
        seconds = (summary.finished_at - summary.started_at).total_seconds()
        text.append(f", {duration(seconds)}")
    return text


def _sentences(title: str, style: str, sentences: list[str]) -> Iterator[Text]:
    for sentence in sentences[:PROBLEMS_SHOWN]:
        yield Text.assemble((f"{title}: ", style), sentence)
    if len(sentences) > PROBLEMS_SHOWN:
        yield Text(f"and {len(sentences) - PROBLEMS_SHOWN} more in summary.json", style="dim")


def _files(summary: Summary) -> Table:
    table = _table("Files from", "landed", "refused", "rows landed", "rejected", "skipped")
    for vendor in sorted({file.vendor for file in summary.files}):
        table.add_row(
            vendor or "(no folder)", *_counts(f for f in summary.files if f.vendor == vendor)
        )
    table.caption = f"{summary.known_file_count:,} files had landed before and changed nothing"
    table.caption_justify = "left"
    return table


def _counts(files: Iterable[FileLine]) -> list[str]:
    totals: Counter[str] = Counter()
    for file in files:
        totals[file.status] += 1
        totals["rows"] += file.landed_row_count
        totals["rejected"] += file.rejected_row_count
        totals["skipped"] += file.skipped_row_count
    names = ("landed", "refused", "rows", "rejected", "skipped")
    return [f"{totals[name]:,}" if totals[name] else "·" for name in names]


def _refusals(files: list[FileLine]) -> Iterator[Text]:
    refused = [file for file in files if file.status == "refused"]
    for file in refused[:REFUSALS_SHOWN]:
        yield Text.assemble(("Refused: ", "yellow"), f"{file.path} {file.reason}")
    if len(refused) > REFUSALS_SHOWN:
        yield Text(f"and {len(refused) - REFUSALS_SHOWN} more in summary.json", style="dim")
    for file in (file for file in files if file.status == "waiting"):
        yield Text.assemble(("Waits: ", "yellow"), f"{file.path} {file.reason}")
    if any(file.rejected_row_count for file in files):
        yield Text("Rejected rows, by file, column and reason: c360 rejects", style="dim")


def _judgements(summary: Summary) -> Text:
    passed = sum(check.passed for check in summary.checks)
    nodes = Counter(node.status for node in summary.nodes)
    told = ", ".join(f"{count} {status}" for status, count in sorted(nodes.items())) or "not run"
    return Text(f"Checks: {passed} of {len(summary.checks)} passed. dbt: {told}.")


def _marts(summary: Summary) -> Table:
    table = _table("Mart", "rows")
    for mart in summary.marts:
        table.add_row(mart.name, f"{mart.row_count:,}")
    return table


def _times(summary: Summary) -> Text:
    shown = [step for step in summary.steps if step.seconds >= STEP_WORTH_SHOWING]
    return Text(", ".join(f"{s.title.lower()} {duration(s.seconds)}" for s in shown), style="dim")


def _where(summary: Summary) -> Text:
    if summary.published is not None:
        return Text(f"Readers open {summary.published}")
    if summary.status == "landed":
        return Text("Landed, not published. Build and test with: dbt build")
    return Text("Nothing was published; readers still see the last green night.")


def _table(first: str, *numbers: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first)
    for name in numbers:
        table.add_column(name, justify="right")
    return table


def duration(seconds: float) -> str:
    """Seconds as a person says them."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"
