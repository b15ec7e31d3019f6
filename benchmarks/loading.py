"""How fast order lines land: ours, dlt's own CSV reader, and a bare read into DuckDB.

    python benchmarks/loading.py [--rows 1000000 5000000] [--dlt-rows 1000000]

Each method loads the same file in a process of its own, the methods of one size taking turns for
`--rounds` rounds; the table shows the median. Ours is a night's landing into a warehouse whose
tables exist: hash, read, type, account, append through dlt, ledger. The bare read types by
guessing and accounts for nothing. dlt's row-by-row reader takes minutes for a million rows, so it
is only run on sizes up to `--dlt-rows`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from pipelines.landing_run import run_now
from pipelines.load import land  # switches dlt's telemetry off before it is imported
from pipelines.progress import Progress

import dlt  # isort: skip
from dlt.sources.filesystem import filesystem, read_csv  # isort: skip

EXPORTS_YML = """
mapped:
  - shop: bench
    kind: order_lines
    files: ["*.csv"]
    columns: {order_id: order, ordered_at: time, email: email, sku: sku, product_name: product,
              category: category, quantity: quantity, unit_price: price, currency_code: currency,
              country: country}
"""

ORDER_LINES = """
copy (
    select
        'o' || (i // 3) as "order",
        timestamp '2024-01-01' + to_seconds(cast(hash(i // 3) % 31536000 as int)) as "time",
        'u' || (hash(i // 3, 1) % 200000) || '@example.com' as email,
        'sku-' || (hash(i, 2) % 5000) as sku,
        'Product number ' || (hash(i, 2) % 5000) as product,
        ['Home', 'Garden', 'Kitchen'][1 + cast(hash(i, 3) % 3 as int)] as category,
        1 + hash(i, 4) % 5 as quantity,
        cast(hash(i, 5) % 20000 / 100 as decimal(10, 2)) as price,
        ['SEK', 'EUR', 'USD'][1 + cast(hash(i // 3, 6) % 3 as int)] as currency,
        ['SE', 'DE', 'US'][1 + cast(hash(i // 3, 6) % 3 as int)] as country
    from range({rows}) as series (i)
) to '{path}' (header)
"""


READERS = {".csv": "read_csv(?, all_varchar = true)", ".json": "read_json(?)"}
READERS |= {".jsonl": READERS[".json"]}


def first_night(warehouse: Path) -> None:
    """The raw tables, which the first night makes once."""
    nothing = warehouse.parent / "nothing"
    nothing.mkdir()
    land(str(nothing), warehouse, warehouse.parent / "work", run_now("first"), Progress())


def ours(folder: Path, warehouse: Path) -> int:
    """What a night does before dbt: read, type, account, land."""
    landing = land(str(folder), warehouse, warehouse.parent / "work", run_now("bench"), Progress())
    return sum(file.landed_row_count for file in landing.files)


def dlt_csv(folder: Path, warehouse: Path) -> int:
    """dlt's own way: its filesystem source and CSV reader, rows as dictionaries."""
    pipeline = dlt.pipeline(
        "bench",
        destination=dlt.destinations.duckdb(str(warehouse)),
        dataset_name="raw",
        pipelines_dir=str(warehouse.parent / "dlt"),
    )
    files = filesystem(bucket_url=folder.as_uri(), file_glob="*.csv")
    pipeline.run((files | read_csv()).with_name("order_lines"))
    return _count(warehouse, "raw.order_lines")


def bare(folder: Path, warehouse: Path) -> int:
    """The floor: DuckDB reads the file and guesses its types."""
    with duckdb.connect(str(warehouse)) as connection:
        path = next(folder.glob("*.csv"))
        connection.execute(f"create table order_lines as select * from read_csv('{path}')")
    return _count(warehouse, "order_lines")


def read_bare(exports: Path, database: Path) -> int:
    """Read each file into a table; how many of them DuckDB cannot read by itself."""
    unread = 0
    with duckdb.connect(str(database)) as connection:
        for path in (path for path in exports.rglob("*") if path.is_file()):
            reader = READERS.get(
                path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
            )
            try:
                connection.execute(f"create or replace table bare as from {reader}", [str(path)])
            except duckdb.Error:
                unread += 1
    return unread


METHODS: dict[str, Callable[[Path, Path], int]] = {"ours": ours, "dlt csv": dlt_csv, "bare": bare}


def _count(warehouse: Path, table: str) -> int:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])


def _run(method: str, folder: Path) -> None:
    """One load in this process; prints what it took as JSON."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        warehouse = Path(scratch) / "warehouse.duckdb"
        if method == "ours":
            first_night(warehouse)
        before, started = os.times(), time.perf_counter()
        rows = METHODS[method](folder, warehouse)
        seconds, after = time.perf_counter() - started, os.times()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cpu = after.user + after.system - before.user - before.system
    print(json.dumps({"rows": rows, "seconds": seconds, "cpu": cpu, "peak_mib": peak / 1024}))


def _measure(method: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--method", method, "--folder", str(folder)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    measured: dict[str, float] = json.loads(output.splitlines()[-1])
    return measured


def _compare(rows: int, rounds: int, methods: list[str]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "exports"
        folder.mkdir()
        (folder / "exports.yml").write_text(EXPORTS_YML)
        duckdb.execute(ORDER_LINES.format(rows=rows, path=folder / "lines.csv"))
        taken = [{m: _measure(m, folder) for m in methods} for _ in range(rounds)]
    for method in methods:
        found = [round_[method] for round_ in taken]
        assert all(f["rows"] == rows for f in found), f"{method} lost rows"
        seconds = statistics.median(f["seconds"] for f in found)
        ratio = statistics.median(r["bare"]["seconds"] / r[method]["seconds"] for r in taken)
        print(
            f"{rows:>10,}  {method:<8} {seconds:>8.2f} s {rows / seconds:>11,.0f} rows/s "
            f"{ratio:>6.2f} of bare  {statistics.median(f['cpu'] for f in found):>7.2f} CPU s "
            f"{max(f['peak_mib'] for f in found):>7,.0f} MiB",
            flush=True,
        )


def main() -> None:
    """Compare the methods on each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--dlt-rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--method", choices=METHODS)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.method:
        _run(arguments.method, arguments.folder)
        return
    for rows in arguments.rows:
        _compare(rows, arguments.rounds, ["ours", "bare"])
        if rows <= arguments.dlt_rows:
            _compare(rows, 1, ["dlt csv", "bare"])


if __name__ == "__main__":
    main()
