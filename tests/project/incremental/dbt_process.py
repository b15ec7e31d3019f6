"""dbt in a process of its own that reads the project once and then runs one command after another.

Each line of its standard input is a JSON list: the warehouse's file, then dbt's arguments. Each
gets one line back: what went wrong, and by model its compiled text and seconds.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.project.night.nights import environment

# The name of every warehouse here: dbt writes it into models while it reads the project
DATABASE = "customer360.duckdb"


@dataclass(frozen=True)
class Ran:
    """A model as it ran."""

    text: str
    seconds: float

    @property
    def added_to(self) -> bool:
        """Whether it left most of its table as it was."""
        return " not in (select" in self.text


class DbtProcess:
    """A project in a folder, and the process that runs its models."""

    def __init__(self, folder: Path, log: Path) -> None:
        self._log = log
        with log.open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(log.parent)],
                cwd=folder,
                env=environment() | {"C360_WAREHOUSE": DATABASE, "DO_NOT_TRACK": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def run(self, database: Path, *arguments: str) -> dict[str, Ran]:
        """Run a command on a warehouse; all of it must be green."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(database), *arguments]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"dbt's process ended: {self._log.read_text()[-2000:]}"
        said = json.loads(line)
        assert not said["wrong"], said["wrong"]
        return {name: Ran(*ran) for name, ran in said["ran"].items()}

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate()


def main(target: str) -> None:
    """The process's own part."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 (dbt is for the process alone)

    options = ["--quiet", "--target-path", f"{target}/target", "--log-path", target]
    with contextlib.redirect_stdout(sys.stderr):
        manifest: Any = dbtRunner().invoke(["parse", *options]).result
    connections: Any = DuckDBConnectionManager
    for line in sys.stdin:
        os.environ["C360_WAREHOUSE"], *arguments = json.loads(line)
        with contextlib.redirect_stdout(sys.stderr):
            done = dbtRunner(manifest=manifest).invoke([*arguments, *options])
        connections.env().close()  # or nobody else can write the file
        connections.close_all_connections()
        results = getattr(done.result, "results", [])
        wrong = [str(done.exception)] if done.exception else []
        wrong += [str(r.message) for r in results if str(r.status) not in ("success", "no-op")]
        ran = {
            r.node.name: (getattr(r.node, "compiled_code", None) or "", r.execution_time)
            for r in results
        }
        sys.stdout.write(json.dumps({"wrong": wrong, "ran": ran}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
