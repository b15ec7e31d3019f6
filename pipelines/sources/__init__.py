"""One module a vendor: its exports declared as data."""

from __future__ import annotations

from importlib import import_module

from pipelines.exports.declare import Export

VENDORS = (
    "shopify",
    "mapped",
    "google_ads",
    "meta_ads",
    "marketo",
    "klaviyo",
    "web",
    "exchange_rates",
)


def declared_exports() -> tuple[Export, ...]:
    """Every export of every vendor; within a vendor, the more exact ones first."""
    modules = (import_module(f"{__name__}.{vendor}") for vendor in VENDORS)
    return tuple(export for module in modules for export in module.EXPORTS)
