"""The curves of the vital signs: lines, names beside them, flags on single values."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from infusion_visits.core.drawing import (
    Anchor,
    Dot,
    Ground,
    Label,
    Lettering,
    Mark,
    Point,
    Polyline,
    Role,
    Triangle,
)
from infusion_visits.core.units import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.blocks import Chart, Flag, Series
    from infusion_visits.core.chart_plot import Plot

_DASH = (4.0, 2.4)


def _series_role(series: Series) -> Role:
    return Role.DANGER if series.flagged else Role.INK


def series_lines(chart: Chart, plot: Plot, ground: Ground) -> list[Mark]:
    marks: list[Mark] = []
    for series in chart.series:
        points = tuple((plot.x(at), plot.y(value)) for at, value in sorted(series.points))
        role = _series_role(series)
        if len(points) == 1:
            marks.append(Dot(*points[0], 1.8, role))
        if len(points) > 1:
            marks.append(Polyline(points, role, 1.3, _DASH if series.dashed else ()))
        ground.occupy(points)
    return marks


def series_names(chart: Chart, plot: Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
    """Each series is named near its end, above or below it, where the name hides nothing."""
    marks: list[Mark] = []
    for series in chart.series:
        if not series.points:
            continue
        points = [(plot.x(at), plot.y(value)) for at, value in sorted(series.points)]
        untold = series.dashed and "dashed" not in series.label
        name = f"{series.label} (dashed)" if untold else series.label
        choices = _beside_line(name, points, _series_role(series), plot, lettering)
        marks.append(ground.place(choices, lettering))
    return marks


def _beside_line(
    name: str, points: list[Point], role: Role, plot: Plot, lettering: Lettering
) -> Iterator[Label]:
    """Places for a name along its line: from the end backwards, above before below."""
    size, wide = lettering.size, lettering.width(name)
    found = 0
    right = max(points[-1][0], plot.left + wide)
    while right - wide >= plot.left and found < 200:
        first = bisect_left(points, right - wide, key=_across)
        last = bisect_right(points, right, key=_across)
        near = [y for _, y in points[first:last]]
        near += [_height_at(points, right - wide), _height_at(points, right)]
        for y in (min(near) - 0.45 * size, max(near) + 1.05 * size):
            yield Label(right, y, name, role, size, Anchor.END)
            found += 1
        right -= 0.75 * size
    if not found:
        yield Label(plot.left, points[-1][1] - 0.45 * size, name, role, size)


def _across(point: Point) -> float:
    return point[0]


def _height_at(points: list[Point], x: float) -> float:
    """The height of the line at `x`; level beyond its ends."""
    after = bisect_left(points, x, key=_across)
    if after == 0:
        return points[0][1]
    if after == len(points):
        return points[-1][1]
    (x1, y1), (x2, y2) = points[after - 1], points[after]
    return y1 + (y2 - y1) * (x - x1) / (x2 - x1)


def flag_marks(chart: Chart, plot: Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
    """A dot on the value, and its figure after a triangle where both can be read."""
    marks: list[Mark] = []
    size = lettering.size
    sign = 0.85 * size
    for flag in chart.flags:
        x, y = plot.x(flag.at), plot.y(flag.value)
        marks.append(Dot(x, y, 2.8, Role.DANGER))
        ground.taken.append((x - 2.8, y - 2.8, x + 2.8, y + 2.8))
    for flag in chart.flags:
        words = _flag_words(flag)
        wide = lettering.width(words, True) + sign + 0.3 * size
        boxes = _around(plot.x(flag.at), plot.y(flag.value), wide, size)
        left, base = min(
            boxes, key=lambda spot: ground.cost((spot[0], spot[1] - size, spot[0] + wide, spot[1]))
        )
        ground.taken.append((left, base - 0.8 * size, left + wide, base + 0.2 * size))
        marks.append(Triangle(left + sign / 2, base, sign, Role.DANGER))
        marks.append(Label(left + sign + 0.3 * size, base, words, Role.DANGER, size, strong=True))
    return marks


def _flag_words(flag: Flag) -> str:
    return flag.text.replace("\u25b2", "").strip() or plain_number(flag.value)


def _around(x: float, y: float, wide: float, size: float) -> list[Point]:
    """Places for a flag's figure around its dot: left ends and baselines, the best first."""
    gap = 5.0
    spots = []
    for far in (0.0, 1.0, 2.0, 3.0):
        shift = far * size
        spots += [
            (x - wide - gap, y - 0.2 * size - shift),
            (x + gap, y - 0.2 * size - shift),
            (x - wide - gap, y + 0.9 * size + shift),
            (x + gap, y + 0.9 * size + shift),
            (x - wide / 2, y - gap - shift),
            (x - wide / 2, y + gap + size + shift),
        ]
    return spots
