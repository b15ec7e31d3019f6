"""A warehouse that grows night by night, and the same made anew, by the project's own models.

Rows go straight into raw tables that the loader created, one file after another, as landing would
leave them; turns at browsers stand in a table of their own, in place of identity's models.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.deliveries import write_deliveries
from pipelines.landing import land_rows
from pipelines.sources.web import EXPORTS
from tests.project.incremental.dbt_process import DATABASE, DbtProcess
from tests.project.incremental.world import Event, File, World
from tests.project.night.nights import PROJECT, Differences, differences, replace

WEB = "models/intermediate/web"
COPIED = (
    "dbt_project.yml",
    "profiles.yml",
    "macros",
    "models/staging/operations/_operations__sources.yml",
    "models/staging/operations/stg_operations__deliveries.sql",
    "models/staging/web/_web__sources.yml",
    *(f"models/staging/web/stg_web__{tracker}_events.sql" for tracker in ("segment", "ga4")),
    *(str(path.relative_to(PROJECT)) for path in sorted((PROJECT / WEB).glob("*.sql"))),
    "models/intermediate/engagement/int_sessions_counted.sql",
    "models/intermediate/engagement/int_sessions_aggregated.sql",
    "models/intermediate/identity/int_web_tokens_observed.sql",
    "seeds/web_event_kinds.csv",
    "seeds/web_trackers.csv",
)
TURNS = "models/intermediate/identity/int_cookie_spells.sql"
GROWN = ("stg_web__segment_events", "stg_web__ga4_events", "int_web_events_sessionized")
SCHEMAS = ("staging", "intermediate")
EPOCH = datetime(1970, 1, 1)


class Grown:
    """The scratch project in a folder, with a warehouse that has a past."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "grown" / DATABASE
        self.anew = folder / "anew" / DATABASE
        for path in (self.database, self.anew, folder / "landing" / "empty"):
            path.parent.mkdir()
        _copy_project(folder)
        list(land_rows([], EXPORTS, self.database, folder / "landing"))
        write_deliveries([], [], self.database)
        self._execute("create schema night")
        self._execute(
            "create table night.turns (anonymous_id text, spell_number bigint, "
            "starts_at timestamp, ends_at timestamp)"
        )
        self._dbt = DbtProcess(folder, folder / "dbt.log")
        self._dbt.run(self.database, "seed")

    def change(self, path: str, old: str, new: str) -> None:
        """Change a text of the project, and have dbt read it again."""
        replace(self.folder / path, old, new)
        self.close()
        self._dbt = DbtProcess(self.folder, self.folder / "dbt.log")

    def close(self) -> None:
        """Let dbt's process end."""
        self._dbt.close()

    def land(self, world: World) -> None:
        """Tonight's files and erasures of a world, and the turns as they are known now."""
        with duckdb.connect(str(self.database)) as connection:
            for visitor in world.erased:
                for table, column in (("segment", "anonymous_id"), ("ga4", "user_pseudo_id")):
                    sql = f"delete from raw_web.{table}_events where {column} = ?"
                    connection.execute(sql, [visitor])
            for file in world.files:
                for line, event in enumerate(file.events, 1):
                    _insert(connection, f"raw_web.{event.tracker}_events", _row(file, line, event))
            connection.execute("delete from night.turns")
            for turn in (turn for turns in world.turns.values() for turn in turns):
                values = [turn.visitor, turn.number, turn.starts_at, turn.ends_at]
                connection.execute("insert into night.turns values (?, ?, ?, ?)", values)

    def build(self, *options: str) -> set[str]:
        """Run the models on what there is; the incremental ones that were added to."""
        ran = self._dbt.run(self.database, "run", *options)
        return {name for name in GROWN if ran[name].added_to}

    def differences_from_anew(self, *options: str) -> Differences:
        """The tables in which the warehouse differs from one built of the same raw tables anew."""
        shutil.copyfile(self.database, self.anew)
        self._dbt.run(self.anew, "run", "--full-refresh", *options)
        pairs = (differences(self.database, self.anew, schema) for schema in SCHEMAS)
        return {table: counts for found in pairs for table, counts in found.items()}

    def _execute(self, sql: str) -> None:
        with duckdb.connect(str(self.database)) as connection:
            connection.execute(sql)


def _copy_project(folder: Path) -> None:
    for name in COPIED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile
        copy(PROJECT / name, folder / name)
    (folder / TURNS).write_text("select * from night.turns")


def _row(file: File, line: int, event: Event) -> dict[str, Any]:
    stamp = {"_file_id": file.file_id, "_line": line, "_exported_at": file.exported_at}
    if event.tracker == "segment":
        return stamp | {
            "message_id": event.message,
            "anonymous_id": event.visitor,
            "user_id": event.user,
            "event_type": "page" if event.name == "page" else "track",
            "event": None if event.name == "page" else event.name,
            "page_url": event.page,
            "user_agent": event.agent,
            "occurred_at": event.occurred_at,
        }
    return stamp | {
        "user_pseudo_id": event.visitor,
        "user_id": event.user,
        "event_name": event.name,
        "ga_session_id": event.message,
        "event_timestamp": (event.occurred_at - EPOCH).total_seconds() * 1_000_000,
        "page_location": event.page,
        "occurred_at": event.occurred_at,
    }


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    connection.execute(f"insert into {table} ({columns}) values ({marks})", list(row.values()))
