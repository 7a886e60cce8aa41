"""The vitals chart over the rate curve as marks: linear axes, round ticks, labels kept apart.

One time axis for both. Above it the vital signs, below them the rate of the infusion as steps,
with stretches (held, watched) behind both. Screen and paper draw the same marks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Chart, Flag, RateStep, Series
from infusion_visits.core.drawing import (
    Anchor,
    Dot,
    Ground,
    Label,
    Lettering,
    Line,
    Mark,
    Point,
    Polyline,
    Rectangle,
    Role,
    Triangle,
)
from infusion_visits.core.moments import show_time
from infusion_visits.core.time_axis import CALENDAR_FROM, calendar_labels, time_ticks
from infusion_visits.core.units import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROUND = (1.0, 2.0, 5.0, 10.0)
_MOST_TICKS = 6
_DASH = (4.0, 2.4)
_PLAN_DASH = (1.5, 2.0)
_RATE_SHARE = 0.30
_CLEAR = 2.0


def round_ticks(low: float, high: float, most: int = _MOST_TICKS) -> tuple[float, ...]:
    """Round figures (1, 2 or 5 times a power of ten apart) from at or below `low` to at or above
    `high`, at least two and at most `most`."""
    if high - low < 1e-6:
        low, high = low - 1, high + 1
    exponent = -3
    while True:
        for factor in _ROUND[:3]:
            step = factor * 10.0**exponent
            first = _floor(low / step)
            last = -_floor(-high / step)
            if last - first + 1 <= most:
                return tuple(round(step * count, 6) for count in range(first, last + 1))
        exponent += 1


def _floor(value: float) -> int:
    """The whole number at or below; a hair above one counts as it (0.1 is no exact fraction)."""
    nearest = round(value)
    return nearest if abs(value - nearest) < 1e-9 else int(value // 1)


@dataclass(frozen=True, slots=True)
class _Plot:
    """The room of the chart, and where an instant, a vital sign and a rate stand in it."""

    start: datetime
    end: datetime
    left: float
    right: float
    top: float
    vitals_bottom: float
    rate_top: float
    base: float
    ticks: tuple[float, ...]
    fastest: float
    rate_ticks: tuple[float, ...] = ()
    """Level lines of the rate, where no vital signs stand above it."""

    def x(self, at: datetime) -> float:
        share = (at - self.start) / (self.end - self.start)
        return self.left + share * (self.right - self.left)

    def y(self, value: Decimal | float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        share = (float(value) - low) / (high - low)
        return self.vitals_bottom - share * (self.vitals_bottom - self.top)

    def rate_y(self, rate: Decimal) -> float:
        return self.base - float(rate) / self.fastest * (self.base - self.rate_top)


def chart_marks(
    chart: Chart, width: float, height: float, lettering: Lettering | None = None
) -> tuple[Mark, ...]:
    """The marks of `chart` in a room of `width` by `height` points, backmost first.

    The title is not among them. No label of a flag is ever left out; a rate's figure is, where
    steps follow each other too closely (the table says it).
    """
    lettering = lettering or Lettering()
    plot = _plot(chart, width, height, lettering)
    ground = Ground((0.0, 0.0, width, height))
    behind = _stretches(chart, plot)
    axes = _axes(chart, plot, ground, lettering)
    curves = _rate_curves(chart, plot, ground)
    lines = _series_lines(chart, plot, ground)
    flags = _flags(chart, plot, ground, lettering)
    names = _stretch_names(chart, plot, ground, lettering)
    rates = _rate_figures(chart, plot, ground, lettering)
    series = _series_names(chart, plot, ground, lettering)
    told = (*names, *rates, *series, *flags)
    return (*behind, *_parted(axes, told, lettering), *curves, *lines, *told)


def _parted(axes: list[Mark], told: tuple[Mark, ...], lettering: Lettering) -> Iterator[Mark]:
    """The axes, each level line left open where words stand on it: no line strikes them out."""
    boxes = sorted(lettering.box(mark) for mark in told if isinstance(mark, Label))
    for mark in axes:
        if not isinstance(mark, Line) or mark.y1 != mark.y2:
            yield mark
            continue
        from_x = mark.x1
        for left, top, right, bottom in boxes:
            if top < mark.y1 < bottom and right > from_x and left < mark.x2:
                if left - _CLEAR > from_x:
                    yield replace(mark, x1=from_x, x2=left - _CLEAR)
                from_x = right + _CLEAR
        if from_x < mark.x2:
            yield replace(mark, x1=from_x)


def _plot(chart: Chart, width: float, height: float, lettering: Lettering) -> _Plot:
    start, end = _span(chart)
    values = [float(value) for series in chart.series for _, value in series.points]
    values += [float(flag.value) for flag in chart.flags]
    ticks = round_ticks(min(values), max(values)) if values else ()
    steps = [*chart.rates, *chart.planned]
    fastest = max((float(step.ml_per_hour) for step in steps), default=0.0)
    size = lettering.size
    rate_ticks = round_ticks(0.0, fastest) if steps and not ticks else ()
    fastest = max([fastest, *rate_ticks])
    gutter = max([lettering.width(_figure(tick)) for tick in (*ticks, *rate_ticks)], default=0.0)
    gutter = max(gutter, lettering.width("mL/h") if steps else 0.0) + 0.6 * size
    gutter = max(gutter, lettering.width("00:00") / 2)
    base = height - 1.7 * size
    top = 1.5 * size
    if not steps:
        vitals_bottom = base - 0.5 * size
        rate_top = base
    elif not ticks:
        vitals_bottom = top
        rate_top = top + 1.4 * size
    else:
        vitals_bottom = base - _RATE_SHARE * (base - top) - 1.6 * size
        rate_top = base - _RATE_SHARE * (base - top)
    right = width - lettering.width("00:00") / 2
    return _Plot(
        start,
        end,
        gutter,
        right,
        top,
        vitals_bottom,
        rate_top,
        base,
        ticks,
        fastest or 1.0,
        rate_ticks,
    )


def _span(chart: Chart) -> tuple[datetime, datetime]:
    """The chart's own span, widened so that no point falls outside it."""
    moments = [at for series in chart.series for at, _ in series.points]
    moments += [flag.at for flag in chart.flags] + [step.at for step in chart.rates]
    moments += [chart.start, chart.end] + [band.end for band in chart.bands]
    moments += [band.start for band in chart.bands] + [step.at for step in chart.planned]
    start, end = min(moments), max(moments)
    return start, end if end > start else start + timedelta(hours=1)


def _figure(value: float) -> str:
    return plain_number(Decimal(str(value)))


def _axes(chart: Chart, plot: _Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
    size = lettering.size
    marks: list[Mark] = []
    levels = [(tick, plot.y(tick)) for tick in plot.ticks]
    levels += [(tick, plot.rate_y(Decimal(str(tick)))) for tick in plot.rate_ticks]
    for tick, y in levels:
        marks.append(Line(plot.left, y, plot.right, y, Role.HAIR))
        label = Label(
            plot.left - 0.6 * size, y + 0.34 * size, _figure(tick), Role.QUIET, size, Anchor.END
        )
        marks.append(label)
        ground.taken.append(lettering.box(label))
    marks.append(Line(plot.left, plot.base, plot.right, plot.base, Role.HAIR, 0.8))
    room = plot.right - plot.left
    for at, words in _time_labels(plot, chart.zone, room, lettering):
        x = plot.x(at)
        marks.append(Line(x, plot.base, x, plot.base + 2.0, Role.LINE, 0.6))
        # A long label at an end of the axis moves inwards instead of being cut off.
        half = lettering.width(words) / 2
        middle = max(half, min(x, plot.right + lettering.width("00:00") / 2 - half))
        label = Label(middle, plot.base + 1.35 * size, words, Role.QUIET, size, Anchor.MIDDLE)
        marks.append(label)
        ground.taken.append(lettering.box(label))
    marks += [
        Line(plot.x(at), plot.base - 2.4, plot.x(at), plot.base, Role.LINE, 0.8)
        for at in chart.marks
    ]
    if chart.rates or chart.planned:
        middle = (plot.rate_top + plot.base) / 2 + 0.34 * size
        unit = Label(0.0, middle, "mL/h", Role.ACCENT, size)
        if plot.rate_ticks:
            unit = Label(0.0, plot.rate_top - 1.1 * size, "mL/h", Role.QUIET, size)
        marks.append(unit)
        ground.taken.append(lettering.box(unit))
    return [*marks, *_now(chart, plot, ground, lettering)]


def _now(chart: Chart, plot: _Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
    """The present as an upright line with its time, and when the plan ends."""
    marks: list[Mark] = []
    size = lettering.size
    if chart.now is not None and plot.start <= chart.now <= plot.end:
        x = plot.x(chart.now)
        marks.append(Line(x, 0.2 * size, x, plot.base, Role.FOCUS, 1.2))
        ground.occupy(((x, 0.2 * size), (x, plot.base)))
        words = f"now {show_time(chart.now, chart.zone)}"
        beside = Label(x + 0.5 * size, size, words, Role.FOCUS, size, strong=True)
        if lettering.box(beside)[2] > plot.right:
            beside = replace(beside, x=x - 0.5 * size, anchor=Anchor.END)
        marks.append(beside)
        ground.taken.append(lettering.box(beside))
    if plot.rate_ticks and len(chart.planned) > 1 and not chart.planned[-1].ml_per_hour:
        at = chart.planned[-1].at
        # An estimated end is shown rounded up to the minute, here as in words.
        words = f"planned end {show_time(at + timedelta(seconds=59), chart.zone)}"
        high = plot.rate_y(chart.planned[-2].ml_per_hour) - 0.45 * size
        ends = Label(plot.x(at), high, words, Role.QUIET, size, Anchor.END)
        if ground.free(lettering.box(ends)):
            marks.append(ends)
            ground.taken.append(lettering.box(ends))
    return marks


def _time_labels(
    plot: _Plot, zone: str, room: float, lettering: Lettering
) -> tuple[tuple[datetime, str], ...]:
    if plot.end - plot.start >= CALENDAR_FROM:
        most = max(2, int(room / (1.4 * lettering.width("Sep 2026"))))
        return calendar_labels(plot.start, plot.end, zone, most)
    most = max(2, int(room / (1.7 * lettering.width("00:00"))))
    ticks = time_ticks(plot.start, plot.end, zone, most)
    return tuple((at, show_time(at, zone)) for at in ticks)


def _stretches(chart: Chart, plot: _Plot) -> list[Mark]:
    return [
        Rectangle(
            plot.x(band.start),
            0.0,
            max(plot.x(band.end) - plot.x(band.start), 0.8),
            plot.base,
            Role.BAND,
        )
        for band in chart.bands
        if band.shaded
    ]


def _stretch_names(chart: Chart, plot: _Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
    """A shaded stretch is named at its top, another just above the time axis."""
    marks: list[Mark] = []
    for band in chart.bands:
        if not band.label:
            continue
        x = plot.x(band.start) + 0.5 * lettering.size
        above = [lettering.size * (0.95 + step) for step in (0.0, 1.1, 2.2)]
        below = [plot.base - lettering.size * (0.4 + step) for step in (0.0, 1.1, 2.2)]
        heights = [*above, *below] if band.shaded else [*below, *above]
        ends = x - lettering.size
        choices = [Label(x, y, band.label, Role.QUIET, lettering.size) for y in heights]
        choices += [
            Label(ends, y, band.label, Role.QUIET, lettering.size, Anchor.END) for y in heights
        ]
        marks.append(ground.place(choices, lettering))
    return marks


def _rate_points(steps: tuple[RateStep, ...], until: datetime, plot: _Plot) -> tuple[Point, ...]:
    """The stepped curve: up at each step, level until the next, down at the end."""
    points: list[Point] = [(plot.x(steps[0].at), plot.base)]
    for step, following in pairwise([*steps, RateStep(until, steps[-1].ml_per_hour)]):
        y = plot.rate_y(step.ml_per_hour)
        points.append((plot.x(step.at), y))
        points.append((plot.x(max(step.at, following.at)), y))
    while len(points) > 1 and points[-1][1] == plot.base and points[-2][1] == plot.base:
        points.pop()
    return tuple(points)


def _rate_curves(chart: Chart, plot: _Plot, ground: Ground) -> list[Mark]:
    marks: list[Mark] = []
    if chart.planned:
        points = _rate_points(chart.planned, plot.end, plot)
        marks.append(Polyline(points, Role.LINE, 1.0, _PLAN_DASH))
    if chart.rates:
        points = _rate_points(chart.rates, chart.now or plot.end, plot)
        marks.append(Polyline(points, Role.ACCENT, 1.8))
        ground.occupy(points)
    return marks


def _rate_figures(chart: Chart, plot: _Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
    marks: list[Mark] = []
    size = lettering.size
    for step in chart.rates:
        if not step.ml_per_hour:
            continue
        words = plain_number(step.ml_per_hour)
        x, y = plot.x(step.at), plot.rate_y(step.ml_per_hour)
        label = Label(x + 0.25 * size, y - 0.4 * size, words, Role.ACCENT, size)
        if not ground.free(lettering.box(label)):
            label = Label(x - 0.25 * size, y - 0.1 * size, words, Role.ACCENT, size, Anchor.END)
        if ground.free(lettering.box(label)):
            ground.taken.append(lettering.box(label))
            marks.append(label)
    return marks


def _series_role(series: Series) -> Role:
    return Role.DANGER if series.flagged else Role.INK


def _series_lines(chart: Chart, plot: _Plot, ground: Ground) -> list[Mark]:
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


def _series_names(chart: Chart, plot: _Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
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
    name: str, points: list[Point], role: Role, plot: _Plot, lettering: Lettering
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


def _flags(chart: Chart, plot: _Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
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
