"""What a time axis is labelled with: the clock at the home, or days, months and years.

The chart of one visit is labelled by the clock; over months a clock says nothing.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from infusion_visits.core.clock import instant_of, local, local_day
from infusion_visits.core.moments import show_day

CALENDAR_FROM = timedelta(days=3)
"""Charts that span less are labelled by the clock."""

_TIME_STEPS = (5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880)
"""Minutes between two labels of the time axis."""

_MONTHS = (1, 2, 3, 4, 6)
_YEARS = (1, 2, 5, 10, 20, 50)
_DAYS = (1, 2, 7, 14)


def time_ticks(start: datetime, end: datetime, zone: str, most: int) -> tuple[datetime, ...]:
    """Round wall times of the home from `start` to `end`, both included, at most `most`."""
    offset = local(start, zone).utcoffset() or timedelta()
    day = datetime.combine(local(start, zone).date(), datetime.min.time(), start.tzinfo)
    midnight = day - offset
    for minutes in _TIME_STEPS:
        step = timedelta(minutes=minutes)
        count = -((midnight - start) // step)
        ticks: list[datetime] = []
        at = midnight + count * step
        while at <= end and len(ticks) <= most:
            ticks.append(at)
            at += step
        if len(ticks) <= most:
            return tuple(ticks)
    return (start,)


def calendar_labels(
    start: datetime, end: datetime, zone: str, most: int
) -> tuple[tuple[datetime, str], ...]:
    """Round days from `start` to `end` with their words, at most `most` (at least two of room).

    Days where they fit, else firsts of months, else first days of years. Where none of these
    lies between, the first and the last day themselves are named.
    """
    first, last = local_day(start, zone), local_day(end, zone)
    for days in (*_by_days(first, last), *_by_months(first, last)):
        inside = [
            (at, words)
            for day, words in days[: most + 2]
            if start <= (at := instant_of(datetime.combine(day, time()), zone)) <= end
        ]
        if 2 <= len(inside) <= most:
            return tuple(inside)
    return ((start, show_day(first)), (end, show_day(last)))


def _by_days(first: date, last: date) -> list[list[tuple[date, str]]]:
    length = (last - first).days
    found = []
    for step in _DAYS:
        if length / step > 400:
            continue
        days = [first + timedelta(days=ahead) for ahead in range(0, length + 1, step)]
        found.append([(day, _day_words(day)) for day in days])
    return found


def _by_months(first: date, last: date) -> list[list[tuple[date, str]]]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    found = []
    for step in _MONTHS:
        days = [date(at // 12, at % 12 + 1, 1) for at in months if at % 12 % step == 0]
        found.append([(day, _day_words(day).partition(" ")[2] + f" {day.year}") for day in days])
    for step in _YEARS:
        years = [year for year in range(first.year, last.year + 1) if year % step == 0]
        found.append([(date(year, 1, 1), str(year)) for year in years])
    return found


def _day_words(day: date) -> str:
    return show_day(day).rpartition(" ")[0]
