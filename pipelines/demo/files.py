"""How the demo world's files are written: CSV and JSON lines by DuckDB, the wrapping by Python."""

from __future__ import annotations

import csv
import gzip
import io
import os
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from pathlib import Path

from pipelines.demo.world import World, moment_of
from pipelines.sql_text import literal

JSON = (".json", ".jsonl")


@dataclass(frozen=True)
class Written:
    """One file as it was meant: `is_refused` says that the reader should take nothing from it."""

    path: str
    vendor: str
    account: str
    night: date
    is_refused: bool
    reject_count: int


@dataclass
class Outbox:
    """The folder `exports/` of a world, and a list of what was put there.

    is_packed   JSON goes out as gzip, as large exports do
    """

    world: World
    root: Path
    is_packed: bool = False
    written: list[Written] = field(default_factory=list)

    def path(self, vendor: str, account: str, night: date, name: str) -> Path:
        """Where a file of a night goes; its folder exists then. No account is `""`."""
        folder = self.root / vendor / account / night.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name

    def done(self, path: Path, *, is_refused: bool = False, reject_count: int = 0) -> None:
        """Note a finished file and date it as the vendor would, at the night's export hour."""
        if self.is_packed and path.suffix in JSON:
            path = compress(path)
        vendor, *account, night, _ = path.relative_to(self.root).parts
        day = date.fromisoformat(night)
        exported_at = moment_of(day).replace(tzinfo=UTC).timestamp()
        os.utime(path, (exported_at, exported_at))
        relative = path.relative_to(self.root).as_posix()
        name = account[0] if account else "default"
        self.written.append(Written(relative, vendor, name, day, is_refused, reject_count))


def write_csv(world: World, sql: str, path: Path, options: str = "header") -> None:
    """The rows of `sql`, quoted where needed; `options` are those of DuckDB's COPY."""
    world.run(f"copy ({sql}) to {literal(str(path))} (format csv, {options})")


def write_json_lines(world: World, sql: str, path: Path) -> None:
    """One JSON object a line; structs and lists of `sql` become objects and arrays."""
    world.run(f"copy ({sql}) to {literal(str(path))} (format json)")


def write_json_array(world: World, sql: str, path: Path) -> None:
    """One JSON array of objects, as a page of an API's answer."""
    world.run(f"copy ({sql}) to {literal(str(path))} (format json, array true)")


def select_list(columns: Mapping[str, str]) -> str:
    """`{header: expression}` as the columns of a SELECT."""
    return ",\n".join(f'{sql} as "{_doubled(header)}"' for header, sql in columns.items())


def _doubled(text: str) -> str:
    return text.replace('"', '""')


def wrap(path: Path, before: str = "", after: str = "", encoding: str = "utf-8") -> None:
    """Put text before and after the content, and write all of it in another encoding."""
    plain = path.with_suffix(".plain")
    path.rename(plain)
    with (
        plain.open(encoding="utf-8", newline="") as content,
        path.open("w", encoding=encoding, newline="") as wrapped,
    ):
        wrapped.write(before)
        shutil.copyfileobj(content, wrapped)
        wrapped.write(after)
    plain.unlink()


def compress(path: Path) -> Path:
    """Replace a file by its gzip, without time or name in it, so that it stays the same bytes."""
    target = path.with_name(path.name + ".gz")
    with (
        path.open("rb") as plain,
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=3, fileobj=raw, mtime=0) as packed,
    ):
        shutil.copyfileobj(plain, packed)
    path.unlink()
    return target


def bundle(paths: Sequence[Path], target: Path) -> Path:
    """Replace files by one zip of them."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for path in paths:
            member = zipfile.ZipInfo(path.name, (2026, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as plain, archive.open(member, "w", force_zip64=True) as packed:
                shutil.copyfileobj(plain, packed)
            path.unlink()
    return target


def csv_line(cells: Sequence[str], delimiter: str = ",") -> str:
    """One line of CSV with its line feed."""
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return line.getvalue()
