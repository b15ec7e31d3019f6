"""The example figures of docs/: taken from the demo world, and checked against it.

    make figures        builds the demo world and writes its figures into docs/

A table below a comment is what the query in the comment answers; its tables are the analyses, by
name, and the marts. The output of a command of `mf` stands below a comment that says so.

    <!-- figures:
    select channel, spend from which_channels_pay_back where spend > 0
    -->
    | channel | spend |

    <!-- figures: the command above -->
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.demo import write_demo
from tests.project.conftest import WAREHOUSE, compile_nodes
from tests.project.night.nights import BUILT, PROJECT, c360, copy_project

DOCS = PROJECT / "docs"
QUERY = re.compile(r"^(<!-- figures:\n(.+?)\n-->\n).+?(?=\n\n|\n?\Z)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(
    r"(^```sh\n(?:(?!^```)[^\n]*\n)*?\.venv/bin/mf ((?:(?!^```)[^\n]*\n)+)```\n\n"
    r"<!-- figures: the command above -->\n```\n).+?(?=\n```$)",
    re.MULTILINE | re.DOTALL,
)
RULE = re.compile(r"^-+(  +-+)*$")  # between the header of a table of `mf` and its rows
NUMBERS = ("BIGINT", "INTEGER", "HUGEINT", "DOUBLE", "DECIMAL")


def pages() -> list[Path]:
    """The documents with figures."""
    return [page for page in sorted(DOCS.glob("*.md")) if "<!-- figures:" in page.read_text()]


def with_figures(text: str, project: Path) -> str:
    """A document with the figures of the warehouse that is built in a project's target/."""
    with _analyses(project) as connection:
        text = QUERY.sub(lambda found: found[1] + _table(connection, found[2]), text)
    return COMMAND.sub(lambda found: found[1] + _metrics(project, found[2]), text)


def build_demo(project: Path, folder: Path) -> None:
    """Land the demo world in `folder` and build a compiled copy of the project on it, untested."""
    write_demo(folder)
    landed = c360("land", "--exports", folder / "exports", "--warehouse", folder / "warehouse")
    assert landed.code == 0, landed.err
    (folder / "warehouse" / BUILT).resolve().replace(project / WAREHOUSE)
    dbt = [sys.executable, "-m", "dbt.cli.main", "build"]
    done = subprocess.run(
        [*dbt, "--exclude-resource-type", "test", "unit_test"],
        cwd=project,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def _analyses(project: Path) -> duckdb.DuckDBPyConnection:
    """The built warehouse, and each analysis as a view."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(f"attach '{project / WAREHOUSE}' as customer360 (read_only)")
    for path in (project / "target/compiled/customer360/analyses").glob("*.sql"):
        connection.execute(f"create view {path.stem} as {path.read_text()}")
    connection.execute("set search_path = 'memory.main,customer360.marts'")
    return connection


def _table(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    found = connection.execute(query)
    columns = [(name, str(data_type)) for name, data_type, *_ in found.description]
    rules = ("---:" if kind.startswith(NUMBERS) else "---" for _, kind in columns)
    rows = (map(_cell, row) for row in found.fetchall())
    return "\n".join(
        [_row(name for name, _ in columns), "|" + "|".join(rules) + "|", *map(_row, rows)]
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return "" if value is None else str(value).replace("|", "\\|")


def _metrics(project: Path, command: str) -> str:
    """The table that `mf` prints."""
    arguments = shlex.split(command.replace("\\\n", " "))
    done = subprocess.run(
        [str(Path(sys.executable).with_name("mf")), *arguments],
        cwd=project,
        env=_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    first = next(number for number, line in enumerate(lines) if RULE.match(line)) - 1
    return "\n".join(lines[first:]).strip("\n")


def _environment() -> dict[str, str]:
    # no proxy listens there: mf would ask its registry for a newer version of itself
    offline = {"HTTPS_PROXY": "http://127.0.0.1:9", "DO_NOT_TRACK": "1"}
    return {**os.environ, **offline, "C360_WAREHOUSE": str(WAREHOUSE)}


def main() -> None:
    """Write the figures of the demo world into docs/."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder, "project"))
        (project / "target").mkdir()
        compile_nodes(project, "analysis")
        build_demo(project, Path(folder, "demo"))
        for page in pages():
            page.write_text(with_figures(page.read_text(), project))


if __name__ == "__main__":
    main()
