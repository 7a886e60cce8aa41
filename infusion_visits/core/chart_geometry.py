"""The vitals chart over the rate curve as marks: linear axes, round ticks, labels kept apart.

One time axis for both. Above it the vital signs, below them the rate of the infusion as steps,
with stretches (held, watched) behind both. Screen and paper draw the same marks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Chart, RateStep
from infusion_visits.core.chart_plot import Plot, plot_of, tick_words
from infusion_visits.core.chart_series import flag_marks, series_lines, series_names
from infusion_visits.core.drawing import (
    Anchor,
    Ground,
    Label,
    Lettering,
    Line,
    Mark,
    Point,
    Polyline,
    Rectangle,
    Role,
)
from infusion_visits.core.moments import show_time
from infusion_visits.core.time_axis import CALENDAR_FROM, calendar_labels, time_ticks
from infusion_visits.core.units import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAN_DASH = (1.5, 2.0)
_CLEAR = 2.0


def chart_marks(
    chart: Chart, width: float, height: float, lettering: Lettering | None = None
) -> tuple[Mark, ...]:
    """The marks of `chart` in a room of `width` by `height` points, backmost first.

    The title is not among them. No label of a flag is ever left out; a rate's figure is, where
    steps follow each other too closely (the table says it).
    """
    lettering = lettering or Lettering()
    plot = plot_of(chart, width, height, lettering)
    ground = Ground((0.0, 0.0, width, height))
    behind = _stretches(chart, plot)
    axes = _axes(chart, plot, ground, lettering)
    curves = _rate_curves(chart, plot, ground)
    lines = series_lines(chart, plot, ground)
    flags = flag_marks(chart, plot, ground, lettering)
    names = _stretch_names(chart, plot, ground, lettering)
    rates = _rate_figures(chart, plot, ground, lettering)
    series = series_names(chart, plot, ground, lettering)
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


def _axes(chart: Chart, plot: Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
    size = lettering.size
    marks: list[Mark] = []
    levels = [(tick, plot.y(tick)) for tick in plot.ticks]
    levels += [(tick, plot.rate_y(Decimal(str(tick)))) for tick in plot.rate_ticks]
    for tick, y in levels:
        marks.append(Line(plot.left, y, plot.right, y, Role.HAIR))
        label = Label(
            plot.left - 0.6 * size,
            y + 0.34 * size,
            tick_words(tick),
            Role.QUIET,
            size,
            Anchor.END,
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


def _now(chart: Chart, plot: Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
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
    plot: Plot, zone: str, room: float, lettering: Lettering
) -> tuple[tuple[datetime, str], ...]:
    if plot.end - plot.start >= CALENDAR_FROM:
        most = max(2, int(room / (1.4 * lettering.width("Sep 2026"))))
        return calendar_labels(plot.start, plot.end, zone, most)
    most = max(2, int(room / (1.7 * lettering.width("00:00"))))
    ticks = time_ticks(plot.start, plot.end, zone, most)
    return tuple((at, show_time(at, zone)) for at in ticks)


def _stretches(chart: Chart, plot: Plot) -> list[Mark]:
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


def _stretch_names(chart: Chart, plot: Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
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


def _rate_points(steps: tuple[RateStep, ...], until: datetime, plot: Plot) -> tuple[Point, ...]:
    """The stepped curve: up at each step, level until the next, down at the end."""
    points: list[Point] = [(plot.x(steps[0].at), plot.base)]
    for step, following in pairwise([*steps, RateStep(until, steps[-1].ml_per_hour)]):
        y = plot.rate_y(step.ml_per_hour)
        points.append((plot.x(step.at), y))
        points.append((plot.x(max(step.at, following.at)), y))
    while len(points) > 1 and points[-1][1] == plot.base and points[-2][1] == plot.base:
        points.pop()
    return tuple(points)


def _rate_curves(chart: Chart, plot: Plot, ground: Ground) -> list[Mark]:
    marks: list[Mark] = []
    if chart.planned:
        points = _rate_points(chart.planned, plot.end, plot)
        marks.append(Polyline(points, Role.LINE, 1.0, _PLAN_DASH))
    if chart.rates:
        points = _rate_points(chart.rates, chart.now or plot.end, plot)
        marks.append(Polyline(points, Role.ACCENT, 1.8))
        ground.occupy(points)
    return marks


def _rate_figures(chart: Chart, plot: Plot, ground: Ground, lettering: Lettering) -> list[Mark]:
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
