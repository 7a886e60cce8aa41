"""A ladder walked over a volume. Pure.

Source: clinical reference 8.5: each step runs its minutes or until the volume is in.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infusion_visits.patients.facts import OrderStep

_MINUTES_PER_HOUR = Decimal(60)


@dataclass(frozen=True, slots=True)
class Course:
    """A ladder walked over the ordered volume; minutes and mL unrounded.

    `left_ml` is what the steps do not deliver (0 where they deliver all), `unreached` the number
    of steps that never begin because the volume is in before.
    """

    minutes: Decimal
    left_ml: Decimal
    unreached: int


def course(steps: tuple[OrderStep, ...], volume_ml: Decimal) -> Course:
    """Walks the ladder: each step runs its minutes or until the volume is in (reference 8.5)."""
    left, minutes, unreached = volume_ml, Decimal(0), 0
    for step in steps:
        if left <= 0:
            unreached += 1
            continue
        to_end = left * _MINUTES_PER_HOUR / step.ml_per_hour
        taken = to_end if step.minutes is None else min(Decimal(step.minutes), to_end)
        minutes += taken
        left = Decimal(0) if taken == to_end else left - step.ml_per_hour * taken / 60
    return Course(minutes, left, unreached)


def infused_after(steps: tuple[OrderStep, ...], minutes: Decimal) -> Decimal:
    """What the ladder has brought in after `minutes`, in mL; its last step goes on for ever."""
    infused, gone = Decimal(0), Decimal(0)
    for step in steps:
        span = minutes - gone
        if step.minutes is not None:
            span = min(span, Decimal(step.minutes))
        if span <= 0:
            break
        infused += step.ml_per_hour * span / _MINUTES_PER_HOUR
        gone += span
    return infused
