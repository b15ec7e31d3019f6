"""One module a vendor: its exports declared as data."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pipelines.exports.declare import Export


def declared_exports() -> tuple[Export, ...]:
    """Every export of every vendor; within a vendor, the more exact ones first.

    A module of this package with `EXPORTS` in it is a vendor: there is no list to add it to.
    """
    names = sorted(module.name for module in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return tuple(export for module in modules for export in getattr(module, "EXPORTS", ()))
