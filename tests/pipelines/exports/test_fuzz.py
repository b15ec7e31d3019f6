"""A thousand damaged files: each balances to the row or is refused, and none crashes the reader."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pipelines.exports.declare import DAY, ID, INTEGER, MONEY, Column, Export
from pipelines.exports.read import read_stored
from pipelines.exports.reading import Reading
from pipelines.exports.workspace import Workspace
from tests.pipelines.exports.conftest import REPORT

MUTATIONS = 1000
CHANGED_BYTES = b'",;\n\r\t\x00\xff\xc3 0-E+{}[]:'

EVENTS = Export(
    vendor="web",
    name="events",
    title="Web events",
    files=("*.jsonl",),
    shape="documents",
    columns=(
        Column("id", "event_id", ID, filled=True),
        Column("day", "day", DAY),
        Column("page.url", "page_url"),
        Column("value", "value_amount", MONEY),
        Column("count", "count", INTEGER),
    ),
)


def _report(rows: int) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["Adnet report, June"])
    writer.writerow(["Campaign", "Day", "Cost", "Impr.", "CTR"])
    for n in range(rows):
        name = f'Näme "{n}",\nline two' if n % 7 == 0 else f"Campaign {n}"
        writer.writerow([name, f"2026-06-{1 + n % 28:02}", f"{n}.50", f"{n:,}", " --"])
    writer.writerow(["Total: Campaigns", " --", "1", "1", " --"])
    return target.getvalue().encode()


def _events(rows: int) -> bytes:
    documents = (
        {"id": f"e{n}", "day": "2026-06-01", "page": {"url": f"/ä/{n}"}, "value": n, "count": n}
        for n in range(rows)
    )
    return "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents).encode()


def _change(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        changed[dice.randrange(len(changed))] = dice.choice(CHANGED_BYTES)
    return bytes(changed)


def _insert(content: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(content))
    noise = bytes(dice.choice(CHANGED_BYTES) for _ in range(dice.randint(1, 5)))
    return content[:place] + noise + content[place:]


def _cut_out(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.randint(1, 200) :]


def _cut_off(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content))]


def _repeat(content: bytes, dice: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    start = dice.randrange(len(lines))
    return b"".join(lines[:start] + lines[start : start + 5] * 2 + lines[start + 5 :])


def _encode(content: bytes, dice: random.Random) -> bytes:
    return content.decode().encode(dice.choice(["utf-16", "utf-8-sig", "cp1252", "utf-16-le"]))


def _pack_and_change(content: bytes, dice: random.Random) -> bytes:
    return _change(gzip.compress(content, mtime=0), dice)


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _change,
    _insert,
    _cut_out,
    _cut_off,
    _repeat,
    _encode,
    _pack_and_change,
)


def test_a_thousand_damaged_files_balance_or_are_refused(tmp_path: Path) -> None:
    dice = random.Random(20260630)  # noqa: S311 - the same damage every time
    outcomes: Counter[str] = Counter()
    for number in range(MUTATIONS):
        export, content = dice.choice([(REPORT, _report(40)), (EVENTS, _events(40))])
        damaged = dice.choice(DAMAGES)(content, dice)
        path = tmp_path / "damaged"
        path.write_bytes(damaged)

        readings = list(read_stored(path, [export], Workspace(tmp_path / "work")))

        assert readings, number
        for reading in readings:
            outcomes[_outcome(reading, damaged, export)] += 1
    assert sum(outcomes.values()) == MUTATIONS
    assert min(outcomes["whole"], outcomes["with rejects"], outcomes["refused"]) > MUTATIONS // 20


def _outcome(reading: Reading, damaged: bytes, export: Export) -> str:
    """What became of a file whose account, where it has one, agrees with an independent count."""
    if reading.refusal is not None:
        assert not reading.landed
        assert reading.parquet is None
        return "refused"
    assert reading.balances
    assert reading.file_rows == _independent_count(damaged, export)
    return "with rejects" if reading.rejects else "whole"


def _independent_count(damaged: bytes, export: Export) -> int:
    """Rows as Python's own csv reader, or plain lines, see them."""
    content = gzip.decompress(damaged) if damaged[:2] == b"\x1f\x8b" else damaged
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = content.decode(encoding)
    if export is EVENTS:
        return len(text.removesuffix("\n").split("\n"))
    delimiter = next(d for d in ",\t;|" if d in text)
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    names = [[cell.strip().casefold() for cell in row] for row in found]
    wanted = {"campaign", "day", "cost", "impr."}
    header = next(i for i, row in enumerate(names) if wanted <= set(row))
    return len(found) - header - 1
