"""Where on the ladder an infusion is: the rung in force, the next step and when it is due.

Each rate runs its minutes from when it was really set; a late step, or a hold, moves all that
comes after it. Source: clinical reference 1.1 (after a restart at a lower rate, at least 30 minutes
before the next step up), 1.8, 8.5, 11.11 (a hold stops the clock of the step).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.once import once_for
from infusion_visits.patients.facts import OrderStep
from infusion_visits.sections.infusion.acts import Act, State, same_rate
from infusion_visits.sections.infusion.fields import FOUND, RESUME, SLOW, START, STEP
from infusion_visits.sections.infusion.ladder import Plan, after, minutes_between, walk
from infusion_visits.sections.infusion.ladder_text import ladder_or_none

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
    """The rung in force (-1: below the first), the minutes asked of it, and those already run.

    `steps` is the ladder in force: that of the order, or the one ordered at a restart, from which
    on `restarted` is True. `rate` is the rate last running, in mL/h.
    """

    rung: int
    asked: Fraction | None
    run: Fraction
    since: datetime
    running: bool
    rate: Decimal = Decimal(0)
    steps: tuple[OrderStep, ...] = ()
    restarted: bool = False

    @property
    def left(self) -> Fraction | None:
        """Minutes still to run on this rung; never below 0. None: until complete."""
        return None if self.asked is None else max(self.asked - self.run, Fraction(0))

    @property
    def following(self) -> OrderStep | None:
        """The step after this rung; None on the last."""
        return self.steps[self.rung + 1] if self.rung + 1 < len(self.steps) else None

    def run_at(self, at: datetime) -> Fraction:
        """The minutes this rung has run by `at`."""
        if not self.running:
            return self.run
        return self.run + max(minutes_between(self.since, at), Fraction(0))


def on_ladder(
    acts: Sequence[Act],
    steps: Sequence[OrderStep],
    after_restart: int = MINUTES_AFTER_RESTART,
) -> OnLadder | None:
    """Where on the ladder the last act left the infusion; None before the start and at the end."""
    places = places_of(acts, steps, after_restart)
    return places[-1] if places else None


def places_of(
    acts: Sequence[Act],
    steps: Sequence[OrderStep],
    after_restart: int = MINUTES_AFTER_RESTART,
) -> tuple[OnLadder | None, ...]:
    """The place after each act; None before the start, and from the end on."""
    return _worked(tuple(acts), tuple(steps), after_restart)


def _places(
    acts: tuple[Act, ...], steps: tuple[OrderStep, ...], after_restart: int
) -> tuple[OnLadder | None, ...]:
    made: list[OnLadder | None] = []
    place: OnLadder | None = None
    for act in acts:
        if not steps or act.state in {State.NOT_STARTED, State.ENDED, State.LEFT_RUNNING}:
            place = None
        else:
            place = _moved(place, act, steps, after_restart)
        made.append(place)
    return tuple(made)


# The same acts are set against the same order by the summary, its timetable and the findings.
_worked = once_for(_places, most=16)


def _moved(
    place: OnLadder | None, act: Act, ordered: tuple[OrderStep, ...], after_restart: int
) -> OnLadder:
    running = act.state is State.RUNNING
    if place is None:
        return _set(act, _rung(act.rate, ordered, -1), ordered, running=running)
    run = place.run_at(act.at)
    if not running:
        return replace(place, run=run, since=act.at, running=False)
    restart = ladder_or_none(act.event.ladder) if act.kind in {RESUME, SLOW} else None
    if restart is not None:
        fresh = _set(act, _rung(act.rate, restart, 0), restart, running=True)
        return replace(fresh, restarted=True)
    steps = place.steps
    if act.kind not in {STEP, SLOW} and same_rate(act.rate, place.rate or act.rate):
        return replace(place, run=run, since=act.at, running=True)
    onward = place.following is not None and same_rate(act.rate, place.following.ml_per_hour)
    if onward and act.kind in {STEP, SLOW}:
        return replace(_set(act, place.rung + 1, steps), restarted=place.restarted)
    rung = _rung(act.rate, steps, place.rung)
    made = _set(act, rung, steps)
    lowered = act.kind in {SLOW, RESUME} and act.rate < (place.rate or act.rate + 1)
    if lowered:
        made = replace(made, asked=_at_least(made.asked, rung, after_restart))
    return replace(made, restarted=place.restarted)


def _set(act: Act, rung: int, steps: tuple[OrderStep, ...], *, running: bool = True) -> OnLadder:
    minutes = steps[rung].minutes if rung >= 0 else MINUTES_AFTER_RESTART
    asked = None if minutes is None else Fraction(minutes)
    return OnLadder(rung, asked, Fraction(0), act.at, running, act.rate, steps)


def _at_least(asked: Fraction | None, rung: int, minutes: int) -> Fraction | None:
    """The last rung runs until complete, whatever brought it there."""
    return None if asked is None and rung >= 0 else max(asked or Fraction(0), Fraction(minutes))


def _rung(rate: Decimal, steps: Sequence[OrderStep], near: int) -> int:
    """The rung of a rate: the one at hand, else the first of that rate, else the highest below it.

    A ladder that tapers off has the same rate twice: on the way up counts, unless one is beyond it.
    """
    if near >= 0 and same_rate(rate, steps[near].ml_per_hour):
        return near
    alike = [n for n, step in enumerate(steps) if same_rate(rate, step.ml_per_hour)]
    if alike:
        return alike[0]
    below = -1
    for number, step in enumerate(steps):
        if number and step.ml_per_hour < steps[number - 1].ml_per_hour:
            break
        if step.ml_per_hour <= rate:
            below = number
    return below


def next_step(place: OnLadder | None) -> NextStep | None:
    """The next rate and when it is due; None on the last rung."""
    if place is None or place.left is None or place.following is None:
        return None
    due = after(place.since, place.left) if place.running else None
    return NextStep(place.following.ml_per_hour, due, place.left)


def forecast(
    place: OnLadder | None, rate: Decimal, remaining_ml: Fraction, now: datetime
) -> Plan | None:
    """The rest of the ladder walked over the remaining volume, from `now`; None when not running.

    A step that is overdue is taken as coming now.
    """
    if place is None or not place.running or rate <= 0:
        return None
    left = None if place.asked is None else max(place.asked - place.run_at(now), Fraction(0))
    rest = place.steps[place.rung + 1 :]
    here = OrderStep(rate, None if left is None or not rest else 0)
    return walk((here, *rest), remaining_ml, first_minutes=left if rest else None)


def first_plan(
    acts: Sequence[Act], steps: Sequence[OrderStep], volume_ml: Decimal | Fraction | None
) -> tuple[Plan, datetime, int] | None:
    """The plan as it stood when the infusion began, from when, and the number of its first step.

    One that was found running is planned from the step it was found at. None before the start.
    """
    began = began_at(acts)
    if began is None or not steps:
        return None
    if began.kind == START:
        return walk(steps, volume_ml), began.at, 0
    place = on_ladder(acts[: acts.index(began) + 1], steps)
    if place is None or volume_ml is None:
        return None
    plan = forecast(place, began.rate, Fraction(volume_ml), began.at)
    return None if plan is None else (plan, began.at, max(place.rung, 0))


def early(act: Act, place: OnLadder | None) -> Fraction:
    """By how many minutes a step came before it was due (0 when due, or not a step)."""
    if act.kind != STEP or place is None or place.asked is None:
        return Fraction(0)
    return max(place.asked - place.run_at(act.at), Fraction(0))


def began_at(acts: Sequence[Act]) -> Act | None:
    """The start, or the finding of a running infusion."""
    return next((act for act in acts if act.kind in {START, FOUND} and not act.wrong), None)
