"""Spark's own programs as processes that end with the block that started them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

LOOPBACK = "127.0.0.1"
SECONDS_TO_START = 120


@contextmanager
def running(
    log: Path, *command: str, variables: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs within the block; what it says goes to the log."""
    spark = {"SPARK_HOME": str(spark_home()), "SPARK_LOCAL_IP": LOOPBACK}
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, **spark, **(variables or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # with what it starts it can be killed as one machine
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def spark_home() -> Path:
    """Where pyspark is installed, found without starting it."""
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        sys.exit("pyspark is not installed here; `make spark` brings it")
    return Path(found.origin).parent


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        return int(one.getsockname()[1])


def wait_for_text(log: Path, text: str, times: int, seconds: int = SECONDS_TO_START) -> None:
    """Return when the log says it often enough."""
    for _ in range(seconds):
        if log.read_text(errors="replace").count(text) >= times:
            return
        time.sleep(1)
    sys.exit(f"no {text!r} in {seconds} s:\n{log.read_text(errors='replace')}")


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when somebody listens there."""
    for _ in range(SECONDS_TO_START):
        if process.poll() is not None:
            break
        with socket.socket() as one:
            if one.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(1)
    sys.exit(f"nobody listens at {port}:\n{log.read_text(errors='replace')}")
