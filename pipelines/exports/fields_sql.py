"""The SQL that looks up all fields of a JSON document in one parse.

The paths of one level become one structure that DuckDB transforms each document into. What a
structure cannot hold, the text of an object of which a field is wanted too, or two names that
differ in case alone, is extracted beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pipelines.exports.declare import Keyed
from pipelines.sql_text import identifier, literal

Structure = dict[str, Any]
TEXT = "VARCHAR"


class Fields:
    """The fields that some columns want of the documents in a column of JSON texts."""

    def __init__(self, document: str, paths: Iterable[str], keyed: Iterable[Keyed]) -> None:
        """`document`: the column's name; each path without its `^`."""
        self._document = document
        self._structure: Structure = {}
        self._beside: list[str] = []
        for source in keyed:
            self._hold_array(source)
        for path in sorted(dict.fromkeys(paths), key=lambda p: -len(steps(p))):
            if not _hold(self._structure, steps(path)):
                self._beside.append(path)

    def parsed(self) -> list[str]:
        """The columns to add beside the document, from which `field` and `array` read."""
        columns = []
        if self._structure:
            structure = literal(json.dumps(self._structure))
            columns.append(f"json_transform({self._document}, {structure}) as {self._struct}")
        if self._beside:
            paths = ", ".join(literal(json_path(path)) for path in self._beside)
            columns.append(f"json_extract_string({self._document}, [{paths}]) as {self._texts}")
        return columns

    def field(self, path: str) -> str:
        """The text of a field, null where a document lacks it."""
        if path in self._beside:
            return f"{self._texts}[{self._beside.index(path) + 1}]"
        return in_struct(self._struct, path)

    def array(self, path: str) -> str:
        """A keyed array as a list of structs, though its text may be wanted too."""
        return in_struct(self._struct, path)

    def _hold_array(self, source: Keyed) -> None:
        *parents, leaf = steps(source.path)
        level = self._structure
        for step in parents:
            level = level.setdefault(step, {})
        element = level.setdefault(leaf, [{}])[0]
        for path in (source.key, *source.values):
            _hold(element, steps(path))

    @property
    def _struct(self) -> str:
        return f"fields_{self._document}"

    @property
    def _texts(self) -> str:
        return f"texts_{self._document}"


def steps(dotted: str) -> list[str]:
    """`customer.default address` → its two keys; a quoted path is one key."""
    return [dotted.strip('"')] if dotted.startswith('"') else dotted.split(".")


def json_path(dotted: str) -> str:
    """`customer.default address` → `$."customer"."default address"`."""
    return "$" + "".join(f'."{step}"' for step in steps(dotted))


def in_struct(struct: str, dotted: str) -> str:
    """The field of a struct that a path leads to."""
    return ".".join([f"({struct})", *(identifier(step) for step in steps(dotted))])


def _hold(structure: Structure, path: list[str]) -> bool:
    """Make room for a text at a path, if every name on it is free or leads on."""
    step, *rest = path
    taken = next((name for name in structure if name.lower() == step.lower()), None)
    if taken is None:
        structure[step] = {} if rest else TEXT
    found = structure[step] if taken in (None, step) else None
    return _hold(found, rest) if rest and isinstance(found, dict) else taken is None
