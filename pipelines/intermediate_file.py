"""The file that intermediate tables may be given, so that they do not stay in the warehouse.

They are most of a built warehouse, and every night makes them anew. `C360_INTERMEDIATE` names a
file for them: profiles.yml attaches it, `generate_database_name` sends the tables there, and a
night begins it anew and removes it before it publishes.
"""

from __future__ import annotations

import os
from pathlib import Path

from pipelines.errors import ActionableError

VARIABLE = "C360_INTERMEDIATE"


def remove_intermediate() -> None:
    """Take the file away, with the log that a killed writer left, when there is to be one.

    `ActionableError` when it cannot be where it is to be.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return
    if not Path(named).parent.is_dir():
        raise ActionableError(f"{VARIABLE} is {named}, but there is no such folder; make it first")
    for name in (named, f"{named}.wal"):
        Path(name).unlink(missing_ok=True)
