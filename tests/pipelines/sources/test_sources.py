from __future__ import annotations

from pathlib import Path

import pipelines.sources
from pipelines.sources import declared_exports

FOLDER = Path(pipelines.sources.__file__).parent


def test_a_module_that_declares_exports_is_a_vendor() -> None:
    declaring = {m.stem for m in FOLDER.glob("*.py") if "\nEXPORTS" in m.read_text()}

    assert declaring == {export.vendor for export in declared_exports()}
    assert {"shopify", "mapped", "web"} <= declaring


def test_an_export_reads_the_columns_of_its_raw_table_in_one_order() -> None:
    columns: dict[str, list[tuple[str, str]]] = {}
    for export in declared_exports():
        these: list[tuple[str, str]] = [(c.name, c.type.kind) for c in export.columns]
        assert columns.setdefault(export.table, these) == these, export.title


def test_no_column_of_a_raw_table_is_declared_twice() -> None:
    for export in declared_exports():
        names = [column.name for column in export.columns]
        assert len(names) == len(set(names)), export.title
