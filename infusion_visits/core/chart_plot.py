"""The room of a chart: linear axes with round ticks, and where an instant and a figure stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.units import plain_number

if TYPE_CHECKING:
    from infusion_visits.core.blocks import Chart
    from infusion_visits.core.drawing import Lettering

_ROUND = (1.0, 2.0, 5.0, 10.0)
_MOST_TICKS = 6
_RATE_SHARE = 0.30


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
class Plot:
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


def plot_of(chart: Chart, width: float, height: float, lettering: Lettering) -> Plot:
    start, end = _span(chart)
    values = [float(value) for series in chart.series for _, value in series.points]
    values += [float(flag.value) for flag in chart.flags]
    ticks = round_ticks(min(values), max(values)) if values else ()
    steps = [*chart.rates, *chart.planned]
    fastest = max((float(step.ml_per_hour) for step in steps), default=0.0)
    size = lettering.size
    rate_ticks = round_ticks(0.0, fastest) if steps and not ticks else ()
    fastest = max([fastest, *rate_ticks])
    gutter = max([lettering.width(tick_words(tick)) for tick in (*ticks, *rate_ticks)], default=0.0)
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
    return Plot(
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


def tick_words(value: float) -> str:
    return plain_number(Decimal(str(value)))
