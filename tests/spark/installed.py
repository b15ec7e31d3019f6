"""Whether Spark can be started here, and with what in its environment a small world is quick."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

# the first of Java's two compilers alone, with room for all it makes of a build with its tests, and
# a metastore that does not wait for the disk
JAVA = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -Dderby.system.durability=test"
SMALL = {"SPARK_CONF_DIR": str(Path(__file__).parent / "conf"), "JDK_JAVA_OPTIONS": JAVA}


def what_is_missing() -> str:
    """One sentence when Spark cannot be started here, else nothing."""
    if find_spec("pyspark") is None or find_spec("dbt.adapters.spark") is None:
        return "pyspark is not installed; `make spark` brings it"
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=f"{home}/bin" if home else None) is None:
        return "Java is not installed; Spark needs 17"
    return ""
