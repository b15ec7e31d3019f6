"""The dbt variables that a run may set, checked before dbt sees them: to dbt a variable is code."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from datetime import date

from pipelines.errors import ActionableError


class VariableError(ActionableError):
    """A value that no variable of that name can have."""


@dataclass(frozen=True)
class Variables:
    """What the user chooses for a run; what is None keeps the default in dbt_project.yml.

    as_of                the day the marts describe
    reporting_currency   ISO 4217 code of the money columns
    business_timezone    IANA name of the zone whose midnight separates business days
    """

    as_of: date | None = None
    reporting_currency: str | None = None
    business_timezone: str | None = None

    def __post_init__(self) -> None:
        """Raise VariableError, naming the value, before anything runs."""
        currency, zone = self.reporting_currency, self.business_timezone
        if currency is not None and not re.fullmatch("[A-Z]{3}", currency):
            raise VariableError(f"{currency!r} is no currency: give a code like EUR")
        if zone is not None and zone not in zoneinfo.available_timezones():
            raise VariableError(f"{zone!r} is no time zone: give a name like Europe/Stockholm")

    def for_dbt(self) -> dict[str, str]:
        """The variables that were chosen."""
        chosen = {
            "as_of": self.as_of and self.as_of.isoformat(),
            "reporting_currency": self.reporting_currency,
            "business_timezone": self.business_timezone,
        }
        return {name: value for name, value in chosen.items() if value}
