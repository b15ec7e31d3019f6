"""A Spark cluster on this machine, of real processes: a master and two workers on loopback.

    python -m tests.spark.cluster COMMAND …

runs a command whose C360_SPARK_MASTER is the cluster, and ends the cluster after it. Everything
comes out of pyspark's own package; logs and shuffled rows lie in a temporary folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.spark.processes import LOOPBACK, free_port, running, spark_home, wait_for_text

WORKERS = 2
WORKER = ("--cores", "1", "--memory", "1g")
HERE = ("--host", LOOPBACK, "--webui-port", "0")
DEPLOY = "org.apache.spark.deploy"


@dataclass(frozen=True)
class Cluster:
    """A cluster that is up: what a command's environment needs, and its workers to be killed."""

    environment: dict[str, str]
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster that is up within the block."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        port = str(free_port())
        address = f"spark://{LOOPBACK}:{port}"
        log = Path(folder, "master.log")
        stack.enter_context(_part(log, f"{DEPLOY}.master.Master", "--port", port))
        wait_for_text(log, "Starting Spark master", 1)
        workers = [
            stack.enter_context(_worker(Path(folder, f"worker_{number}"), address))
            for number in range(WORKERS)
        ]
        wait_for_text(log, "Registering worker", WORKERS)
        yield Cluster({"C360_SPARK_MASTER": address, "SPARK_LOCAL_IP": LOOPBACK}, tuple(workers))


@contextmanager
def _worker(folder: Path, master: str) -> Iterator[subprocess.Popen[bytes]]:
    place = ("--work-dir", str(folder))
    log = folder.with_suffix(".log")
    with _part(log, f"{DEPLOY}.worker.Worker", *WORKER, *place, master) as process:
        yield process


@contextmanager
def _part(log: Path, part: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    with running(log, f"{spark_home()}/bin/spark-class", part, *HERE, *arguments) as process:
        yield process


def main() -> int:
    """Run the command that stands behind this one."""
    with cluster() as up:
        environment = {**os.environ, **up.environment}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
