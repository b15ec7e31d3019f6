"""No tool reports home, whatever the environment says."""

import os
import subprocess
import sys
from pathlib import Path

from pipelines.telemetry import SWITCHES, switch_off

SHOW = "import pipelines, os, sys; print([os.environ.get(name) for name in sys.argv[1:]])"


def test_importing_the_package_switches_every_tool_off() -> None:
    environment = {**os.environ, **dict.fromkeys(SWITCHES, "on")}

    shown = subprocess.run(
        [sys.executable, "-c", SHOW, *SWITCHES],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )

    assert shown.stdout.strip() == str(list(SWITCHES.values()))


def test_every_switch_says_off_in_its_tool_s_words() -> None:
    switches = dict(SWITCHES)

    assert switches.pop("DO_NOT_TRACK") == "1"
    assert set(switches.values()) == {"false"}


def test_other_settings_stay_as_they_are() -> None:
    environment = {"HOME": "/home/ann"}

    switch_off(environment)

    assert environment == {"HOME": "/home/ann", **SWITCHES}
