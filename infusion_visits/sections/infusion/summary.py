"""One infusion at a moment: state, what was ordered beside what was given, what comes next.

Source: clinical reference 7.6 (total time excludes holds, volume within 5 % or a reason), 8.6,
11.12 (the end is entered by the nurse; the bag's volume is not the sum of the rates), 11.24 (the
observation counts from the end of the drug).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import RateStep
from infusion_visits.sections.infusion.acts import (
    Act,
    State,
    acts_of,
    minutes_of,
    rate_steps_of,
    segments_of,
    volume_of,
)
from infusion_visits.sections.infusion.dose import dose_in
from infusion_visits.sections.infusion.fields import COMPLETE, FOUND
from infusion_visits.sections.infusion.ladder import Plan, after, as_decimal, minutes_between
from infusion_visits.sections.infusion.progress import (
    NextStep,
    began_at,
    forecast,
    next_step,
    on_ladder,
    planned,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.values import InfusionGiven

VOLUME_TOLERANCE = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class InfusionSummary:
    """What stands at `now`. Volumes mL, rates mL/h, minutes whole (rounded half up).

    `planned` is the ordered curve from the start, `ahead` the rest of it from now on as things
    stand; both end with a 0 where the end is known. `calculated_ml` is the sum of rate times
    minutes; `given_ml` is what is taken as given: the pump's reading, or the whole bag where it
    was completed and the sum agrees within 5 %, or the sum. `of_interval` is True where the
    infusion ran before or after this visit, so that given is this visit's part only.
    """

    state: State
    ml_per_hour: Decimal
    started: datetime | None
    ended: datetime | None
    completed: bool
    of_interval: bool
    expected_ml: Decimal | None
    calculated_ml: Decimal
    given_ml: Decimal
    remaining_ml: Decimal | None
    dose_given: Decimal | None
    dose_unit: str
    fastest: Decimal | None
    running_minutes: int
    held_minutes: int
    watched_minutes: int | None
    next_step: NextStep | None
    planned_end: datetime | None
    curve: tuple[RateStep, ...]
    planned: tuple[tuple[datetime, Decimal], ...]
    ahead: tuple[tuple[datetime, Decimal], ...]

    @property
    def volume_differs(self) -> bool:
        """Whether given and expected differ by more than 5 %, for a whole infusion that ended."""
        if self.expected_ml is None or self.of_interval or self.state is not State.ENDED:
            return False
        off = Fraction(self.given_ml) - Fraction(self.expected_ml)
        return abs(off) > VOLUME_TOLERANCE * Fraction(self.expected_ml)

    @property
    def partial(self) -> bool:
        """Whether it ended with more than 5 % of the volume not given."""
        return (
            self.volume_differs
            and self.expected_ml is not None
            and self.given_ml < self.expected_ml
        )


def order_of(infusion: InfusionGiven, facts: Facts) -> OrderFact | None:
    """The order this infusion names, else the order of the visit."""
    for order in facts.orders:
        if order.order == infusion.order_id:
            return order
    if facts.order and infusion.order_id in {None, facts.order.order}:
        return facts.order
    return None


def summary_of(
    infusion: InfusionGiven,
    order: OrderFact | None,
    now: datetime,
    watched_until: datetime | None = None,
) -> InfusionSummary:
    """The state at `now`; the patient was watched until `watched_until`, else until now."""
    acts = acts_of(infusion)
    began = began_at(acts)
    state = acts[-1].state if acts else State.NOT_STARTED
    segments = segments_of(acts, now)
    ended = _ended(acts)
    expected = infusion.prepared_ml or (order.volume_ml if order else None)
    of_interval = bool(began and began.kind == FOUND) or state is State.LEFT_RUNNING
    completed = any(act.kind == COMPLETE and not act.wrong for act in acts)
    calculated = volume_of(segments)
    given = _given(acts, calculated, expected, completed=completed, of_interval=of_interval)
    steps = order.steps if order else ()
    place = on_ladder(acts, steps)
    rate = acts[-1].rate if acts else Decimal(0)
    remaining = _remaining(acts, given, expected)
    plan = None if remaining is None else forecast(place, steps, rate, remaining, now)
    rates = [segment.ml_per_hour for segment in segments if segment.ml_per_hour > 0]
    return InfusionSummary(
        state=state,
        ml_per_hour=rate,
        started=began.at if began else None,
        ended=ended,
        completed=completed,
        of_interval=of_interval,
        expected_ml=expected,
        calculated_ml=as_decimal(calculated),
        given_ml=as_decimal(given),
        remaining_ml=None if remaining is None else as_decimal(remaining),
        dose_given=_dose(infusion, given, expected, order),
        dose_unit=infusion.dose_given_unit or (order.dose_unit if order else ""),
        fastest=max(rates) if rates else None,
        running_minutes=_whole(minutes_of(segments, held=False)),
        held_minutes=_whole(minutes_of(segments, held=True)),
        watched_minutes=_watched(ended, watched_until or now),
        next_step=next_step(place, steps),
        planned_end=None if plan is None or plan.minutes is None else after(now, plan.minutes),
        curve=rate_steps_of(infusion),
        planned=planned(steps, expected, began.at) if began and steps else (),
        ahead=_ahead(plan, now),
    )


def last_watched(facts: Facts, ended: datetime | None) -> datetime | None:
    """The last charted vital signs after the end, as long as the nurse was there; None without."""
    if ended is None:
        return None
    seen = [
        at
        for at in facts.vitals_times
        if at >= ended and (facts.departed is None or at <= facts.departed)
    ]
    return max(seen) if seen else facts.departed


def _ahead(plan: Plan | None, now: datetime) -> tuple[tuple[datetime, Decimal], ...]:
    if plan is None:
        return ()
    end = plan.end(now)
    return (*plan.starts(now), *(((end, Decimal(0)),) if end else ()))


def _ended(acts: tuple[Act, ...]) -> datetime | None:
    return next((act.at for act in acts if act.state is State.ENDED), None)


def _given(
    acts: tuple[Act, ...],
    calculated: Fraction,
    expected: Decimal | None,
    *,
    completed: bool,
    of_interval: bool,
) -> Fraction:
    read = _by_pump(acts, of_interval=of_interval)
    if read is not None:
        return read
    if completed and expected and not of_interval:
        off = abs(calculated - Fraction(expected))
        if off <= VOLUME_TOLERANCE * Fraction(expected):
            return Fraction(expected)
    return calculated


def _by_pump(acts: tuple[Act, ...], *, of_interval: bool) -> Fraction | None:
    """The pump's own figure at the last act that has one after the beginning, as of this visit."""
    readings = [act.event.reading_ml for act in acts if act.event.reading_ml is not None]
    if not readings or not acts or acts[-1].event.reading_ml is None:
        return None
    first = acts[0].event.reading_ml
    if len(acts) < 2:
        return None
    if acts[0].kind == FOUND:
        return None if first is None else Fraction(readings[-1]) - Fraction(first)
    if of_interval or acts[-1].state is State.ENDED:
        return Fraction(readings[-1]) - Fraction(first or 0)
    return None


def _remaining(acts: tuple[Act, ...], given: Fraction, expected: Decimal | None) -> Fraction | None:
    if expected is None:
        return None
    before = Fraction(0)
    if acts and acts[0].kind == FOUND:
        before = Fraction(acts[0].event.reading_ml or 0)
    return max(Fraction(expected) - before - given, Fraction(0))


def _dose(
    infusion: InfusionGiven,
    given: Fraction,
    expected: Decimal | None,
    order: OrderFact | None,
) -> Decimal | None:
    if infusion.dose_given is not None:
        return infusion.dose_given
    if order is None or not expected:
        return None
    return dose_in(given, expected, order)


def _watched(ended: datetime | None, until: datetime) -> int | None:
    if ended is None:
        return None
    return max(_whole(minutes_between(ended, until)), 0)


def _whole(minutes: Fraction) -> int:
    return int(as_decimal(minutes, 0))
