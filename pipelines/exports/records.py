"""A UTF-8 text file becomes blocks of whole records, each record knowing its line.

The scanner is the independent witness of the accounts: it counts records by the quotes and line
ends it sees in the bytes, and knows nothing of columns. It also holds the file to RFC 4180: a quote
opens only at the start of a field and closes only at its end, so no record can hide in a quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.exports.refusal import Limits, Refusal

BLOCK_BYTES = 8 << 20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
NEWLINE, RETURN, QUOTE = 10, 13, 34

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """Whole records: their bytes, and the line on which each record that is not blank starts."""

    data: bytes
    lines: Positions
    blank_count: int
    has_quotes: bool


def blocks(
    path: Path, delimiter: str | None, skip_bytes: int, first_line: int, limits: Limits
) -> Iterator[Block]:
    """The records of `path` after `skip_bytes`; `delimiter` None means one record a line.

    Raises Refusal for broken quoting, an overlong record, and bytes that are not text.
    """
    with path.open("rb") as file:
        file.seek(skip_bytes)
        rest = b""
        while chunk := file.read(BLOCK_BYTES):
            data, rest = _split(rest + chunk, delimiter, first_line, limits)
            if data:
                block, line_count = _block(data, delimiter, first_line)
                first_line += line_count
                yield block
        if rest:
            yield _block(rest + b"\n", delimiter, first_line)[0]


def _split(
    data: bytes, delimiter: str | None, first_line: int, limits: Limits
) -> tuple[bytes, bytes]:
    """`data` cut behind its last whole record."""
    end = _last_record_end(data, delimiter)
    if len(data) - end > limits.max_record_bytes:
        raise Refusal(
            f"has a record of more than {limits.max_record_bytes:,} bytes after line {first_line}: "
            "a quote is probably left open"
        )
    return data[:end], data[end:]


def _last_record_end(data: bytes, delimiter: str | None) -> int:
    if delimiter is None or b'"' not in data:
        return data.rfind(b"\n") + 1
    ends = _record_ends(np.frombuffer(data, np.uint8))
    return int(ends[-1]) + 1 if len(ends) else 0


def _record_ends(characters: npt.NDArray[np.uint8]) -> Positions:
    """Positions of the newlines that stand outside quotes."""
    newlines = np.flatnonzero(characters == NEWLINE)
    quotes = np.flatnonzero(characters == QUOTE)
    return np.asarray(newlines[np.searchsorted(quotes, newlines) % 2 == 0])


def _block(data: bytes, delimiter: str | None, first_line: int) -> tuple[Block, int]:
    """The block of `data` and how many lines it spans."""
    if b"\x00" in data:
        raise Refusal("holds zero bytes: it is not text, or is UTF-16 without a byte-order mark")
    _refuse_other_encodings(data, first_line)
    has_quotes = delimiter is not None and b'"' in data
    characters = np.frombuffer(data, np.uint8)
    newlines = np.flatnonzero(characters == NEWLINE)
    if has_quotes:
        assert delimiter is not None  # noqa: S101
        _refuse_broken_quotes(characters, newlines, delimiter, first_line)
    ends = _record_ends(characters) if has_quotes else newlines
    starts = np.concatenate(([0], ends[:-1] + 1))
    is_blank = (ends == starts) | ((ends == starts + 1) & (characters[starts] == RETURN))
    lines_before = np.searchsorted(newlines, starts) if has_quotes else np.arange(len(starts))
    lines = first_line + lines_before
    block = Block(data, lines[~is_blank], int(is_blank.sum()), has_quotes)
    return block, len(newlines)


def _refuse_other_encodings(data: bytes, first_line: int) -> None:
    """Arrow checks UTF-8 ten times as fast as Python, which then finds the place."""
    ends = pa.py_buffer(np.array([0, len(data)], np.int32).tobytes())
    try:
        pa.StringArray.from_buffers(1, ends, pa.py_buffer(data)).validate(full=True)
    except pa.ArrowInvalid:
        try:
            data.decode()
        except UnicodeDecodeError as damage:
            line = first_line + data.count(b"\n", 0, damage.start)
            raise Refusal(
                f"is not UTF-8 on line {line}: export it as UTF-8, or declare its encoding"
            ) from None


def _refuse_broken_quotes(
    characters: npt.NDArray[np.uint8], newlines: Positions, delimiter: str, first_line: int
) -> None:
    """Every opening quote follows, and every closing quote precedes, a border or its double."""
    quotes = np.flatnonzero(characters == QUOTE)
    is_border = np.zeros(256, dtype=bool)
    is_border[[NEWLINE, RETURN, QUOTE, ord(delimiter)]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    before = np.where(opening > 0, characters[np.maximum(opening - 1, 0)], NEWLINE)
    after = characters[np.minimum(closing + 1, len(characters) - 1)]
    broken = np.concatenate((opening[~is_border[before]], closing[~is_border[after]]))
    if len(broken):
        line = first_line + int(np.searchsorted(newlines, broken.min()))
        raise Refusal(f"has broken quoting on line {line}: a quote inside a field must be doubled")
    if len(quotes) % 2:
        raise Refusal(f"leaves a quote open in its last record, which starts on line {first_line}")
