"""No tool reports home: the switch of each one, set before any of them is imported."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

SWITCHES = {
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "DBT_ENGINE_SEND_ANONYMOUS_USAGE_STATS": "false",
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "GX_ANALYTICS_ENABLED": "false",
}


def switch_off(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set every switch, whatever the caller's environment says."""
    environment.update(SWITCHES)
