"""The words of the command line: its help, its exit codes, the options that commands share."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Annotated

import typer


class Exit(IntEnum):
    """What the process ends with."""

    DONE = 0
    RED = 1
    USAGE = 2
    ALREADY_RUNNING = 75


HELP = """
Vendor exports in, tested marketing marts out.

[bold]Start here[/bold]

\b
c360 demo-exports demo               write a made-up shop's exports
c360 nightly --exports demo/exports  land, check, build, check, publish
c360 status                          what is published, what ran

[bold]Exit codes[/bold]

\b
0   done; after nightly: published
1   red: a check, a test or an error stopped the run,
    and readers still see the last green night
2   the command was used wrongly
75  another run holds the warehouse; try again later
"""

ExportsOption = Annotated[
    str,
    typer.Option(
        "--exports",
        help="Folder of exports, or an s3://, gs:// or az:// address; one folder per vendor in it.",
        envvar="C360_EXPORTS",
    ),
]
WarehouseOption = Annotated[
    Path, typer.Option("--warehouse", help="Folder of the warehouse.", file_okay=False)
]
AsOfOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        help="The day the marts describe. Without it: the day that the exports reach.",
    ),
]
MinAgeOption = Annotated[
    float,
    typer.Option(
        "--min-age",
        min=0,
        help="Seconds. A file changed less long ago is looked at again after that time; if it "
        "still grows, the next run reads it.",
    ),
]
CurrencyOption = Annotated[
    str | None,
    typer.Option("--currency", help="The currency of the marts' money, such as GBP. [EUR]"),
]
TimezoneOption = Annotated[
    str | None,
    typer.Option("--timezone", help="Whose midnight ends a day: Europe/London. [UTC]"),
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Say nothing but what is wrong.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the summary as JSON, only that.")]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show tracebacks and log messages.")]
