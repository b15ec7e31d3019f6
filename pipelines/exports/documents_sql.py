"""The SQL that turns JSON documents into the rows and text cells of an export.

Documents stand in a relation `documents (document, _line)`. Level 0 is one row per document; each
array named in `Export.each` adds a level, one row per element. A column's path is looked up at the
row's own level, or one level up for each `^`. Each level is parsed once for all its columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.exports.declare import Column, Constant, Export, Keyed
from pipelines.exports.fields_sql import Fields, in_struct, json_path
from pipelines.sql_text import identifier, literal


def document_cells(export: Export, whole: bool) -> str:
    """A query of one text column per declared column, `_line` and `_belongs`.

    `whole`: the file is one JSON text, so `_line` is the number of the document in it.
    """
    depth = _depth(export)
    fields = [_fields(export, level) for level in range(depth + 1)]
    parsed = [column for level in fields for column in level.parsed()]
    lists = [column for source in _lists(export) for column in _keyed_lists(source, export, fields)]
    columns = ", ".join(
        f"{_cell(c, export, fields)} as {identifier(c.name)}" for c in export.columns
    )
    line = "number_0" if whole else "_line"
    return (
        f"with {levels(export, whole)},\n"
        f"parsed as (select {', '.join(['*', *parsed])} from level_{depth}),\n"
        f"cells as (select {', '.join(['*', *lists])} from parsed)\n"
        f"select {columns}, {line} as _line, {_belongs(export, fields)} as _belongs, "
        "cast(null as varchar) as _totals_cell from cells"
    )


def row_count(export: Export, whole: bool) -> str:
    """A query of the number of rows before any typing: documents, or elements below them.

    A text that is not JSON is a row too.
    """
    damaged = "(select count(*) from documents where not json_valid(document))"
    return f"with {levels(export, whole)} select count(*) + {damaged} from level_{_depth(export)}"


def recognition(export: Export, whole: bool) -> str:
    """A query of whether some document has every field that no row of the export may lack."""
    needed = [f"{fields} is not null" for fields in _document_fields(export)]
    if export.where:
        needed.append(_is_one_of(_at_once(export.where[0]), export.where[1]))
    needed += _marks(export, [_at_once(p) for p in _marking(export)])
    return (
        f"with {levels(export, whole)} "
        f"select bool_or({' and '.join(needed) or 'true'}) from level_0"
    )


def levels(export: Export, whole: bool) -> str:
    """The CTEs `level_<n>`: `_line`, `element_0…n` and their numbers `number_0…n`, from 1."""
    ctes = [
        "texts as (select _line, document from documents where json_valid(document))",
        *_level_0(export, whole),
    ]
    for level, array in enumerate(export.arrays, start=1):
        elements = f"json_extract(element_{level - 1}, {literal(json_path(array) + '[*]')})"
        ctes += [
            f"listed_{level} as (select *, {elements} as elements_{level} from level_{level - 1})",
            f"level_{level} as (select * exclude (elements_{level}), "
            f"unnest(elements_{level}) as element_{level}, "
            f"generate_subscripts(elements_{level}, 1) as number_{level} from listed_{level})",
        ]
    return ",\n".join(ctes)


def _level_0(export: Export, whole: bool) -> list[str]:
    """One row per document: the elements of an array, the content of wrappers, or the text itself.

    A line that wraps nothing is a document, which spares looking.
    """
    if not (whole or export.wrappers):
        return ["level_0 as (select _line, document as element_0, 1 as number_0 from texts)"]
    paths = [json_path(wrapper) for wrapper in export.wrappers]
    kinds = ", ".join(literal(path) for path in ("$", '$."id"', *paths))
    contents = " || ".join(_content(path, at) for at, path in enumerate(paths, start=3)) or "[]"
    return [
        f"known as (select *, json_type(document, [{kinds}]) as kinds from texts)",
        # an order has refunds, and an id: it is no response
        f"opened as (select *, case when kinds[1] = 'ARRAY' then {_elements('$')} "
        f"when kinds[2] is null then {contents} end as contents from known)",
        "listed as (select _line, case when kinds[1] = 'ARRAY' or len(contents) > 0 then contents "
        "else [document] end as documents from opened)",
        "level_0 as (select _line, unnest(documents) as element_0, "
        "generate_subscripts(documents, 1) as number_0 from listed)",
    ]


def _content(path: str, at: int) -> str:
    """What a wrapper holds as a list: the elements of its array, or its one object."""
    single = f"[json_extract_string(document, {literal(path)})]"
    return (
        f"case kinds[{at}] when 'ARRAY' then {_elements(path)} when 'OBJECT' then {single} "
        "else [] end"
    )


def _elements(path: str) -> str:
    return f"cast(json_extract(document, {literal(path + '[*]')}) as varchar[])"


def _document_fields(export: Export) -> Iterator[str]:
    for column in export.columns:
        paths = () if _is_given(column) else _paths(column)
        if column.filled and paths and _level(paths[0], export) == 0:
            yield f"coalesce({', '.join(_at_once(path) for path in paths)}, null)"


def _at_once(path: str) -> str:
    return f"json_extract_string(element_0, {literal(json_path(path.lstrip('^')))})"


def _is_given(column: Column) -> bool:
    """Whether the column has a value when a document says none."""
    return isinstance(column.source, Constant) and column.source.value is not None


def _fields(export: Export, level: int) -> Fields:
    """All that is looked up in the documents of one level."""
    paths = [path for column in export.columns for path in _paths(column)]
    if export.where:
        paths.append(_from_below(export.where[0], export))
    paths += [_from_below(path, export) for path in _marking(export)]
    return Fields(
        f"element_{level}",
        (path.lstrip("^") for path in paths if _level(path, export) == level),
        (source for source in _keyed(export) if _level(source.path, export) == level),
    )


def _cell(column: Column, export: Export, fields: list[Fields]) -> str:
    source = column.source
    if isinstance(source, Constant):
        value = "null" if source.value is None else literal(source.value)
        found = _item(source.unless, export, fields) if source.unless else "null"
        return f"coalesce({found}, {value})"
    if isinstance(source, Keyed):
        keys, values = _list_names(source)
        return f"{values}[list_position({keys}, {literal(source.equals)})]"
    if source == "#":
        return f"cast(number_{_depth(export)} as varchar)"
    return f"coalesce({', '.join(_item(path, export, fields) for path in _paths(column))}, null)"


def _item(path: str, export: Export, fields: list[Fields]) -> str:
    return fields[_level(path, export)].field(path.lstrip("^"))


def _paths(column: Column) -> tuple[str, ...]:
    source = column.source.unless if isinstance(column.source, Constant) else column.source
    if source == "#" or not isinstance(source, (str, tuple)):
        return ()
    return (source,) if isinstance(source, str) else source


def _keyed(export: Export) -> list[Keyed]:
    return [c.source for c in export.columns if isinstance(c.source, Keyed)]


def _lists(export: Export) -> list[Keyed]:
    """The sources of an export, those that differ in the key they look for alone as one."""
    return list({_list_names(source): source for source in _keyed(export)}.values())


def _keyed_lists(source: Keyed, export: Export, fields: list[Fields]) -> list[str]:
    """An array of key-value objects as two lists, its keys and its values."""
    array = fields[_level(source.path, export)].array(source.path.lstrip("^"))
    value = ", ".join(in_struct("element", path) for path in source.values)
    listed = (in_struct("element", source.key), f"coalesce({value}, null)")
    return [
        f"list_transform({array}, lambda element: {item}) as {name}"
        for item, name in zip(listed, _list_names(source), strict=True)
    ]


def _list_names(source: Keyed) -> tuple[str, str]:
    of = f"{source.key} {' '.join(source.values)} in {source.path}"
    return identifier(f"keys {of}"), identifier(f"values {of}")


def _belongs(export: Export, fields: list[Fields]) -> str:
    """Whether a row is of the export at all, and not of another kind in the same file."""
    tests = []
    if export.where:
        path, values = export.where
        tests.append(_is_one_of(_item(_from_below(path, export), export, fields), values))
    marks = [_item(_from_below(path, export), export, fields) for path in _marking(export)]
    tests += _marks(export, marks)
    return " and ".join(tests) or "true"


def _marking(export: Export) -> tuple[str, ...]:
    """The fields whose presence says of what kind a document is."""
    return (*export.excluded_by, *export.marked_by)


def _marks(export: Export, fields: list[str]) -> list[str]:
    """The tests on those fields, which stand in the order of `_marking`."""
    excluding, marking = fields[: len(export.excluded_by)], fields[len(export.excluded_by) :]
    tests = [f"coalesce({', '.join(excluding)}, null) is null"] if excluding else []
    return [*tests, *([f"coalesce({', '.join(marking)}, null) is not null"] if marking else [])]


def _is_one_of(field: str, values: tuple[str, ...]) -> str:
    if not values:
        return f"({field} is null)"
    return f"coalesce({field} in ({', '.join(literal(v) for v in values)}), false)"


def _from_below(path: str, export: Export) -> str:
    """A path into the outermost document, as the innermost element spells it."""
    return "^" * _depth(export) + path


def _depth(export: Export) -> int:
    return len(export.arrays)


def _level(path: str, export: Export) -> int:
    return _depth(export) - (len(path) - len(path.lstrip("^")))
