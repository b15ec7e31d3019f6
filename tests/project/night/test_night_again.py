"""Further nights over the same demo world: its exports again, repacked, in turns and late."""

from __future__ import annotations

import gzip
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from pipelines.deliveries import natural_order
from tests.project.night import nights
from tests.project.night.nights import Told, night

LATE_NIGHTS = ("2026-06-16", "2026-06-30")  # the first of them comes after a later day
RESENT = "2026-07-07"
REPORT = "google_ads/main/2026-06-23/Search terms report.csv"
DOUBLED = f"google_ads/main/{RESENT}/Search terms report.csv"

# A file that was sent on several days is known by the copy that came first
FIRST_COPY = frozenset(
    {"_exported_at", "exported_at", "path", "file_path"}
    | {"stated_date", "file_time", "file_written_at"}
)
DELIVERED = frozenset({"delivery_count", "last_exported_at"})


@pytest.fixture(scope="module")
def repeated(world: Path, published: Told, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A second night over the same files and copies of each, with one thread instead of two."""
    folder = tmp_path_factory.mktemp("repeated")
    exports = shutil.copytree(world / "exports", folder / "exports", copy_function=os.link)
    repack(world / "exports", exports)
    (exports / DOUBLED).parent.mkdir()
    repeat_the_rows(exports / REPORT, exports / DOUBLED)
    project = nights.copy_project(folder / "project")
    nights.use_one_thread(project)
    return night(exports, nights.copy_of(published, folder), project)


def repeat_the_rows(report: Path, target: Path) -> None:
    """A report that tells its rows twice while its totals tell them once."""
    lines = report.read_text().splitlines(keepends=True)
    opening, rest = lines[:3], lines[3:]
    rows = [line for line in rest if not line.startswith("Total")]
    target.write_text("".join([*opening, *rows, *rest]))


def repack(source: Path, target: Path) -> None:
    """Send every file of `source` again, in order: renamed, zipped, gzipped or unpacked."""
    ways = (renamed, zipped, gzipped)
    files = (path for path in source.rglob("*") if path.is_file())
    for n, path in enumerate(sorted(files, key=lambda path: natural_order(str(path)))):
        folder = target / path.relative_to(source).parent
        ways[n % len(ways)](path, folder / f"{n} {path.name}")


def renamed(path: Path, target: Path) -> None:
    shutil.copyfile(path, target)


def zipped(path: Path, target: Path) -> None:
    with zipfile.ZipFile(f"{target}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, path.name)


def gzipped(path: Path, target: Path) -> None:
    if target.suffix == ".zip":  # an archive inside an archive would be refused
        renamed(path, target)
    elif target.suffix == ".gz":
        target.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
    else:
        target.with_name(f"{target.name}.gz").write_bytes(gzip.compress(path.read_bytes()))


def test_a_file_twice_is_a_file_once_under_any_name_and_packing(
    published: Told, repeated: Told
) -> None:
    landed = [file["path"] for file in repeated.summary["files"] if file["status"] == "landed"]

    assert repeated.ended.code == 0
    assert landed == []
    raw = nights.raw_differences(published.root, repeated.root)
    # the refused ones, and that all others came twice
    assert set(raw) <= {"raw_operations.load_files", "raw_operations.deliveries"}
    assert repeated.summary["as_of"] == published.summary["as_of"]


def test_a_report_that_contradicts_its_own_total_is_refused(repeated: Told) -> None:
    refusals = {file["path"]: file["reason"] for file in repeated.summary["files"]}

    assert "while its own total says" in refusals[DOUBLED]


def test_the_same_inputs_give_the_same_marts_with_any_number_of_threads(
    published: Told, repeated: Told
) -> None:
    found = nights.published_differences(published.root, repeated.root, FIRST_COPY | DELIVERED)

    assert set(found) <= {"main.load_files"}


@pytest.fixture(scope="module")
def in_turns(world: Path, published: Told, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Two nights: the days of `LATE_NIGHTS` come with the second, after a later day."""
    folder = tmp_path_factory.mktemp("in_turns")
    root = folder / "warehouse"
    root.mkdir()
    shutil.copy(published.root / "salt", root)
    early = shutil.ignore_patterns(*LATE_NIGHTS)
    shutil.copytree(world / "exports", folder / "exports", ignore=early)
    first = night(folder / "exports", root)
    assert first.ended.code == 0, first.summary["problems"]
    assert first.summary["as_of"] == "2026-06-23"
    return night(world / "exports", root)


def test_exports_that_come_in_turns_and_late_give_the_marts_of_all_at_once(
    published: Told, in_turns: Told
) -> None:
    assert in_turns.ended.code == 0, in_turns.summary["problems"]
    assert nights.raw_differences(published.root, in_turns.root, FIRST_COPY) == {}
    found = nights.published_differences(published.root, in_turns.root, FIRST_COPY)
    assert set(found) <= {f"main.{mart}" for mart in nights.MEMORIES}


def test_what_came_late_is_told_as_merges_and_splits(in_turns: Told) -> None:
    """As the crosswalks of the two nights tell it, which know nothing of parts of a record."""
    first, second = (dict(nights.rows(path, CROSSWALK)) for path in kept_builds(in_turns.root))
    moved = {(first[key], second[key]) for key in first.keys() & second.keys()}
    changes = nights.rows(in_turns.root / nights.BUILT, CHANGES)
    whole = {(former, customer) for _, former, customer, _, why in changes if why != "cut_by_time"}

    told = {(former, customer) for _, former, customer, *_ in changes}
    assert whole <= {(former, customer) for former, customer in moved if former != customer} <= told
    kinds = {(kind, by) for kind, _, _, by, _ in changes}
    assert {("merge", "user_id"), ("merge", "anonymous_id"), ("split", "email")} <= kinds


CROSSWALK = "select distinct source_record_id, customer_id from marts.customer_identifiers"
CHANGES = """
    select change_kind, former_customer_id, customer_id, identifier_type, link_reason
    from marts.identity_changes
"""


def kept_builds(root: Path) -> list[Path]:
    """The build files of the kept nights, in their order."""
    return sorted((root / "nights").glob(f"*/{nights.BUILT}"))
