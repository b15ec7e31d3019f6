"""What is compared of two people, and how much each agreement tells of one person or of two."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """How far two values agree: a condition over both, m, the least u, a column of frequencies."""

    sql: str
    m: float
    least_u: float
    frequency_of: str | None = None


def _swapped(column: str) -> str:
    """Two neighbouring letters changed places, which seldom makes another name."""
    left, right = f"{column}_l", f"{column}_r"
    return f"damerau_levenshtein({left}, {right}) = 1 and levenshtein({left}, {right}) = 2"


def _one_letter(column: str) -> str:
    left, right = f"{column}_l", f"{column}_r"
    return (
        f"damerau_levenshtein({left}, {right}) = 1 and least(length({left}), length({right})) > 4"
    )


def _shared(column: str) -> str:
    return f"len(list_intersect({column}_l, {column}_r)) > 0"


NEAR_PHONE = """
    list_min(list_transform(phones_l, lambda left_phone: list_min(list_transform(
        phones_r, lambda right_phone: damerau_levenshtein(left_phone, right_phone)
    )))) <= 1
"""

# The best level first; what agrees on none is on level 0, what one of both lacks on -1
EVIDENCE: dict[str, tuple[str, tuple[Level, ...]]] = {
    "given_name": (
        "given_name",
        (
            Level("given_name_l = given_name_r", 0.90, 0.005, "given_name"),
            Level(_swapped("given_name"), 0.04, 0.0001),
            Level(_one_letter("given_name"), 0.04, 0.002),
        ),
    ),
    "family_name": (
        "family_name",
        (
            Level("family_name_l = family_name_r", 0.90, 0.003, "family_name"),
            Level(_swapped("family_name"), 0.03, 0.0001),
            Level(_one_letter("family_name"), 0.03, 0.002),
        ),
    ),
    "birth_date": ("birth_date", (Level("birth_date_l = birth_date_r", 0.97, 0.00005),)),
    "phone": (
        "phones",
        (Level(_shared("phones"), 0.60, 0.0001), Level(NEAR_PHONE, 0.10, 0.001)),
    ),
    "postal_code": ("postal_codes", (Level(_shared("postal_codes"), 0.85, 0.01),)),
    "email": ("email_names", (Level(_shared("email_names"), 0.15, 0.0005),)),
}
BLOCKS: tuple[tuple[str, ...], ...] = (
    ("phones",),
    ("email_names",),
    ("postal_codes", "given_name"),
    ("postal_codes", "family_name"),
    ("birth_date", "given_name"),
    ("birth_date", "family_name"),
)
LISTS = frozenset({"phones", "email_names", "postal_codes"})
