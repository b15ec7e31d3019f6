"""dbt in a process of its own that reads the project once and then runs one command after another.

Each line of standard input is a JSON list: the warehouse's file, then dbt's arguments. Each gets one
line back: what went wrong, or the compiled text of each model that ran.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner


def main() -> None:
    with contextlib.redirect_stdout(sys.stderr):
        manifest = dbtRunner().invoke(["parse", "--quiet"]).result
    for line in sys.stdin:
        os.environ["C360_WAREHOUSE"], *arguments = json.loads(line)
        with contextlib.redirect_stdout(sys.stderr):
            done = dbtRunner(manifest=manifest).invoke([*arguments, "--quiet"])
        DuckDBConnectionManager.env().close()  # or nobody else can write the file
        DuckDBConnectionManager.close_all_connections()
        results = getattr(done.result, "results", [])
        wrong = [str(done.exception)] if done.exception else []
        wrong += [str(r.message) for r in results if str(r.status) not in ("success", "no-op")]
        texts = {r.node.name: getattr(r.node, "compiled_code", "") for r in results}
        print(json.dumps({"wrong": wrong, "texts": texts}), flush=True)


if __name__ == "__main__":
    main()
