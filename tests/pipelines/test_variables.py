"""What a run may tell dbt."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.variables import VariableError, Variables


def test_only_what_was_chosen_is_passed_on() -> None:
    assert Variables().for_dbt() == {}
    assert Variables(date(2026, 1, 31), "GBP", "Europe/London").for_dbt() == {
        "as_of": "2026-01-31",
        "reporting_currency": "GBP",
        "business_timezone": "Europe/London",
    }


@pytest.mark.parametrize(
    ("currency", "zone", "sentence"),
    [
        ("euro", None, "'euro' is no currency"),
        ("EUR' union", None, "is no currency"),
        (None, "Mars/Olympus", "'Mars/Olympus' is no time zone"),
    ],
)
def test_a_value_that_is_none_is_refused(
    currency: str | None, zone: str | None, sentence: str
) -> None:
    with pytest.raises(VariableError, match=sentence):
        Variables(None, currency, zone)
