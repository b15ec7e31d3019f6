"""The marts as the dbt manifest declares them: what may be published, and what is personal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Treatment = Literal["plain", "hashed", "dropped"]

# Personal by their names, so that a model that forgets the tag leaks nothing; `personal: false` is
# the way to publish such a column as it is.
PERSONAL_NAMES = frozenset(
    {"email", "phone", "first_name", "last_name", "full_name", "birth_date", "identifier"}
    | {"street", "address", "postal_code", "ip_address", "user_agent"}
)

# Text of rejected rows is whole lines of source files, whatever a model's tags say.
NEVER_PUBLISHED = frozenset({("load_rejects", "text"), ("load_rejects", "rejected_text")})


@dataclass(frozen=True)
class MartColumn:
    """A column of a mart and how it leaves the building."""

    name: str
    description: str
    treatment: Treatment


@dataclass(frozen=True)
class Mart:
    """A table or view that dbt built for readers."""

    schema: str
    name: str
    description: str
    columns: tuple[MartColumn, ...]

    def treatment(self, column: str) -> Treatment:
        """How a column is published, documented or not."""
        documented = (c.treatment for c in self.columns if c.name == column)
        return next(documented, _treatment(self.name, column, None))


def declared_marts(manifest: Path) -> tuple[Mart, ...]:
    """Every enabled model below models/marts, by name."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    marts = [_mart(node) for node in nodes if is_mart(node)]
    return tuple(sorted(marts, key=lambda mart: mart.name))


def is_mart(node: dict[str, Any]) -> bool:
    """Whether a node of the manifest is a model below models/marts."""
    return node["resource_type"] == "model" and "marts" in node["fqn"][1:-1]


def _mart(node: dict[str, Any]) -> Mart:
    name = node["alias"]
    columns = tuple(_column(name, column) for column in node["columns"].values())
    return Mart(node["schema"], name, node["description"], columns)


def _column(mart: str, column: dict[str, Any]) -> MartColumn:
    """`meta: {personal: true}` is published as a hash, `meta: {personal: drop}` not at all."""
    name = column["name"]
    meta = {**column.get("meta", {}), **column.get("config", {}).get("meta", {})}
    return MartColumn(name, column["description"], _treatment(mart, name, meta.get("personal")))


def _treatment(mart: str, column: str, personal: object) -> Treatment:
    if personal is None:
        personal = column in PERSONAL_NAMES
    if (mart, column) in NEVER_PUBLISHED or personal == "drop":
        return "dropped"
    return "hashed" if personal else "plain"
