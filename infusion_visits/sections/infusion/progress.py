"""Where on the ladder an infusion is: the rung in force, the next step and when it is due.

Source: clinical reference 1.1 (after a restart at a lower rate, at least 30 minutes before the
next step up), 8.5, 11.11 (a hold stops the clock of the step).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.patients.facts import OrderStep
from infusion_visits.sections.infusion.acts import Act, State
from infusion_visits.sections.infusion.fields import FOUND, RESUME, SLOW, START, STEP
from infusion_visits.sections.infusion.ladder import Plan, after, minutes_between, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTES_AFTER_RESTART = 30


@dataclass(frozen=True, slots=True)
class NextStep:
    """The rate that comes next, and when; `due` is None while held (the clock stands still)."""

    ml_per_hour: Decimal
    due: datetime | None
    minutes_left: Fraction


@dataclass(frozen=True, slots=True)
class OnLadder:
    """The rung in force (-1: below the first), the minutes asked of it, and those already run."""

    rung: int
    asked: Fraction | None
    run: Fraction
    since: datetime
    running: bool

    @property
    def left(self) -> Fraction | None:
        """Minutes still to run on this rung; never below 0. None: until complete."""
        return None if self.asked is None else max(self.asked - self.run, Fraction(0))


def on_ladder(acts: Sequence[Act], steps: Sequence[OrderStep]) -> OnLadder | None:
    """Where on the ladder the last act left the infusion; None before the start and at the end."""
    if not steps:
        return None
    place: OnLadder | None = None
    for act in acts:
        if act.state is State.NOT_STARTED:
            continue
        if act.state in {State.ENDED, State.LEFT_RUNNING}:
            return None
        place = _moved(place, act, steps)
    return place


def _moved(place: OnLadder | None, act: Act, steps: Sequence[OrderStep]) -> OnLadder:
    running = act.state is State.RUNNING
    run = Fraction(0)
    if place is not None:
        run = place.run + (minutes_between(place.since, act.at) if place.running else Fraction(0))
        same_rung = place.rung == _rung(act.rate, steps)
        if not running or (act.kind not in {STEP, SLOW} and same_rung):
            return OnLadder(place.rung, place.asked, run, act.at, running)
    rung = _rung(act.rate, steps)
    lowered = act.kind in {SLOW, RESUME}
    return OnLadder(rung, _asked(rung, steps, lowered=lowered), Fraction(0), act.at, running)


def _rung(rate: Decimal, steps: Sequence[OrderStep]) -> int:
    below = [index for index, step in enumerate(steps) if step.ml_per_hour <= rate]
    return below[-1] if below else -1


def _asked(rung: int, steps: Sequence[OrderStep], *, lowered: bool) -> Fraction | None:
    minutes = steps[rung].minutes if rung >= 0 else MINUTES_AFTER_RESTART
    if minutes is None:
        return None
    return Fraction(max(minutes, MINUTES_AFTER_RESTART) if lowered else minutes)


def next_step(place: OnLadder | None, steps: Sequence[OrderStep]) -> NextStep | None:
    """The next rate and when it is due; None on the last rung."""
    if place is None or place.left is None or place.rung + 1 >= len(steps):
        return None
    due = after(place.since, place.left) if place.running else None
    return NextStep(steps[place.rung + 1].ml_per_hour, due, place.left)


def forecast(
    place: OnLadder | None,
    steps: Sequence[OrderStep],
    rate: Decimal,
    remaining_ml: Fraction,
    now: datetime,
) -> Plan | None:
    """The rest of the ladder walked over the remaining volume, from `now`; None when not running.

    A step that is overdue is taken as coming now.
    """
    if place is None or not place.running or rate <= 0:
        return None
    run = place.run + minutes_between(place.since, now)
    left = None if place.asked is None else max(place.asked - run, Fraction(0))
    rest = steps[place.rung + 1 :]
    here = OrderStep(rate, None if left is None or not rest else 0)
    return walk((here, *rest), remaining_ml, first_minutes=left if rest else None)


def planned(
    steps: Sequence[OrderStep], volume_ml: Decimal | None, start: datetime
) -> tuple[tuple[datetime, Decimal], ...]:
    """The ordered rate curve from `start`, with a 0 at its end where that is known."""
    plan = walk(steps, volume_ml)
    end = plan.end(start)
    return (*plan.starts(start), *(((end, Decimal(0)),) if end else ()))


def early(act: Act, place: OnLadder | None, steps: Sequence[OrderStep]) -> Fraction:
    """By how many minutes a step came before it was due (0 when due, or not a step)."""
    if act.kind != STEP or place is None or place.left is None:
        return Fraction(0)
    run = minutes_between(place.since, act.at) if place.running else Fraction(0)
    return max(place.left - run, Fraction(0))


def began_at(acts: Sequence[Act]) -> Act | None:
    """The start, or the finding of a running infusion."""
    return next((act for act in acts if act.kind in {START, FOUND} and not act.wrong), None)
