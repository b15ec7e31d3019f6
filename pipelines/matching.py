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
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from pipelines.errors import ActionableError
from pipelines.match_evidence import BLOCKS, EVIDENCE, LISTS

if TYPE_CHECKING:
    from splink import Linker

SAMPLE_SIZE = 1000  # people among whom coincidences are counted: half a million pairs
TRUST_AT = 10_000  # pairs; of as many, what is measured counts as much as what is given
LEAST_DUPLICATES = 0.05  # so many people more than there are, give or take, stand alone, at least
FOUND_BY_RULE = 0.8  # the share of them that bears one name at one postal code
LEAST_U = 1e-6  # where everybody agrees, as in a village of one postal code
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


def probable_pairs(people: duckdb.DuckDBPyRelation, session: duckdb.DuckDBPyConnection) -> pa.Table:
    """Pairs of `people` more likely one than not, as COLUMNS; `record_a` is the lesser.

    `people` has a row per person: `record_id`, `given_name`, `family_name`, `birth_date`, and lists
    or nulls `phones`, `postal_codes`, `email_names`. Splink works in a database of its own, within
    the limits of the session.
    """
    given = people.order("record_id").to_arrow_table()
    with _scratch(session) as scratch:
        if len(given) < 2:  # noqa: PLR2004 - a pair
            return pa.schema(COLUMNS).empty_table()
        settings = _settings(_measured(given, scratch), _expected(given, scratch))
        return _scored(given, settings, scratch)


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


def _linker(
    people: pa.Table, settings: dict[str, Any], scratch: duckdb.DuckDBPyConnection
) -> Linker:
    splink = _splink()
    frame = splink.DuckDBAPI(connection=scratch).register(people)
    linker: Linker = splink.Linker(frame, settings, log_level=None, validate_settings=False)
    return linker


def _measured(people: pa.Table, scratch: duckdb.DuckDBPyConnection) -> dict[str, list[float]]:
    """The u of each level among all pairs of a sample, which a hash of the records draws."""
    scratch.register("people", people)
    sample = scratch.execute(
        "select * from people order by md5(record_id), record_id limit $1", [SAMPLE_SIZE]
    ).to_arrow_table()
    scratch.unregister("people")
    linker = _linker(sample, _settings({}, LEAST_PROBABILITY), scratch)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=SAMPLE_SIZE**2, min_count_per_level=None, num_chunks=1
    )
    model = linker.misc.save_model_to_json()
    return {
        comparison["output_column_name"]: _trusted(comparison, sample)
        for comparison in model["comparisons"]
    }


def _trusted(comparison: dict[str, Any], sample: pa.Table) -> list[float]:
    """The u of a comparison's levels: of few pairs what is given, of many what is measured."""
    column, levels = EVIDENCE[comparison["output_column_name"]]
    known = len(sample) - sample[column].null_count
    trust = 1 / (1 + 2 * TRUST_AT / max(known * (known - 1), 1))
    told = comparison["comparison_levels"][1:-1]
    seen = [level.get("u_probability") or 0.0 for level in told]
    return [
        max(level.least_u, trust * u + (1 - trust) * level.least_u)
        for level, u in zip(levels, seen, strict=True)
    ]


def _expected(people: pa.Table, scratch: duckdb.DuckDBPyConnection) -> float:
    """How likely two people drawn by lot are one, by those of one name at one postal code."""
    scratch.register("people", people)
    found = scratch.execute("""
        select count(*) from people as l inner join people as r
            on l.given_name = r.given_name and l.family_name = r.family_name
            and l.record_id < r.record_id
        where len(list_intersect(l.postal_codes, r.postal_codes)) > 0
    """).fetchall()
    scratch.unregister("people")
    duplicates = max(int(found[0][0]) / FOUND_BY_RULE, LEAST_DUPLICATES * len(people))
    return min(LEAST_PROBABILITY, 2 * duplicates / (len(people) * (len(people) - 1)))


def _settings(measured: dict[str, list[float]], expected: float) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "probability_two_random_records_match": expected,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "comparisons": [_comparison(name, measured.get(name)) for name in EVIDENCE],
        "blocking_rules_to_generate_predictions": [_block(columns) for columns in BLOCKS],
    }


def _comparison(name: str, measured: list[float] | None) -> dict[str, Any]:
    column, levels = EVIDENCE[name]
    u = measured or [level.least_u for level in levels]
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
        "u_probability": max(1 - sum(u), LEAST_U),
    }
    return {"output_column_name": name, "comparison_levels": [null, *told, rest]}


def _block(columns: tuple[str, ...]) -> dict[str, Any]:
    exploded = [column for column in columns if column in LISTS]
    rule = " and ".join(f"l.{column} = r.{column}" for column in columns)
    return {"blocking_rule": rule, "arrays_to_explode": exploded or None, "sql_dialect": "duckdb"}


def _scored(
    people: pa.Table, settings: dict[str, Any], scratch: duckdb.DuckDBPyConnection
) -> pa.Table:
    linker = _linker(people, settings, scratch)
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
