"""Spark as a server on this machine, for dbt to be its client.

    python -m tests.spark.servers connect|thrift COMMAND …

runs a command while a Spark Connect or a Thrift server is up on loopback, where the targets
`spark_connect` and `spark_thrift` find it. The server takes what the target `spark` takes:
C360_SPARK_MASTER, C360_SPARK_HOME and the rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.spark.processes import LOOPBACK, free_port, running, spark_home, wait_for_port

CLASSES = {
    "connect": "org.apache.spark.sql.connect.service.SparkConnectServer",
    "thrift": "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2",
}


@contextmanager
def server(kind: str) -> Iterator[dict[str, str]]:
    """What the environment of a command needs to reach the server that is up meanwhile."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "server.log")
        settings = [part for pair in _settings(kind, port) for part in ("--conf", "=".join(pair))]
        submit = (f"{spark_home()}/bin/spark-submit", "--class", CLASSES[kind], *settings)
        with running(log, *submit, "spark-internal") as process:
            wait_for_port(port, process, log)
            yield {
                "C360_SPARK_REMOTE": f"sc://{LOOPBACK}:{port}",
                "C360_SPARK_THRIFT_PORT": str(port),
            }


def _settings(kind: str, port: int) -> Iterator[tuple[str, str]]:
    home = Path(os.environ.get("C360_SPARK_HOME", "warehouse/spark")).resolve()
    yield "spark.master", os.environ.get("C360_SPARK_MASTER", "local[2]")
    yield "spark.driver.memory", os.environ.get("C360_SPARK_DRIVER_MEMORY", "2g")
    yield "spark.executor.memory", os.environ.get("C360_SPARK_EXECUTOR_MEMORY", "1g")
    yield "spark.driver.extraJavaOptions", f"-Dderby.system.home={home} -Duser.timezone=UTC"
    yield "spark.sql.warehouse.dir", f"{home}/tables"
    yield "spark.sql.catalogImplementation", "hive"
    yield "spark.ui.enabled", "false"
    if kind == "connect":
        yield "spark.connect.grpc.binding.address", LOOPBACK
        yield "spark.connect.grpc.binding.port", str(port)
    else:
        yield "spark.hadoop.hive.server2.thrift.bind.host", LOOPBACK
        yield "spark.hadoop.hive.server2.thrift.port", str(port)


def main() -> int:
    """Run the command that stands behind the kind of server."""
    kind, *command = sys.argv[1:]
    with server(kind) as environment:
        return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
