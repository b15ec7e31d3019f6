"""The SQL that turns a text cell into a typed value, and says when it can't.

Every expression works on whole columns in DuckDB. A value that cannot be read becomes null here;
the reader compares it with the text it came from, so that an unreadable cell is always a reject.
"""

from __future__ import annotations

from pipelines.exports.declare import Column, Export, Type
from pipelines.sql_text import literal

DUCKDB_TYPES = {
    "text": "varchar",
    "id": "varchar",
    "json": "varchar",
    "integer": "bigint",
    "decimal": "decimal(18, 6)",
    "money": "decimal(18, 6)",
    "percent": "decimal(18, 6)",
    "boolean": "boolean",
    "day": "date",
    "timestamp": "timestamp",
}

REASONS = {
    "id": "is missing",
    "text": "is missing",
    "json": "is not valid JSON",
    "integer": "is not a whole number",
    "decimal": "is not a number",
    "money": "is not an amount",
    "percent": "is not a percentage",
    "boolean": "is not yes or no",
    "day": "is not a day",
    "timestamp": "is not a point in time",
}

# An amount as people and spreadsheets write it: sign, currency before or behind, grouped digits.
SYMBOL = r"\s*[^\d\s().,+-]{0,4}"
DIGITS = r"(\d{1,3}([, \x{00A0}]\d{3})+|\d+)?(\.\d+)?"
AMOUNT = rf"^[-+(]*{SYMBOL}\.?\s*[-+]?{DIGITS}{SYMBOL}\s*\)?$"
NUMBER = r"^[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$"
HAS_OFFSET = r"(Z|[+-]\d\d(:?\d\d)?|UTC|GMT)$"
MIDNIGHT = r"^\d{4}-\d\d-\d\d[ T]00:00:00(\.0+)?(Z|\+00)?$"
DAMAGED_ID = r"^[+-]?\d(\.\d+)?E\+\d+$"


def cleaned(cell: str, export: Export) -> str:
    """The cell without outer spaces; null when it is empty or a word for "no value".

    Trimming costs ten times the test for whether it is needed, and it hardly ever is.
    """
    trimmed = f"trim({cell}, ' \t\r\n\u00a0')"
    words = [word.strip() for word in export.nulls]
    needed = f"{cell} < '!' or ends_with({cell}, ' ')"
    text = f"case when {_is_none_of(trimmed, ['', *words])} then {trimmed} end"
    plain = f"when {_is_none_of(cell, words)} then {cell}" if words else f"else {cell}"
    return f"case when {needed} then {text} {plain} end"


def _is_none_of(text: str, words: list[str]) -> str:
    return f"{text} not in ({', '.join(literal(word) for word in words)})"


def typed(text: str, column: Column, export: Export) -> str:  # noqa: PLR0911  one a kind
    """The typed value of a cleaned cell, null when it cannot be read."""
    kind = column.type
    match kind.kind:
        case "text" | "id":
            return _known_word(text, kind) if kind.words else _without_apostrophe(text)
        case "json":
            return f"case when json_valid({text}) then {text} end"
        case "integer":
            return _integer(text, export)
        case "decimal":
            return _decimal(text, export)
        case "money":
            return _money(text, export)
        case "percent":
            return _percent(text, kind, export)
        case "boolean":
            return _boolean(text)
        case "day":
            return _in_range(_day(text, kind), "date")
        case "timestamp":
            return _in_range(_timestamp(text, kind, export.zone), "timestamp")


def _without_apostrophe(text: str) -> str:
    """A spreadsheet's guard before digits and formula signs: `'75008`."""
    guarded = f"{text} < '(' and regexp_matches({text}, '^''[-+=@0-9]')"
    return f"case when {guarded} then substr({text}, 2) else {text} end"


def _known_word(text: str, kind: Type) -> str:
    words = ", ".join(literal(word) for word in kind.words)
    return f"case when upper({text}) in ({words}) then upper({text}) end"


def _point(text: str, export: Export) -> str:
    """The number with a decimal point and no grouping, when the export writes a comma."""
    if export.decimal_mark == ".":
        return text
    return f"replace(regexp_replace({text}, '[. \\x{{00A0}}]', '', 'g'), ',', '.')"


def _decimal(text: str, export: Export) -> str:
    point = _point(text, export)
    grouped = (
        f"case when regexp_matches({point}, {literal(NUMBER)}) "
        f"then try_cast(replace({point}, ',', '') as decimal(18, 6)) end"
    )
    return f"coalesce(try_cast({point} as decimal(18, 6)), {grouped})"


def _integer(text: str, export: Export) -> str:
    number = _decimal(text, export)
    whole = f"case when {number} = trunc({number}) then cast({number} as bigint) end"
    plain = f"case when contains({text}, '.') then null else try_cast({text} as bigint) end"
    return f"coalesce({plain}, {whole})"


def _money(text: str, export: Export) -> str:
    point = _point(text, export)
    digits = (
        rf"regexp_replace(regexp_replace({point}, '^[^\d.]*\.(\s*\d+\.)', '\1'), '[^\d.]', '', 'g')"
    )
    negative = f"case when regexp_matches({point}, '^[^\\d]*[-(]') then -1 else 1 end"
    written = (
        f"case when regexp_matches({point}, {literal(AMOUNT)}) "
        f"then {negative} * try_cast({digits} as decimal(18, 6)) end"
    )
    return f"coalesce(try_cast({point} as decimal(18, 6)), cast({written} as decimal(18, 6)))"


def _percent(text: str, kind: Type, export: Export) -> str:
    bare = f"trim(regexp_replace({text}, '^[<>]\\s*|%\\s*$', '', 'g'))"
    number = _decimal(bare, export)
    of_100 = f"cast({number} / 100 as decimal(18, 6))"
    if kind.formats:
        return of_100
    return f"case when ends_with({text}, '%') then {of_100} else {number} end"


def _boolean(text: str) -> str:
    return (
        f"case when lower({text}) in ('true', 'yes', 'y', 't', '1') then true "
        f"when lower({text}) in ('false', 'no', 'n', 'f', '0') then false end"
    )


def _day(text: str, kind: Type) -> str:
    """A day; workbooks and Parquet write it as its midnight."""
    formats = [f for f in kind.formats if f != "%Y-%m-%d"]
    iso = (
        f"case when strlen({text}) = 10 or regexp_matches({text}, {literal(MIDNIGHT)}) "
        f"then try_cast(substr({text}, 1, 10) as date) end"
    )
    if not formats:
        return iso
    written = f"cast(try_strptime({text}, {_list(formats)}) as date)"
    return f"coalesce({iso}, {written})" if len(formats) < len(kind.formats) else written


def _timestamp(text: str, kind: Type, zone: str) -> str:
    match kind.formats:
        case ("epoch_s",):
            # reading a decimal of more digits takes four hundred times as long
            seconds = f"try_cast({text} as decimal(18, 6))"
            return f"make_timestamp(cast(replace(cast({seconds} as varchar), '.', '') as bigint))"
        case ("epoch_us",):
            return f"try(make_timestamp(try_cast({text} as bigint)))"
        case ():
            return _iso_timestamp(text, zone)
        case formats if any("%z" in f for f in formats):
            return f"cast(try_strptime({text}, {_list(formats)}) as timestamp)"
        case formats:
            return _as_utc(f"try_strptime({text}, {_list(formats)})", zone)


def _iso_timestamp(text: str, zone: str) -> str:
    """ISO 8601, also with a space before the offset: `2021-01-02 10:11:12 -0500`.

    Nineteen characters have no offset, and reading them as such is seven times faster.
    """
    plain = f"case when strlen({text}) = 19 then try_cast({text} as timestamp) end"
    tight = rf"regexp_replace({text}, '\s+([+-]\d\d:?\d\d)$', '\1')"
    moment = f"coalesce(try_cast({text} as timestamptz), try_cast({tight} as timestamptz))"
    aware = f"cast({moment} as timestamp)"
    if zone == "UTC":
        return f"coalesce({plain}, {aware})"
    offset = f"regexp_matches(substr({text}, 11), {literal(HAS_OFFSET)})"
    naive = _as_utc(f"try_cast({text} as timestamp)", zone)
    return f"case when strlen({text}) > 19 and {offset} then {aware} else {naive} end"


def _as_utc(naive: str, zone: str) -> str:
    return naive if zone == "UTC" else f"cast(timezone({literal(zone)}, {naive}) as timestamp)"


def _in_range(value: str, kind: str) -> str:
    """Infinities and years no business has are unreadable, not data."""
    return f"case when {value} between {kind} '1900-01-01' and {kind} '2199-12-31' then {value} end"


def _list(formats: list[str] | tuple[str, ...]) -> str:
    return "[" + ", ".join(literal(f) for f in formats) + "]"
