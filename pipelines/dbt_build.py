"""Build and test the marts with dbt in the night's private copy, and judge every node that was due.

dbt runs in a child process (`pipelines.dbt_child` says why) and reports over a pipe: the results
are of this invocation, never a `run_results.json` that an earlier night left behind.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import ActionableError
from pipelines.progress import Progress
from pipelines.variables import Variables
from pipelines.warehouse import DATABASE, Night

GREEN = frozenset({"success", "pass", "warn", "no-op"})

PARTIAL_PARSE = "partial_parse.msgpack"  # dbt's own name; its module takes seconds to import

# dbt's progress comes over the pipe; its own log has what a person needs, not each statement
OPTIONS = (
    *("--no-send-anonymous-usage-stats", "--no-version-check", "--no-use-colors"),
    *("--quiet", "--log-level", "none", "--log-level-file", "info"),
)


@dataclass(frozen=True)
class NodeResult:
    """What became of one model, seed, snapshot, data test or unit test."""

    unique_id: str
    kind: str
    name: str
    status: str
    seconds: float
    message: str

    @property
    def passed(self) -> bool:
        """A warning is shown and lets the night go on."""
        return self.status in GREEN


@dataclass(frozen=True)
class Build:
    """All results of one build, the nodes that were due, and what stopped dbt before its end."""

    nodes: tuple[NodeResult, ...]
    due: frozenset[str]
    error: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Nodes that should have run and have no result."""
        return tuple(sorted(self.due - {node.unique_id for node in self.nodes}))

    @property
    def passed(self) -> bool:
        """Green only when something was due, all of it ran, and none of it is red."""
        return bool(self.due) and not self.problems

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence per red or missing node; those that wait for a red one are counted."""
        if self.error is not None:
            return (self.error,)
        failed = [node for node in self.nodes if not node.passed]
        red = [node for node in failed if node.status != "skipped"]
        skipped = len(failed) - len(red)
        return (
            *(f"{n.kind} {n.name}: {n.status}. {n.message}" for n in red),
            *([f"skipped, as they build on what is red: {skipped}"] if skipped else []),
            *(f"{unique_id} did not run" for unique_id in self.missing),
        )


def project_folder() -> Path:
    """Where dbt_project.yml is: the working folder, or the checkout this package is run from."""
    for folder in (Path.cwd(), Path(__file__).parent.parent):
        if (folder / "dbt_project.yml").exists():
            return folder
    raise ActionableError("no dbt_project.yml here; run c360 in the project's folder")


def manifest_path(night: Night) -> Path:
    """Where dbt writes what it read: models, columns, descriptions, tags."""
    return night.workspace / "target" / "manifest.json"


def build(night: Night, project: Path, variables: Variables, progress: Progress) -> Build:
    """Run `dbt build` on the night's copy."""
    logs = night.workspace / "logs"
    logs.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pipelines.dbt_child", *_arguments(night, project, variables)]
    with (
        (logs / "dbt_stderr.log").open("w") as errors,
        subprocess.Popen(  # noqa: S603 - our own module, arguments that are paths and checked
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=_environment(night)
        ) as child,
    ):
        result = heard(lines_of(child), progress)
    if result.error is None and result.passed:
        _remember_parse(night)
    return result


def lines_of(child: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """The child's lines; an end is added when it died without one."""
    assert child.stdout is not None  # noqa: S101 - it was asked for
    ended = False
    for line in child.stdout:
        said = json.loads(line)
        ended = ended or "end" in said
        yield said
    if not ended:
        yield {"end": f"dbt died with exit code {child.wait()}; its logs are in the night's folder"}


def heard(lines: Iterator[dict[str, Any]], progress: Progress) -> Build:
    """What the child said, as a build."""
    with progress.step("Read the dbt project"):
        first = next(lines)
    if "due" not in first:
        return Build((), frozenset(), first["end"])
    nodes: list[NodeResult] = []
    error: str | None = None
    with progress.step("Build and test the marts", len(first["due"])) as advance:
        for line in lines:
            if "tick" in line:
                advance()
            elif "node" in line:
                nodes.append(NodeResult(**line["node"]))
            else:
                error = line["end"]
    return Build(tuple(nodes), frozenset(first["due"]), error)


def _arguments(night: Night, project: Path, variables: Variables) -> list[str]:
    remembered = _remembered_parse(night)
    return [
        *("--project-dir", str(project), "--profiles-dir", str(project)),
        *("--target-path", str(manifest_path(night).parent.absolute())),
        *("--log-path", str((night.workspace / "logs").absolute())),
        *("--vars", json.dumps(variables.for_dbt())),
        *OPTIONS,
        *(("--partial-parse-file-path", str(remembered)) if remembered.exists() else ()),
    ]


def _environment(night: Night) -> dict[str, str]:
    """Point profiles.yml at the private copy, by a path that is the same every night.

    dbt reads the whole project anew when the path in the profile changes.
    """
    return {
        **os.environ,
        "C360_WAREHOUSE": str((night.tonight / DATABASE).absolute()),
        "C360_TEMP_DIRECTORY": str((night.tonight / "workspace" / "spill").absolute()),
    }


def _remembered_parse(night: Night) -> Path:
    """Another DuckDB remembers nothing, so that unit tests are run on it."""
    return night.root.absolute() / "cache" / f"parsed_for_duckdb_{duckdb.__version__}.msgpack"


def _remember_parse(night: Night) -> None:
    """Keep a green build's parsed project, when dbt wrote one because a file had changed.

    dbt checks its own version, the variables, the profile and every file against it.
    """
    remembered = _remembered_parse(night)
    written = manifest_path(night).with_name(PARTIAL_PARSE)
    if written.exists():
        remembered.parent.mkdir(exist_ok=True)
        fresh = remembered.with_suffix(".new")
        shutil.copyfile(written, fresh)
        fresh.replace(remembered)
