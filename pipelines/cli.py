"""The command line, `c360`: everything an operator does, with one exit code per outcome."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from pipelines import warehouse
from pipelines.cli_options import (
    HELP,
    AsOfOption,
    CurrencyOption,
    DebugOption,
    Exit,
    ExportsOption,
    JsonOption,
    MinAgeOption,
    QuietOption,
    TimezoneOption,
    WarehouseOption,
)
from pipelines.dbt_build import project_folder
from pipelines.doctor import examine
from pipelines.errors import ActionableError, AlreadyRunningError, NoNightError
from pipelines.explain import changes_table, links_table
from pipelines.lake import write_lake
from pipelines.lock import holder
from pipelines.nightly import land_only, nightly, publish_built, real_steps
from pipelines.progress import Progress
from pipelines.rejects import rejects_table
from pipelines.rollback import go_back
from pipelines.spark_marts import SparkMarts
from pipelines.status import last_good_night, last_runs, seen_by_readers
from pipelines.summary import Summary
from pipelines.summary_text import render
from pipelines.underway import Steps, Wish
from pipelines.variables import Variables

app = typer.Typer(
    help=HELP,
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
MIN_AGE = 3.0  # seconds: whoever copies a file in and starts a run at once waits no longer

out = Console()
err = Console(stderr=True)


@app.callback()
def options(debug: DebugOption = False) -> None:
    """Set logging up; the help is `HELP`."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.DEBUG if debug else logging.ERROR)  # libraries set loggers to INFO
    logging.basicConfig(
        format="%(levelname)s %(name)s: %(message)s", handlers=[handler], force=True
    )
    logging.getLogger("pipelines").setLevel(logging.DEBUG)


@app.command("nightly")
def nightly_command(
    exports: ExportsOption = "exports",
    root: WarehouseOption = Path("warehouse"),
    as_of: AsOfOption = None,
    currency: CurrencyOption = None,
    timezone: TimezoneOption = None,
    min_age: MinAgeOption = MIN_AGE,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Land new exports, build and test the marts, and publish them if everything is green.

    Red or killed at any point, a run changes nothing that readers see; just run it again.

    \b
    In a crontab, every night at half past four:
    30 4 * * * cd /srv/customer360 && .venv/bin/c360 nightly --quiet
    """
    variables = Variables(as_of.date() if as_of else None, currency, timezone)
    wish = Wish(exports, root, project_folder(), variables, min_age)
    _run(nightly, wish, quiet=quiet, as_json=as_json)


@app.command()
def land(
    exports: ExportsOption = "exports",
    root: WarehouseOption = Path("warehouse"),
    min_age: MinAgeOption = MIN_AGE,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Only read and land the exports, so that plain `dbt build` can follow. Publishes nothing."""
    wish = Wish(exports, root, project_folder(), min_age=min_age)
    _run(land_only, wish, quiet=quiet, as_json=as_json)


@app.command()
def status(root: WarehouseOption = Path("warehouse")) -> None:
    """What readers see now, what came and was refused that night, the last runs, any under way."""
    night, process = warehouse.current(root), holder(root)
    out.print(f"Published: {seen_by_readers(root)}", highlight=False)
    out.print(f"Landed: {night.run_id if night else 'nothing yet'}", highlight=False)
    for line in last_good_night(night.summary) if night else ():
        out.print(line, highlight=False, soft_wrap=True)
    out.print(f"Kept: {', '.join(warehouse.kept_names(root)) or 'none'}", highlight=False)
    out.print("Under way: " + ("nothing" if process is None else f"process {process}"))
    table = Table("run", "status", "as of", "exports", box=None, pad_edge=False)
    for row in last_runs(root, process):
        table.add_row(*row)
    out.print(table)


@app.command()
def rollback(
    root: WarehouseOption = Path("warehouse"),
    to: Annotated[str, typer.Option(help="A kept night. Without it: the one before.")] = "",
) -> None:
    """Let readers see an earlier kept night again; the next run starts from it."""
    now, target = go_back(root, to)
    out.print(f"Readers now see {target.run_id}; {now.run_id} was rolled back", highlight=False)


@app.command()
def rejects(
    root: WarehouseOption = Path("warehouse"),
    show_text: Annotated[
        bool, typer.Option("--show-text", help="Show the rows themselves: personal data.")
    ] = False,
) -> None:
    """Rows of the newest files that did not land, counted by file, column and reason.

    After a red night they are that night's, until the next one starts.
    """
    night = warehouse.red(root) or warehouse.current(root)
    if night is None:
        raise NoNightError(f"nothing has landed in {root} yet; run c360 nightly")
    out.print(rejects_table(night.database, with_text=show_text))


@app.command()
def explain(
    customer_id: Annotated[str, typer.Argument(help="As in customer_360.")],
    root: WarehouseOption = Path("warehouse"),
    show_contacts: Annotated[
        bool, typer.Option("--show-contacts", help="Show addresses and numbers: personal data.")
    ] = False,
) -> None:
    """Why a customer is one: their records, what each carries and joins, merges and splits."""
    night = warehouse.current(root)
    if night is None:
        raise NoNightError(f"nothing is published in {root}; run c360 nightly")
    out.print(links_table(night.database, customer_id, with_contacts=show_contacts))
    if changes := changes_table(night.database, customer_id, with_contacts=show_contacts):
        out.print("", changes, sep="\n")


@app.command()
def lake(
    folder: Annotated[Path, typer.Argument(help="Raw tables are written into it, whole.")],
    root: WarehouseOption = Path("warehouse"),
) -> None:
    """Write what has landed as Parquet, for dbt to build the marts on Spark. Personal data."""
    night = warehouse.current(root)
    if night is None:
        raise NoNightError(f"nothing has landed in {root} yet; run c360 nightly")
    out.print(f"{write_lake(night.database, folder)} raw tables in {folder}", highlight=False)


@app.command("publish-spark")
def publish_spark(
    tables: Annotated[Path, typer.Argument(help="Spark's tables: $C360_SPARK_HOME/tables.")],
    root: WarehouseOption = Path("warehouse"),
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Check and publish the marts that dbt built on Spark, as a night does its own."""
    if warehouse.current(root) is None:
        raise NoNightError(f"nothing has landed in {root} yet; run c360 land")
    project = project_folder()
    built = SparkMarts(tables, project / "target" / "manifest.json")
    steps = replace(real_steps(), build=built.take)
    wish = Wish(str(tables), root, project)
    _run(publish_built, wish, quiet=quiet, as_json=as_json, steps=steps)


@app.command()
def doctor(exports: ExportsOption = "exports", root: WarehouseOption = Path("warehouse")) -> None:
    """Look for what would keep a night from running, and say how to mend it."""
    findings = list(examine(exports, root, project_folder()))
    for finding in findings:
        mark = "[green]ok [/green]" if finding.is_well else "[red]bad[/red]"
        remedy = "" if finding.is_well else f"; {finding.remedy}"
        out.print(
            f"{mark} {finding.title}: {finding.seen}{remedy}", highlight=False, soft_wrap=True
        )
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(Exit.RED)


@app.command("demo-exports")
def demo_exports(
    directory: Annotated[Path, typer.Argument(help="Its exports/ and truth/ are replaced.")],
    customers: Annotated[int, typer.Option(min=1, help="Customers of the made-up shop.")] = 2000,
    days: Annotated[int, typer.Option(min=14, help="Days of business.")] = 120,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
) -> None:
    """Write a made-up shop's exports, as its vendors would, to try customer360 on."""
    from pipelines.demo import write_demo  # noqa: PLC0415 - only this command needs it

    written = write_demo(directory, customers=customers, days=days, seed=seed)
    out.print(f"{written.files} files in {directory / 'exports'}", highlight=False)


def main() -> None:
    """The entry point: errors that a person can act on are one sentence."""
    try:
        app()
    except AlreadyRunningError as error:
        _fail(str(error), Exit.ALREADY_RUNNING)
    except ActionableError as error:
        _fail("; ".join(map(str, error.args)), Exit.RED)
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        _fail(f"{error}; mend that and start again", Exit.RED)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        name = type(error).__name__  # its text may quote a row
        _fail(f"{name} stopped the command; run it again as c360 --debug … to see where", Exit.RED)


def _run(
    run: Callable[[Wish, Steps, Progress], Summary],
    wish: Wish,
    *,
    quiet: bool,
    as_json: bool,
    steps: Steps | None = None,
) -> None:
    summary = run(wish, steps or real_steps(), Progress(None if quiet or as_json else err))
    if as_json:
        sys.stdout.write(f"{summary.as_json()}\n")
    elif not quiet or not summary.is_green:
        out.print(render(summary), soft_wrap=True)
    if not summary.is_green:
        raise typer.Exit(Exit.RED)


def _fail(sentence: str, code: Exit) -> None:
    err.print(f"c360: {sentence}", style="red", highlight=False, markup=False, soft_wrap=True)
    sys.exit(code)
