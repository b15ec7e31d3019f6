"""Read every published mart, file and Parquet, with whichever DuckDB runs this.

To try a published warehouse with DuckDB 1.0, in an environment that lasts as long as the command:

    .venv/bin/uv run --no-project --python 3.11 --with duckdb==1.0.0 \\
        python tests/read_published.py warehouse/published
"""

import sys
from pathlib import Path

import duckdb


def main(published: Path) -> None:
    """Print what cannot be read; the exit code says whether there was any."""
    failures = 0
    with duckdb.connect(str(published / "marts.duckdb"), read_only=True) as connection:
        marts = [row[0] for row in connection.execute("show tables").fetchall()]
        for mart in marts:
            parquet = published / "parquet" / f"{mart}.parquet"
            for relation in (f'"{mart}"', f"read_parquet('{parquet}')"):
                try:
                    reader = connection.execute(f"select * from {relation}")
                    while reader.fetchmany(10_000):
                        pass
                except duckdb.Error as error:
                    failures += 1
                    print(f"{relation}: {error}")  # noqa: T201
    print(f"DuckDB {duckdb.__version__}: {len(marts)} marts, {failures} failures")  # noqa: T201
    sys.exit(failures > 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
