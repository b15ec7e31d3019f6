"""The two gates of a night."""

from __future__ import annotations

from pipelines.checks.arrived import arrived_suites
from pipelines.checks.declare import Gate
from pipelines.checks.judge import judge
from pipelines.checks.mart_suites import mart_suites
from pipelines.memory import connect_read_only
from pipelines.sql_text import literal
from pipelines.warehouse import Night, previous


def check_arrived(night: Night) -> Gate:
    """Is what landed tonight plausible?"""
    with connect_read_only(night.database) as connection:
        return judge(connection, arrived_suites(connection, night.run_id))


def check_marts(night: Night) -> Gate:
    """Are the marts plausible, by themselves and beside what the night before published?"""
    before = previous(night)
    with connect_read_only(night.database) as connection:
        if before is not None and before.published.exists():
            published = literal(str(before.published))
            connection.execute(f"attach {published} as last_night (read_only)")
        return judge(connection, mart_suites(connection))
