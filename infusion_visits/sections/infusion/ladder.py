"""The ladder of rates as ordered, walked over a volume: when each step begins and when it ends.

Source: clinical reference 8.5. Exact fractions throughout; only what is shown is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.units import half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import OrderStep

_MICROSECONDS_PER_MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class Rung:
    """One walked step: from `after` minutes on, for `minutes`, `ml` go in (None: not known)."""

    ml_per_hour: Decimal
    after: Fraction
    minutes: Fraction | None
    ml: Fraction | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The walked ladder. `minutes` None when the volume, and so the end, is not known."""

    rungs: tuple[Rung, ...]
    minutes: Fraction | None

    def starts(self, start: datetime) -> tuple[tuple[datetime, Decimal], ...]:
        """When each rate begins."""
        return tuple((after(start, rung.after), rung.ml_per_hour) for rung in self.rungs)

    def end(self, start: datetime) -> datetime | None:
        """When the volume is in; to the microsecond."""
        return None if self.minutes is None else after(start, self.minutes)


def walk(
    steps: Sequence[OrderStep],
    volume_ml: Decimal | Fraction | None,
    *,
    first_minutes: Fraction | None = None,
) -> Plan:
    """Walks `steps` over `volume_ml`: step time = min(step minutes, remaining mL / rate).

    `first_minutes` replaces the minutes of the first step (what is left of it). Where volume
    remains after a last step with minutes, its rate runs on until complete. Without a volume
    all steps are walked by their minutes, and the end is known only if none is open.
    """
    remaining = None if volume_ml is None else Fraction(volume_ml)
    rungs: list[Rung] = []
    clock = Fraction(0)
    for index, step in enumerate(steps):
        if remaining is not None and remaining <= 0:
            break
        last = index == len(steps) - 1
        rate = Fraction(step.ml_per_hour)
        asked = None if step.minutes is None else Fraction(step.minutes)
        if index == 0 and first_minutes is not None:
            asked = first_minutes
        minutes = _minutes(rate, asked, remaining, last=last)
        ml = None if minutes is None else rate * minutes / 60
        rungs.append(Rung(step.ml_per_hour, clock, minutes, ml))
        if minutes is None or ml is None:
            return Plan(tuple(rungs), None)
        clock += minutes
        remaining = None if remaining is None else remaining - ml
    known = remaining is None or remaining <= 0
    return Plan(tuple(rungs), clock if rungs and known else None)


def _minutes(
    rate: Fraction, asked: Fraction | None, remaining: Fraction | None, *, last: bool
) -> Fraction | None:
    if rate <= 0:
        return asked
    until_empty = None if remaining is None else remaining / rate * 60
    if until_empty is None:
        return asked
    if asked is None or last:
        return until_empty
    return min(asked, until_empty)


def after(start: datetime, minutes: Fraction) -> datetime:
    """`start` plus a fraction of minutes, to the microsecond."""
    return start + timedelta(microseconds=round(minutes * _MICROSECONDS_PER_MINUTE))


def minutes_between(start: datetime, end: datetime) -> Fraction:
    """The exact minutes from `start` to `end`."""
    return Fraction((end - start) // timedelta(microseconds=1), _MICROSECONDS_PER_MINUTE)


def shown_end(end: datetime) -> datetime:
    """An estimated end as it is shown: rounded up to the minute (clinical reference 8.5)."""
    whole = end.replace(second=0, microsecond=0)
    return whole if whole == end else whole + timedelta(minutes=1)


def as_decimal(value: Fraction, decimals: int = 1) -> Decimal:
    """A fraction rounded half up to `decimals`."""
    return half_up(Decimal(value.numerator) / Decimal(value.denominator), decimals)
