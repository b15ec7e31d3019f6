"""A Spark cluster on this machine, of real processes: a master and two workers on loopback.

    python -m tests.spark.cluster COMMAND …

runs a command whose C360_SPARK_MASTER is the cluster, and ends the cluster after it. Everything
comes out of pyspark's own package; logs and shuffled rows lie in a temporary folder.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

WORKERS = 2
WORKER = ("--cores", "1", "--memory", "1g")
SECONDS_TO_START = 120
LOOPBACK = ("--host", "127.0.0.1", "--webui-port", "0")
DEPLOY = "org.apache.spark.deploy"


@contextmanager
def cluster() -> Iterator[dict[str, str]]:
    """What the environment of a command needs to run on a cluster that is up meanwhile."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        port = str(_free_port())
        address = f"spark://127.0.0.1:{port}"
        master_log = Path(folder, "master.log")
        stack.enter_context(_process(master_log, f"{DEPLOY}.master.Master", "--port", port))
        _wait_for(master_log, "Starting Spark master", 1)
        for number in range(WORKERS):
            log = Path(folder, f"worker_{number}.log")
            work = ("--work-dir", f"{folder}/work_{number}")
            stack.enter_context(_process(log, f"{DEPLOY}.worker.Worker", *WORKER, *work, address))
        _wait_for(master_log, "Registering worker", WORKERS)
        yield {"C360_SPARK_MASTER": address, "SPARK_LOCAL_IP": "127.0.0.1"}


@contextmanager
def _process(log: Path, part: str, *arguments: str) -> Iterator[None]:
    home = spark_home()
    with log.open("w") as output:
        process = subprocess.Popen(
            [f"{home}/bin/spark-class", part, *LOOPBACK, *arguments],
            env={**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def spark_home() -> Path:
    """Where pyspark is installed, found without starting it."""
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        sys.exit("pyspark is not installed here; `make spark` brings it")
    return Path(found.origin).parent


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(log: Path, text: str, times: int) -> None:
    for _ in range(SECONDS_TO_START):
        if log.read_text(errors="replace").count(text) >= times:
            return
        time.sleep(1)
    sys.exit(f"no {text!r} in {SECONDS_TO_START} s:\n{log.read_text(errors='replace')}")


def main() -> int:
    """Run the command that stands behind this one."""
    with cluster() as environment:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, **environment}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
