"""The acts of one infusion in the order of time: its state after each, rates, volumes, holds.

Everything follows from the acts as they were charted, never from a timer: a program that was
killed, or a laptop that slept, finds the same state again. Source: clinical reference 8.6 (volume
over changes of rate), 11.11 (a hold stops the clock), 11.13 (a flush is no drug) and 11.25 (a
laptop's clock may be wrong: the order of entry counts).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import zip_longest
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import RateStep
from infusion_visits.core.once import once_for
from infusion_visits.sections.infusion.fields import (
    BAG_CHANGE,
    COMPLETE,
    FLUSH,
    FOUND,
    HOLD,
    KINDS,
    LEFT,
    PUSH,
    RATE_KINDS,
    RESUME,
    SLOW,
    START,
    STEP,
    STOP,
)
from infusion_visits.sections.infusion.ladder import minutes_between
from infusion_visits.sections.infusion.on_demand import is_on_demand
from infusion_visits.sections.infusion.values import InfusionEvent, InfusionGiven

if TYPE_CHECKING:
    from collections.abc import Sequence


class State(StrEnum):
    """Where an infusion stands."""

    NOT_STARTED = "not started"
    RUNNING = "running"
    HELD = "held"
    ENDED = "ended"
    LEFT_RUNNING = "left running"


_ALLOWED: dict[State, tuple[str, ...]] = {
    State.NOT_STARTED: (START, FOUND),
    State.RUNNING: (STEP, SLOW, HOLD, BAG_CHANGE, STOP, COMPLETE, LEFT),
    State.HELD: (RESUME, BAG_CHANGE, STOP, COMPLETE),
    State.ENDED: (),
    State.LEFT_RUNNING: (),
}
_BECOMES = {
    START: State.RUNNING,
    FOUND: State.RUNNING,
    RESUME: State.RUNNING,
    HOLD: State.HELD,
    STOP: State.ENDED,
    COMPLETE: State.ENDED,
    LEFT: State.LEFT_RUNNING,
}
_WORDS = {option.key: option.label for option in KINDS}
_ZERO = Decimal(0)
AT_ONCE = timedelta(minutes=2)
"""An act whose time is that of its writing, give or take this, was charted as it was done."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act with what is in force after it. `wrong` says why it cannot be.

    `at` is its place in time. It is `event.at`, unless the laptop's clock was set back before the
    act was charted as it was done: then it is that of the act before, and `clock_back` is by how
    much the clock lagged.
    """

    event: InfusionEvent
    at: datetime
    kind: str
    state: State
    rate: Decimal
    before: Decimal
    wrong: str = ""
    clock_back: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch at one rate; mL/h is 0 while held."""

    start: datetime
    end: datetime
    ml_per_hour: Decimal
    held: bool

    @property
    def minutes(self) -> Fraction:
        """How long it lasted."""
        return minutes_between(self.start, self.end)

    @property
    def ml(self) -> Fraction:
        """What went in."""
        return Fraction(self.ml_per_hour) * self.minutes / 60


def acts_of(infusion: InfusionGiven) -> tuple[Act, ...]:
    """The standing acts by time, each with state and rate after it.

    Struck acts, and acts still without time or kind, are left out. An act that cannot be in its
    place (a resume without a hold) is kept with words, and changes nothing; one whose rate cannot
    be right has words too, and counts as it stands.
    """
    return _worked(infusion)


def _acts_by_time(infusion: InfusionGiven) -> tuple[Act, ...]:
    made: list[Act] = []
    state, rate, before_hold = State.NOT_STARTED, _ZERO, _ZERO
    for at, lag, event in _in_time(infusion):
        kind = event.kind or ""
        wrong = _out_of_place(kind, state)
        if not (infusion.method == PUSH and kind == START):
            none_set = kind in {START, FOUND} and event.rate == 0 and is_on_demand(infusion)
            wrong = wrong or ("" if none_set else _wrong_rate(event, kind, rate, before_hold))
        previous = rate
        if kind in _ALLOWED[state]:
            before_hold = rate if kind == HOLD else before_hold
            rate = _rate_after(event, kind, rate, before_hold)
            state = _BECOMES.get(kind, state)
        made.append(Act(event, at, kind, state, rate, previous, wrong, lag))
    return tuple(made)


# Many rules ask for the acts of the same infusion at every left field.
_worked = once_for(_acts_by_time, most=16)


def ended_at(acts: Sequence[Act]) -> datetime | None:
    """When the infusion ended; None while it goes on, was left running or never began."""
    return next((act.at for act in acts if act.state is State.ENDED), None)


def flushes_of(infusion: InfusionGiven) -> tuple[InfusionEvent, ...]:
    """The standing flushes by time: no part of the drug's rates and volume."""
    standing = [
        (event.at, event.mark.row.at, event)
        for event in infusion.infusion_event
        if event.mark.struck is None and event.at is not None and event.kind == FLUSH
    ]
    return tuple(event for _, _, event in sorted(standing, key=lambda one: one[:2]))


def flushed_ml(infusion: InfusionGiven) -> Decimal:
    """What the tubing was flushed with, by the acts and by the answer of the form."""
    by_acts = (event.volume_ml for event in flushes_of(infusion) if event.volume_ml is not None)
    return sum(by_acts, infusion.flush_ml or _ZERO)


def _in_time(infusion: InfusionGiven) -> list[tuple[datetime, timedelta, InfusionEvent]]:
    """The standing acts with a time and a kind, by time, each with the lag of the clock.

    An act charted as it was done never comes before one charted earlier in the same way: where the
    times say so, the clock went back in between, and the order of entry counts.
    """
    placed: list[tuple[datetime, timedelta, InfusionEvent]] = []
    last_at = last_written = None
    for event in sorted(infusion.infusion_event, key=lambda one: one.mark.row.at):
        if event.mark.struck or event.at is None or event.kind in {None, FLUSH}:
            continue
        at, written = event.at, event.mark.entered_at
        if written is not None and abs(written - at) <= AT_ONCE:
            if last_at is not None and last_written is not None and written < last_written:
                at = max(at, last_at)
            last_at = at if last_at is None else max(at, last_at)
            last_written = written if last_written is None else max(written, last_written)
        placed.append((at, at - event.at, event))
    return sorted(placed, key=lambda one: (one[0], one[2].mark.row.at))


def same_rate(one: Decimal, other: Decimal) -> bool:
    """Alike within 1 %: a pump that takes whole mL/h rounds 142.9 to 143."""
    return abs(one - other) * 100 <= other


def _out_of_place(kind: str, state: State) -> str:
    if kind in _ALLOWED[state]:
        return ""
    said = _WORDS.get(kind, kind)
    if state is State.NOT_STARTED:
        return f"“{said}” stands before the start."
    if state in {State.ENDED, State.LEFT_RUNNING}:
        return f"“{said}” stands after the infusion was {_finished(state)}."
    if kind == RESUME:
        return "“resumed” stands without a hold before it."
    if kind in {START, FOUND}:
        return f"“{said}” stands twice; a second infusion is a row of its own."
    return f"“{said}” stands while the infusion is held; resume it first."


def _finished(state: State) -> str:
    return "ended" if state is State.ENDED else "left running"


def not_raised(new: Decimal, rate: Decimal) -> str:
    """The words for a step that raises nothing; a ladder that tapers off may order one."""
    return f"A step raises the rate; {new:f} is not above {rate:f} mL/h."


def _wrong_rate(event: InfusionEvent, kind: str, rate: Decimal, before_hold: Decimal) -> str:
    new = event.rate
    if kind in {START, FOUND} and new == 0:
        return (
            f"“{_WORDS[kind]}” at 0 mL/h: only where the pump gives doses on demand alone. "
            "Chart its programme with the demand dose."
        )
    if kind in {START, FOUND, STEP, SLOW} and not new:
        return f"“{_WORDS[kind]}” needs its rate in mL/h."
    if new is None:
        return ""
    if kind == STEP and new == rate:
        return not_raised(new, rate)
    if kind == SLOW and new >= rate:
        return f"Slowing down lowers the rate; {new:f} is not below {rate:f} mL/h."
    if kind == RESUME and before_hold and new > before_hold:
        return f"Resumed at {new:f} mL/h, faster than {before_hold:f} mL/h before the hold."
    return ""


def _rate_after(event: InfusionEvent, kind: str, rate: Decimal, before_hold: Decimal) -> Decimal:
    if kind in {HOLD, STOP, COMPLETE}:
        return _ZERO
    if kind == RESUME and event.rate is None:
        return before_hold
    if kind in RATE_KINDS and event.rate is not None:
        return event.rate if kind != BAG_CHANGE or rate else rate
    return rate


def segments_of(acts: Sequence[Act], until: datetime) -> tuple[Segment, ...]:
    """The stretches from the start to the end, or to `until` while it still runs."""
    started = [act for act in acts if act.state is not State.NOT_STARTED]
    stretches: list[Segment] = []
    for act, following in zip_longest(started, started[1:]):
        if act.state in {State.ENDED, State.LEFT_RUNNING}:
            break
        end = following.at if following else max(until, act.at)
        stretches.append(Segment(act.at, end, act.rate, held=act.state is State.HELD))
    return tuple(stretches)


def volume_of(segments: Sequence[Segment]) -> Fraction:
    """mL that went in by rates and minutes alone, exact."""
    return sum((segment.ml for segment in segments), Fraction(0))


def minutes_of(segments: Sequence[Segment], *, held: bool) -> Fraction:
    """Minutes running, or held."""
    return sum((part.minutes for part in segments if part.held is held), Fraction(0))


def rate_steps_of(infusion: InfusionGiven) -> tuple[RateStep, ...]:
    """The rate from each act on: 0 while held and after the end; for the chart."""
    steps: list[RateStep] = []
    for act in acts_of(infusion):
        if act.state is State.NOT_STARTED:
            continue
        if not steps or steps[-1].ml_per_hour != act.rate:
            steps.append(RateStep(act.at, act.rate))
    return tuple(steps)
