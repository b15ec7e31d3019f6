"""Pairs of people and how likely each is one person; built only with probabilistic_links."""

from __future__ import annotations

from typing import Any

from pipelines.matching import probable_pairs


def model(dbt: Any, session: Any) -> Any:  # noqa: ANN401 - dbt's own objects
    """dbt gives the people as a relation of DuckDB and keeps the table it gets."""
    return probable_pairs(dbt.ref("int_people_described"), session)
