"""A plot of lines on two logarithmic axes, as an SVG file that needs no library."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 60, 220, 20, 50  # margins; the right one holds the lines' names
COLOURS = ("#4e79a7", "#f28e2b", "#59a14f", "#b07aa1", "#76b7b2", "#333333")

Lines = Mapping[str, Mapping[int, float]]


def write_plot(path: Path, lines: Lines, x_title: str, y_title: str) -> None:
    """Draw each named line through its points; a slope of 1 is dashed, to compare with."""
    axes = _Axes(lines)
    drawn = "\n".join(
        [*axes.grid(x_title, y_title), axes.slope_of_one(lines), *_named_lines(lines, axes)]
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{drawn}\n</svg>\n',
        encoding="utf-8",
    )


class _Axes:
    """Where a point stands: whole powers of ten around all points."""

    def __init__(self, lines: Lines) -> None:
        xs = [x for points in lines.values() for x in points]
        ys = [y for points in lines.values() for y in points.values()]
        self._x, self._y = _powers(xs), _powers(ys)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Pixels from the upper left corner."""
        right = _share(x, self._x) * (WIDTH - LEFT - RIGHT)
        up = _share(y, self._y) * (HEIGHT - TOP - BOTTOM)
        return LEFT + right, HEIGHT - BOTTOM - up

    def grid(self, x_title: str, y_title: str) -> Iterator[str]:
        """A line and its number for each power of ten, and the titles."""
        for power in range(self._x[0], self._x[1] + 1):
            x, y = self.at(10.0**power, 10.0 ** self._y[0])
            yield _line([(x, y), (x, TOP)], "#dddddd")
            yield _text(x, y + 16, f"{10**power:,}", "middle")
        for power in range(self._y[0], self._y[1] + 1):
            x, y = self.at(10.0 ** self._x[0], 10.0**power)
            yield _line([(x, y), (WIDTH - RIGHT, y)], "#dddddd")
            yield _text(x - 6, y + 4, f"{10.0**power:,g}", "end")
        yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x_title, "middle")
        yield _text(8, TOP - 6, y_title)

    def slope_of_one(self, lines: Lines) -> str:
        """To the dearest line's last point, from where it would then begin."""
        points = max(lines.values(), key=lambda points: max(points.values()))
        first, last = min(points), max(points)
        begin = points[last] * first / last
        return _line([self.at(first, begin), self.at(last, points[last])], "#999999", dashed=True)


def _named_lines(lines: Lines, axes: _Axes) -> Iterator[str]:
    """Each line, its points, and its name in a list beside the plot."""
    for number, (name, points) in enumerate(lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = [axes.at(x, y) for x, y in points.items()]
        yield _line(places, colour)
        for x, y in places:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
        y = TOP + 14 + number * 20
        yield _line([(WIDTH - RIGHT + 15, y - 4), (WIDTH - RIGHT + 35, y - 4)], colour)
        yield _text(WIDTH - RIGHT + 42, y, name)


def _powers(values: list[float] | list[int]) -> tuple[int, int]:
    least, most = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return least, max(most, least + 1)


def _share(value: float, powers: tuple[int, int]) -> float:
    return (math.log10(value) - powers[0]) / (powers[1] - powers[0])


def _line(places: list[tuple[float, float]], colour: str, *, dashed: bool = False) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dashes = ' stroke-dasharray="4 4"' if dashed else ""
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
