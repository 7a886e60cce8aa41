"""The first plan beside what was done and what is to come: `planned 10:30, now 10:41`.

Source: clinical reference 8.5, 11.11 (the estimated end changes, and is seen to change).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.sections.infusion.progress import OnLadder, first_plan, places_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from infusion_visits.patients.facts import OrderStep
    from infusion_visits.sections.infusion.acts import Act
    from infusion_visits.sections.infusion.ladder import Plan


@dataclass(frozen=True, slots=True)
class TimedStep:
    """One rate in mL/h: when it was first planned, when it was set, when it is due now.

    `planned` is None for a step that was ordered at a restart; both others are None for one that
    is not reached any more, and while the infusion is held.
    """

    ml_per_hour: Decimal
    planned: datetime | None
    done: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Timetable:
    """All rates of one infusion, and its end as first planned (None: not known)."""

    steps: tuple[TimedStep, ...] = ()
    first_end: datetime | None = None

    def planned_for(self, at: datetime) -> datetime | None:
        """When the rate that was set at `at` was first planned."""
        return next((step.planned for step in self.steps if step.done == at), None)


def timetable(
    acts: Sequence[Act],
    ordered: Sequence[OrderStep],
    volume_ml: Decimal | Fraction | None,
    ahead: Plan | None,
    now: datetime,
) -> Timetable:
    """The first plan walked over `volume_ml`, with what was done and what `ahead` says from now."""
    made = first_plan(acts, ordered, volume_ml)
    if made is None:
        return Timetable()
    plan, began, first = made
    planned = {first + n: at for n, (at, _) in enumerate(plan.starts(began))}
    places = places_of(acts, ordered)
    done, restarted = _done(acts, places)
    place = places[-1] if places else None
    coming = _coming(place, ahead, now)
    steps = [
        TimedStep(
            step.ml_per_hour,
            planned.get(number),
            done.get(number),
            None if place is None or place.restarted else coming.get(number),
        )
        for number, step in enumerate(ordered)
        if number >= first and (number in planned or number in done or number in coming)
    ]
    if place is not None and place.restarted:
        steps += [
            TimedStep(step.ml_per_hour, None, restarted.get(number), coming.get(number))
            for number, step in enumerate(place.steps)
            if number in restarted or number in coming
        ]
    return Timetable(tuple(steps), plan.end(began))


def _done(
    acts: Sequence[Act], places: Sequence[OnLadder | None]
) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """When each rung of the order, and of the ladder after the last restart, was first set."""
    done: dict[int, datetime] = {}
    restarted: dict[int, datetime] = {}
    for act, place in zip(acts, places, strict=True):
        if place is None or not place.running or place.rung < 0:
            continue
        if act.event.ladder and place.restarted and place.run == 0:
            restarted = {}
        (restarted if place.restarted else done).setdefault(place.rung, act.at)
    return done, restarted


def _coming(place: OnLadder | None, ahead: Plan | None, now: datetime) -> dict[int, datetime]:
    """When each rung above the one in force begins, as things stand."""
    if place is None or ahead is None:
        return {}
    later = ahead.starts(now)[1:]
    return {place.rung + 1 + number: at for number, (at, _) in enumerate(later)}
