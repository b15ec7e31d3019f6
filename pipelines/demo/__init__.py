"""A demo world: the exports of one made-up business in its vendors' formats, and the truth."""

from pipelines.demo.demo import DemoSummary, write_demo

__all__ = ["DemoSummary", "write_demo"]
