"""The SQL that turns JSON documents into the rows and text cells of an export.

Documents stand in a relation `documents (document, _line)`. Level 0 is one row per document; each
array named in `Export.each` adds a level, one row per element. A column's path is looked up at the
row's own level, or one level up for each `^`. Each level is parsed once for all its columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.exports.declare import Column, Constant, Export, Keyed
from pipelines.sql_text import identifier, literal


def document_cells(export: Export, whole: bool) -> str:
    """A query of one text column per declared column, `_line` and `_belongs`.

    `whole`: the file is one JSON text, so `_line` is the number of the document in it.
    """
    depth = _depth(export)
    cells = [_cells(export, level) for level in range(depth + 1)]
    columns = ", ".join(f"{_cell(c, export)} as {identifier(c.name)}" for c in export.columns)
    line = "number_0" if whole else "_line"
    return (
        f"with {levels(export, whole)},\n"
        f"parsed as (select *, {', '.join([*cells, *_keyed_arrays(export)])} from level_{depth}),\n"
        f"cells as (select {', '.join(['*', *_keyed_elements(export)])} from parsed)\n"
        f"select {columns}, {line} as _line, {_belongs(export)} as _belongs, "
        "cast(null as varchar) as _totals_cell from cells"
    )


def row_count(export: Export, whole: bool) -> str:
    """A query of the number of rows: documents, or elements below them, before any typing."""
    return f"with {levels(export, whole)} select count(*) from level_{_depth(export)}"


def recognition(export: Export, whole: bool) -> str:
    """A query of whether some document has every field that no row of the export may lack."""
    needed = [_belongs(export), *(f"{field} is not null" for field in _document_fields(export))]
    return f"with {levels(export, whole)} select bool_or({' and '.join(needed)}) from level_0"


def levels(export: Export, whole: bool) -> str:
    """The CTEs `level_<n>`: `_line`, `element_0…n` and their numbers `number_0…n`, from 1."""
    ctes = [
        "texts as (select _line, document from documents where json_valid(document))",
        f"level_0 as ({_level_0(export, whole)})",
    ]
    for level, array in enumerate(export.arrays, start=1):
        elements = f"json_extract(element_{level - 1}, {literal(_json_path(array) + '[*]')})"
        ctes.append(
            f"level_{level} as (select *, unnest({elements}) as element_{level}, "
            f"generate_subscripts({elements}, 1) as number_{level} from level_{level - 1})"
        )
    return ",\n".join(ctes)


def _level_0(export: Export, whole: bool) -> str:
    """One row per document; a line that wraps nothing is one, which spares parsing it again."""
    if not (whole or export.wrappers):
        return "select _line, document as element_0, 1 as number_0 from texts"
    documents = _unwrapped(export.wrappers)
    return (
        f"select _line, unnest({documents}) as element_0, "
        f"generate_subscripts({documents}, 1) as number_0 from texts"
    )


def _unwrapped(wrappers: tuple[str, ...]) -> str:
    """The documents in a JSON text: an array's elements, its wrappers' content, or itself."""
    is_array = "when json_type(document) = 'ARRAY' then json_extract(document, '$[*]')"
    itself = "[cast(document as json)]"
    if not wrappers:
        return f"case {is_array} else {itself} end"
    contents = " || ".join(_content(_json_path(wrapper)) for wrapper in wrappers)
    is_response = "json_type(document, '$.\"id\"') is null"  # an order has refunds, and an id
    wrapped = f"when {is_response} and len({contents}) > 0 then {contents}"
    return f"case {is_array} {wrapped} else {itself} end"


def _content(path: str) -> str:
    """What a wrapper holds as a list: the elements of its array, or its one object."""
    kind = f"json_type(document, {literal(path)})"
    elements = f"json_extract(document, {literal(path + '[*]')})"
    single = f"[json_extract(document, {literal(path)})]"
    return f"case {kind} when 'ARRAY' then {elements} when 'OBJECT' then {single} else [] end"


def _document_fields(export: Export) -> Iterator[str]:
    for column in export.columns:
        paths = () if _is_given(column) else _paths(column)
        if column.filled and paths and _level(paths[0], export) == 0:
            fields = [f"json_extract_string(element_0, {literal(_json_path(p))})" for p in paths]
            yield f"coalesce({', '.join(fields)}, null)"


def _is_given(column: Column) -> bool:
    """Whether the column has a value when a document says none."""
    return isinstance(column.source, Constant) and column.source.value is not None


def _cells(export: Export, level: int) -> str:
    """Every path of one level in one parse: the list `cells_<level>`."""
    paths = ", ".join(literal(_json_path(path)) for path in _level_paths(export, level))
    texts = f"json_extract_string(element_{level}, [{paths}])" if paths else "null"
    return f"{texts} as cells_{level}"


def _cell(column: Column, export: Export) -> str:
    source = column.source
    if isinstance(source, Constant):
        return _constant(source, export)
    if isinstance(source, Keyed):
        return _keyed_cell(column, source)
    if source == "#":
        return f"cast(number_{_depth(export)} as varchar)"
    return f"coalesce({', '.join(_item(path, export) for path in _paths(column))}, null)"


def _constant(source: Constant, export: Export) -> str:
    value = "null" if source.value is None else literal(source.value)
    return f"coalesce({_item(source.unless, export)}, {value})" if source.unless else value


def _item(path: str, export: Export) -> str:
    level = _level(path, export)
    return f"cells_{level}[{_level_paths(export, level).index(path) + 1}]"


def _level_paths(export: Export, level: int) -> list[str]:
    paths = (path for column in export.columns for path in _paths(column))
    return list(dict.fromkeys(path for path in paths if _level(path, export) == level))


def _paths(column: Column) -> tuple[str, ...]:
    source = column.source.unless if isinstance(column.source, Constant) else column.source
    if source == "#" or not isinstance(source, (str, tuple)):
        return ()
    return (source,) if isinstance(source, str) else source


def _keyed(export: Export) -> dict[str, Keyed]:
    """The keyed sources by column name."""
    return {c.name: c.source for c in export.columns if isinstance(c.source, Keyed)}


def _keyed_arrays(export: Export) -> list[str]:
    """Each array of key-value objects, parsed once into structs for all its columns."""
    keyed = _keyed(export).values()
    return [
        f"json_transform(json_extract(element_{_level(path, export)}, "
        f"{literal(_json_path(path))}), {literal(_structure(path, keyed))}) "
        f"as {identifier('array ' + path)}"
        for path in dict.fromkeys(source.path for source in keyed)
    ]


def _structure(path: str, keyed: Iterable[Keyed]) -> str:
    """The fields that some column needs of an array's elements, in DuckDB's JSON words."""
    structure: dict[str, Any] = {}
    for source in keyed:
        if source.path == path:
            for dotted in (source.key, *source.values):
                *parents, leaf = dotted.split(".")
                level = structure
                for parent in parents:
                    level = level.setdefault(parent, {})
                level[leaf] = "VARCHAR"
    return json.dumps([structure])


def _keyed_elements(export: Export) -> list[str]:
    """The element that each keyed column looks for."""
    return [
        f"list_filter({identifier('array ' + source.path)}, lambda element: "
        f"{_field('element', source.key)} = {literal(source.equals)})[1] "
        f"as {identifier('element ' + name)}"
        for name, source in _keyed(export).items()
    ]


def _keyed_cell(column: Column, source: Keyed) -> str:
    element = identifier("element " + column.name)
    return f"coalesce({', '.join(_field(element, value) for value in source.values)}, null)"


def _field(struct: str, dotted: str) -> str:
    return ".".join([struct, *(identifier(step) for step in dotted.split("."))])


def _belongs(export: Export) -> str:
    if export.where is None:
        return "true"
    path, values = export.where
    field = f"json_extract_string(element_0, {literal(_json_path(path))})"
    if not values:
        return f"({field} is null)"
    return f"coalesce({field} in ({', '.join(literal(v) for v in values)}), false)"


def _depth(export: Export) -> int:
    return len(export.arrays)


def _level(path: str, export: Export) -> int:
    return _depth(export) - _steps_up(path)


def _steps_up(path: str) -> int:
    return len(path) - len(path.lstrip("^"))


def _json_path(dotted: str) -> str:
    """`^customer.default address` → `$."customer"."default address"`; a quoted path is one key."""
    path = dotted.lstrip("^")
    steps = [path.strip('"')] if path.startswith('"') else path.split(".")
    return "$" + "".join(f'."{step}"' for step in steps)
