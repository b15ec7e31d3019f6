"""One run at a time, whatever happened to the run before."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.errors import AlreadyRunningError
from pipelines.lock import LOCK_NAME, holder, night_lock
from tests.pipelines.nobody import as_nobody, public_folder

HOLD = """
import sys, time
from pathlib import Path
from pipelines.lock import night_lock
with night_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def hold_in_another_process(root: Path) -> subprocess.Popen[str]:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_a_second_run_leaves_at_once_and_names_the_first(tmp_path: Path) -> None:
    with hold_in_another_process(tmp_path) as other:
        with pytest.raises(AlreadyRunningError, match=f"process {other.pid}"), night_lock(tmp_path):
            pass
        assert holder(tmp_path) == other.pid
        other.kill()


def test_a_killed_run_leaves_no_lock_behind(tmp_path: Path) -> None:
    with hold_in_another_process(tmp_path) as other:
        os.kill(other.pid, signal.SIGKILL)

    with night_lock(tmp_path):
        assert holder(tmp_path) == os.getpid()


def test_the_lock_ends_with_the_run_and_with_its_errors(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), night_lock(tmp_path):
        raise ZeroDivisionError

    assert holder(tmp_path) is None


def test_a_warehouse_that_is_not_there_is_held_by_nobody(tmp_path: Path) -> None:
    assert holder(tmp_path / "none") is None


def test_somebody_who_may_only_read_the_warehouse_may_ask_who_holds_it() -> None:
    with public_folder() as root:
        (root / LOCK_NAME).touch(mode=0o644)
        with as_nobody():
            assert holder(root) is None

        other = hold_in_another_process(root)
        with as_nobody():
            assert holder(root) == other.pid
        other.kill()
        other.communicate()
