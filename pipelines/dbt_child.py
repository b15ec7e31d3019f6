"""Runs dbt in a process of its own and reports each node on standard output, one JSON a line.

dbt keeps DuckDB's file open as long as its process lives, and its flags, loggers and memory too. A
child gives all of that back, and a crash in it is a red night rather than a dead one. Inside the
child one dbt serves both commands, so the project is read once.

Unit tests, half of a small build, say nothing of the data: they run when the project or DuckDB is
another than in the last green night.

Lines, in this order: `{"due": [unique ids]}`, `{"tick": 1}` when a node ends,
`{"node": {...}}` per result, `{"end": error}` with null when dbt came to its end.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dbt.cli.main import dbtRunner

from pipelines.dbt_build import PARTIAL_PARSE
from pipelines.dbt_messages import clean_message

if TYPE_CHECKING:
    from dbt.artifacts.schemas.results import NodeResult
    from dbt.contracts.graph.manifest import Manifest
    from dbt_common.events.base_types import EventMsg

BUILT = frozenset({"model", "seed", "snapshot", "test"})
UNIT_TESTS = frozenset({"unit_test"})

Say = Callable[[dict[str, object]], None]


def main(arguments: list[str]) -> None:
    """Parse the project, say which nodes are due, build them, and say what became of each."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a killed night takes its child along
    with _own_output() as output:

        def say(line: dict[str, object]) -> None:
            print(json.dumps(line), file=output, flush=True)

        say({"end": _run(arguments, say)})


def _run(arguments: list[str], say: Say) -> str | None:
    """What kept dbt from coming to its end, or none; red nodes are not an error here."""
    from dbt.contracts.graph.manifest import Manifest  # noqa: PLC0415 - after dbt.cli, or a cycle

    gc.disable()  # what dbt reads stays: looking through it again and again takes a quarter longer
    parsed = dbtRunner().invoke(["parse", *arguments])
    gc.freeze()
    gc.enable()
    if not isinstance(parsed.result, Manifest):
        return f"dbt cannot read the project: {clean_message(str(parsed.exception))}"
    kinds = BUILT if _is_as_before(arguments) else BUILT | UNIT_TESTS
    say({"due": sorted(_due(parsed.result, kinds))})
    if not kinds & UNIT_TESTS:
        arguments = [*arguments, "--exclude-resource-type", *UNIT_TESTS]
    return _build(parsed.result, arguments, say)


def _is_as_before(arguments: list[str]) -> bool:
    """Whether the project is that of the last green night: dbt writes down what it read anew."""
    target = Path(arguments[arguments.index("--target-path") + 1])
    return not (target / PARTIAL_PARSE).exists()


def _build(manifest: Manifest, arguments: list[str], say: Say) -> str | None:
    from dbt.artifacts.schemas.run import RunExecutionResult  # noqa: PLC0415

    def tick(event: EventMsg) -> None:
        if event.info.name == "NodeFinished":
            say({"tick": 1})

    # parsing wrote the manifest; writing it again takes seconds, and nobody reads the results' file
    command = ["build", "--no-write-json", *arguments]
    built = dbtRunner(manifest=manifest, callbacks=[tick]).invoke(command)
    if not isinstance(built.result, RunExecutionResult):
        return f"dbt could not build: {clean_message(str(built.exception))}"
    for result in built.result.results:
        say({"node": _node(result)})
    return None


def _due(manifest: Manifest, kinds: frozenset[str]) -> set[str]:
    """What a build of the whole project must run; disabled nodes are not in the manifest's."""
    nodes = {
        unique_id
        for unique_id, node in manifest.nodes.items()
        if node.resource_type in kinds and node.config.materialized != "ephemeral"
    }
    return nodes | (set(manifest.unit_tests) if kinds & UNIT_TESTS else set())


def _node(result: NodeResult) -> dict[str, object]:
    return {
        "unique_id": result.node.unique_id,
        "kind": str(result.node.resource_type).replace("_", " "),
        "name": result.node.name,
        "status": str(result.status),
        "seconds": result.execution_time,
        "message": clean_message(result.message),
    }


def _own_output() -> TextIO:
    """Take standard output for the protocol alone; prints of others go to standard error."""
    own = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return os.fdopen(own, "w", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
