"""dbt as a client of Spark, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.project.night.nights import PROJECT, environment

DBT = (sys.executable, "-c", "import sys; from dbt.cli.main import cli; sys.exit(cli())")


@dataclass(frozen=True)
class Client:
    """Runs dbt for a target; what it writes and says stays in the folder."""

    folder: Path
    target: str
    variables: Mapping[str, str]

    @property
    def log(self) -> Path:
        """All that dbt and Spark said."""
        return self.folder / f"{self.target}.log"

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """A dbt command that goes on by itself."""
        places = ("--target-path", f"{self.folder}/target_{self.target}")
        logs = ("--log-path", f"{self.folder}/logs")
        with self.log.open("a") as log:
            return subprocess.Popen(
                [*DBT, *command, "--target", self.target, *places, *logs],
                cwd=PROJECT,
                env={**environment(), "DO_NOT_TRACK": "1", **self.variables},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def run(self, *command: str) -> None:
        """A dbt command that must succeed."""
        assert self.start(*command).wait() == 0, f"dbt {command[0]} failed; see {self.log}"
