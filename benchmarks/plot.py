"""A plot of lines on two logarithmic axes, as an SVG file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import altair as alt
import pandas as pd

Lines = Mapping[str, Mapping[int, float]]


def write_plot(path: Path, lines: Lines, x_title: str, y_title: str) -> None:
    """Draw each named line through its points; a slope of 1 is dashed, to compare with."""
    x = alt.X("x:Q", title=x_title, axis=alt.Axis(format=",")).scale(type="log")
    y = alt.Y("y:Q", title=y_title, axis=alt.Axis(format=",")).scale(type="log")
    names = alt.Color("line:N", title=None, sort=list(lines))
    points = [(name, *point) for name, points in lines.items() for point in points.items()]
    drawn = alt.Chart(_rows(points)).mark_line(point=True).encode(x, y, names)
    compared = alt.Chart(_rows(_slope_of_one(lines))).mark_line(color="gray", strokeDash=[4, 4])
    (compared.encode(x, y) + drawn).properties(width=460, height=320).save(path)


def _slope_of_one(lines: Lines) -> list[tuple[str, int, float]]:
    """To the dearest line's last point, from where it would then begin."""
    points = max(lines.values(), key=lambda points: max(points.values()))
    first, last = min(points), max(points)
    return [("", first, points[last] * first / last), ("", last, points[last])]


def _rows(points: list[tuple[str, int, float]]) -> pd.DataFrame:
    return pd.DataFrame(points, columns=["line", "x", "y"])
