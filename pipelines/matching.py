"""Who is probably the same person, by Splink: pairs of people and how likely each is one.

Splink weighs evidence as Fellegi and Sunter (1969) do: m is how often two records of one person
agree so far, u how often two of different people do. The m are given, for nothing tells them before
people are matched; u is measured on the data, so that a common name counts for little, and is never
taken for less than the one given: small data show no coincidence. The same people give the same
probabilities, in any order and on any number of threads.

Only this module needs Splink, and only while it runs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from pipelines.errors import ActionableError

if TYPE_CHECKING:
    from splink import Linker

SAMPLE_SIZE = 1000  # people among whom coincidences are counted: half a million pairs
DUPLICATES_PER_PERSON = 0.05  # so many others of a person's records, give or take, stand alone
LEAST_PROBABILITY = 0.5  # less likely pairs are not told
PLACES = 6
OFF = logging.CRITICAL + 1
SETTINGS = ("threads", "memory_limit", "temp_directory")
COLUMNS = (
    ("record_a", pa.string()),
    ("record_b", pa.string()),
    ("match_probability", pa.float64()),
    ("given_name_level", pa.int32()),
    ("family_name_level", pa.int32()),
    ("birth_date_level", pa.int32()),
    ("phone_level", pa.int32()),
    ("postal_code_level", pa.int32()),
    ("email_level", pa.int32()),
)


@dataclass(frozen=True)
class Level:
    """How far two values agree: a condition over both, m, the least u, a column of frequencies."""

    sql: str
    m: float
    least_u: float
    frequency_of: str | None = None


def _swapped(column: str) -> str:
    """Two neighbouring letters changed places, which seldom makes another name."""
    left, right = f"{column}_l", f"{column}_r"
    return f"damerau_levenshtein({left}, {right}) = 1 and levenshtein({left}, {right}) = 2"


def _one_letter(column: str) -> str:
    left, right = f"{column}_l", f"{column}_r"
    return f"damerau_levenshtein({left}, {right}) = 1 and least(length({left}), length({right})) > 4"


def _shared(column: str) -> str:
    return f"len(list_intersect({column}_l, {column}_r)) > 0"


NEAR_PHONE = """
    list_min(list_transform(phones_l, lambda left_phone: list_min(list_transform(
        phones_r, lambda right_phone: damerau_levenshtein(left_phone, right_phone)
    )))) <= 1
"""

# The best level first; what agrees on none is on level 0, what one of both lacks on -1
EVIDENCE: dict[str, tuple[str, tuple[Level, ...]]] = {
    "given_name": (
        "given_name",
        (
            Level("given_name_l = given_name_r", 0.90, 0.005, "given_name"),
            Level(_swapped("given_name"), 0.04, 0.0001),
            Level(_one_letter("given_name"), 0.04, 0.002),
        ),
    ),
    "family_name": (
        "family_name",
        (
            Level("family_name_l = family_name_r", 0.90, 0.003, "family_name"),
            Level(_swapped("family_name"), 0.03, 0.0001),
            Level(_one_letter("family_name"), 0.03, 0.002),
        ),
    ),
    "birth_date": ("birth_date", (Level("birth_date_l = birth_date_r", 0.97, 0.00005),)),
    "phone": (
        "phones",
        (Level(_shared("phones"), 0.60, 0.0001), Level(NEAR_PHONE, 0.10, 0.001)),
    ),
    "postal_code": ("postal_codes", (Level(_shared("postal_codes"), 0.85, 0.01),)),
    "email": ("email_names", (Level(_shared("email_names"), 0.15, 0.0005),)),
}
BLOCKS: tuple[tuple[str, ...], ...] = (
    ("phones",),
    ("email_names",),
    ("postal_codes", "given_name"),
    ("postal_codes", "family_name"),
    ("birth_date", "given_name"),
    ("birth_date", "family_name"),
)
LISTS = frozenset({"phones", "email_names", "postal_codes"})


def probable_pairs(people: duckdb.DuckDBPyRelation, session: duckdb.DuckDBPyConnection) -> pa.Table:
    """Pairs of `people` more likely one than not, as COLUMNS; `record_a` is the lesser.

    `people` has a row per person: `record_id`, `given_name`, `family_name`, `birth_date`, and lists
    or nulls `phones`, `postal_codes`, `email_names`. Splink works in a database of its own, with the
    limits of the session.
    """
    given = people.order("record_id").to_arrow_table()
    with _scratch(session) as scratch:
        if len(given) < 2:  # noqa: PLR2004 - a pair
            return pa.schema(COLUMNS).empty_table()
        return _scored(given, _measured(given, scratch), scratch)


@contextmanager
def _scratch(session: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that spills where the session does, and says nothing."""
    _splink()
    with duckdb.connect() as scratch:
        for name in SETTINGS:
            (value,) = session.execute(f"select current_setting('{name}')").fetchall()[0]
            if value:
                scratch.execute(f"set {name} = '{value}'")
        scratch.execute("set enable_progress_bar = false")
        yield scratch


def _splink() -> Any:  # noqa: ANN401 - a module that is not always installed
    try:
        import splink  # noqa: PLC0415 - an extra of the project
    except ImportError as error:
        raise ActionableError(
            "probabilistic_links is on and Splink is not installed: "
            "pip install 'customer360[probabilistic]', or set the variable to false"
        ) from error
    logging.getLogger("splink").setLevel(OFF)
    return splink


def _linker(people: pa.Table, settings: dict[str, Any], scratch: duckdb.DuckDBPyConnection) -> Linker:
    splink = _splink()
    frame = splink.DuckDBAPI(connection=scratch).register(people)
    return splink.Linker(frame, settings, log_level=None, validate_settings=False)


def _measured(people: pa.Table, scratch: duckdb.DuckDBPyConnection) -> dict[str, list[float]]:
    """The u of each level among all pairs of a sample, which a hash of the records draws."""
    scratch.register("people", people)
    sample = scratch.execute(
        "select * from people order by md5(record_id), record_id limit $1", [SAMPLE_SIZE]
    ).to_arrow_table()
    scratch.unregister("people")
    linker = _linker(sample, _settings({}, len(sample)), scratch)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=SAMPLE_SIZE**2, min_count_per_level=None, num_chunks=1
    )
    return {
        comparison["output_column_name"]: [
            level.get("u_probability") or 0.0
            for level in comparison["comparison_levels"]
            if not level.get("is_null_level")
        ]
        for comparison in linker.misc.save_model_to_json()["comparisons"]
    }


def _settings(measured: dict[str, list[float]], people_count: int) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "probability_two_random_records_match": min(
            0.5, 2 * DUPLICATES_PER_PERSON / max(people_count - 1, 1)
        ),
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "comparisons": [_comparison(name, measured.get(name)) for name in EVIDENCE],
        "blocking_rules_to_generate_predictions": [_block(columns) for columns in BLOCKS],
    }


def _comparison(name: str, measured: list[float] | None) -> dict[str, Any]:
    column, levels = EVIDENCE[name]
    found = measured or [0.0] * len(levels)
    u = [max(level.least_u, seen) for level, seen in zip(levels, found, strict=False)]
    told = [
        {
            "sql_condition": level.sql,
            "label_for_charts": f"{name} {len(levels) - place}",
            "m_probability": level.m,
            "u_probability": u[place],
            "tf_adjustment_column": level.frequency_of,
            "tf_minimum_u_value": level.least_u if level.frequency_of else 0.0,
        }
        for place, level in enumerate(levels)
    ]
    null = {"sql_condition": f"{column}_l is null or {column}_r is null", "is_null_level": True}
    rest = {
        "sql_condition": "else",
        "m_probability": 1 - sum(level.m for level in levels),
        "u_probability": 1 - sum(u),
    }
    return {"output_column_name": name, "comparison_levels": [null, *told, rest]}


def _block(columns: tuple[str, ...]) -> dict[str, Any]:
    exploded = [column for column in columns if column in LISTS]
    rule = " and ".join(f"l.{column} = r.{column}" for column in columns)
    return {"blocking_rule": rule, "arrays_to_explode": exploded or None, "sql_dialect": "duckdb"}


def _scored(
    people: pa.Table, measured: dict[str, list[float]], scratch: duckdb.DuckDBPyConnection
) -> pa.Table:
    linker = _linker(people, _settings(measured, len(people)), scratch)
    scored = linker.inference.predict(warning_mode="never").physical_name
    levels = ", ".join(
        f"cast(gamma_{name.removesuffix('_level')} as integer) as {name}" for name, _ in COLUMNS[3:]
    )
    return scratch.execute(f"""
        select
            least(record_id_l, record_id_r) as record_a,
            greatest(record_id_l, record_id_r) as record_b,
            round(match_probability, {PLACES}) as match_probability,
            {levels}
        from {scored}
        where match_probability >= {LEAST_PROBABILITY}
        order by record_a, record_b
    """).to_arrow_table()
