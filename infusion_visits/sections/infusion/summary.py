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
    Segment,
    State,
    acts_of,
    ended_at,
    flushed_ml,
    minutes_of,
    rate_steps_of,
    segments_of,
    volume_of,
)
from infusion_visits.sections.infusion.bags import (
    Bag,
    bags_of,
    by_bags_ml,
    by_pump_ml,
    hung_ml,
    taken_down_ml,
)
from infusion_visits.sections.infusion.dose import dose_in
from infusion_visits.sections.infusion.fields import COMPLETE, FOUND, PUSH
from infusion_visits.sections.infusion.figures import Figures, figures_for
from infusion_visits.sections.infusion.ladder import Plan, after, as_decimal, minutes_between
from infusion_visits.sections.infusion.on_demand import Demanded, demanded
from infusion_visits.sections.infusion.progress import (
    NextStep,
    OnLadder,
    began_at,
    forecast,
    next_step,
    on_ladder,
)
from infusion_visits.sections.infusion.timetable import Timetable, timetable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import Facts, OrderFact, OrderStep
    from infusion_visits.sections.infusion.values import InfusionGiven

_MOST_OVERFILL = Fraction(110, 100)
"""Overfill and the drug's own volume make bags up to 10 % more than ordered (practice)."""


@dataclass(frozen=True, slots=True)
class InfusionSummary:
    """What stands at `now`. Volumes mL, rates mL/h, minutes whole (rounded half up).

    `timetable` holds the first plan beside what was done; `planned` is that plan as a curve,
    `ahead` the rest of it from now on as things stand; both end with a 0 where the end is known.
    `calculated_ml` is the sum of rate times minutes; `given_ml` is what is taken as given: the
    pump's readings, or hung less left, or the whole where it was completed and the sum agrees
    within `tolerance` (a share of one), or the sum. `of_interval` is True where the infusion ran
    before or after this visit, so that given is this visit's part only. `empty_since` is when the
    bag should have run out by its rates though it was not completed; `flushed_ml` is no drug.
    `demanded` are the doses that the patient asked the pump for and got.
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
    timetable: Timetable
    tolerance: Fraction
    bags: tuple[Bag, ...]
    pump_ml: Decimal | None
    bags_ml: Decimal | None
    empty_since: datetime | None
    flushed_ml: Decimal
    demanded: Demanded | None = None

    @property
    def volume_differs(self) -> bool:
        """Whether given is off expected by more than the tolerance, once all of it ended."""
        if self.expected_ml is None or self.of_interval or self.state is not State.ENDED:
            return False
        off = Fraction(self.given_ml) - Fraction(self.expected_ml)
        return abs(off) > self.tolerance * Fraction(self.expected_ml)

    @property
    def partial(self) -> bool:
        """Whether it ended with more than the tolerance not given."""
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
    figures: Figures | None = None,
) -> InfusionSummary:
    """The state at `now`; the patient was watched until `watched_until`, else until now.

    `figures` are those in force unless given (a signed record brings its own).
    """
    figures = figures or figures_for()
    steps = order.steps if order else ()
    at = _Standing.of(infusion, order, now, figures)
    place = on_ladder(at.acts, steps, figures.after_restart_minutes)
    plan = None if at.remaining is None else forecast(place, at.rate, at.remaining, now)
    rates = [segment.ml_per_hour for segment in at.segments if segment.ml_per_hour > 0]
    table = timetable(at.acts, steps, at.first_ml(infusion, order), plan, now)
    return InfusionSummary(
        state=at.state,
        ml_per_hour=at.rate,
        started=at.began.at if at.began else None,
        ended=at.ended,
        completed=at.completed,
        of_interval=at.of_interval,
        expected_ml=None if at.expected is None else _plain(at.expected),
        calculated_ml=as_decimal(at.calculated),
        given_ml=as_decimal(at.given),
        remaining_ml=None if at.remaining is None else as_decimal(at.remaining),
        dose_given=_dose(infusion, at, order),
        dose_unit=infusion.dose_given_unit or (order.dose_unit if order else ""),
        fastest=max(rates) if rates else None,
        running_minutes=_whole(minutes_of(at.segments, held=False)),
        held_minutes=_whole(minutes_of(at.segments, held=True)),
        watched_minutes=_watched(at.ended, watched_until or now),
        next_step=next_step(place),
        planned_end=None if plan is None or plan.minutes is None else after(now, plan.minutes),
        curve=rate_steps_of(infusion),
        planned=_first_curve(at, steps, table),
        ahead=_ahead(plan, now),
        timetable=table,
        tolerance=at.tolerance,
        bags=at.bags,
        pump_ml=_shown(by_pump_ml(at.acts)),
        bags_ml=_shown(by_bags_ml(at.bags, infusion.priming_ml)),
        empty_since=at.empty_since(place),
        flushed_ml=flushed_ml(infusion),
        demanded=demanded(infusion, order),
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the acts come to at a moment, exact."""

    acts: tuple[Act, ...]
    began: Act | None
    state: State
    rate: Decimal
    segments: tuple[Segment, ...]
    bags: tuple[Bag, ...]
    ended: datetime | None
    completed: bool
    of_interval: bool
    expected: Fraction | None
    basis: Fraction | None
    calculated: Fraction
    given: Fraction
    remaining: Fraction | None
    tolerance: Fraction
    now: datetime

    @classmethod
    def of(
        cls, infusion: InfusionGiven, order: OrderFact | None, now: datetime, figures: Figures
    ) -> _Standing:
        """Of this infusion at `now`."""
        acts = acts_of(infusion)
        began = began_at(acts)
        state = acts[-1].state if acts else State.NOT_STARTED
        segments = segments_of(acts, now)
        ordered = order.volume_ml if order else None
        bags = bags_of(infusion, acts, now, ordered)
        of_interval = bool(began and began.kind == FOUND) or state is State.LEFT_RUNNING
        completed = any(act.kind == COMPLETE and not act.wrong for act in acts)
        expected = _expected(infusion, bags, ordered, of_interval=of_interval)
        calculated = volume_of(segments)
        tolerance = figures.tolerance(infusion)
        given = by_pump_ml(acts) if of_interval or state is State.ENDED else None
        if given is None:
            given = by_bags_ml(bags, infusion.priming_ml)
        if given is None:
            given = calculated
            whole = completed and expected is not None and not of_interval
            if whole and expected is not None:
                near = abs(calculated - expected) <= tolerance * expected
                given = expected if near or infusion.method == PUSH else calculated
        return cls(
            acts=acts,
            began=began,
            state=state,
            rate=acts[-1].rate if acts else Decimal(0),
            segments=segments,
            bags=bags,
            ended=ended_at(acts),
            completed=completed,
            of_interval=of_interval,
            expected=expected,
            basis=_basis(infusion, bags, ordered, expected),
            calculated=calculated,
            given=given,
            remaining=_remaining(acts, bags, given, expected),
            tolerance=tolerance,
            now=now,
        )

    def first_ml(self, infusion: InfusionGiven, order: OrderFact | None) -> Fraction | None:
        """The volume that the first plan is walked over: a later bag does not change it."""
        if self.began is not None and self.began.kind == FOUND:
            return _remaining(self.acts[:1], self.bags[:1], Fraction(0), self.expected)
        if infusion.prepared_ml is not None:
            return Fraction(infusion.prepared_ml)
        if order is not None and order.volume_ml is not None:
            return Fraction(order.volume_ml)
        return self.expected

    def empty_since(self, place: OnLadder | None) -> datetime | None:
        """When the volume was through by the rates; None where it is not, or not running."""
        if place is None and self.state is not State.RUNNING:
            return None
        if self.state is not State.RUNNING or self.expected is None or self.rate <= 0:
            return None
        over = self.calculated - self.expected
        if self.of_interval or over <= 0:
            return None
        return after(self.now, -over / Fraction(self.rate) * 60)


def _expected(
    infusion: InfusionGiven,
    bags: tuple[Bag, ...],
    ordered: Decimal | None,
    *,
    of_interval: bool,
) -> Fraction | None:
    """What there was to give: as prepared, else what the bags held, else as ordered."""
    if infusion.prepared_ml:
        return Fraction(infusion.prepared_ml)
    whole = None if ordered is None else Fraction(ordered)
    hung = hung_ml(bags) if len(bags) > 1 and not of_interval else None
    if hung is None:
        return whole
    through = hung - taken_down_ml(bags)
    # A bag hung in the place of one that leaked holds more than is still to be given.
    return whole if whole is not None and through > whole * _MOST_OVERFILL else through


def _basis(
    infusion: InfusionGiven,
    bags: tuple[Bag, ...],
    ordered: Decimal | None,
    expected: Fraction | None,
) -> Fraction | None:
    """The volume that holds the ordered dose.

    Where a bag was changed before it was empty, more was hung than one dose: then the order's
    volume is the measure.
    """
    if infusion.prepared_ml is None and len(bags) > 1 and ordered is not None:
        return Fraction(ordered)
    return expected


def _first_curve(
    at: _Standing, steps: Sequence[OrderStep], table: Timetable
) -> tuple[tuple[datetime, Decimal], ...]:
    planned = tuple(
        (step.planned, step.ml_per_hour) for step in table.steps if step.planned is not None
    )
    end = ((table.first_end, Decimal(0)),) if table.first_end else ()
    return (*planned, *end) if at.began and steps else ()


def standing_at(infusion: InfusionGiven, facts: Facts) -> InfusionSummary:
    """The state at the present of `facts`, by its order and by the figures in force."""
    order = order_of(infusion, facts)
    return summary_of(infusion, order, facts.now, figures=figures_for(facts))


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


def _remaining(
    acts: tuple[Act, ...], bags: tuple[Bag, ...], given: Fraction, expected: Fraction | None
) -> Fraction | None:
    """What is still to come; of one found running, what was left in it when found, and new bags."""
    if acts and acts[0].kind == FOUND:
        hung = hung_ml(bags)
        if hung is not None:
            return max(hung - taken_down_ml(bags) - given, Fraction(0))
        before = Fraction(acts[0].event.reading_ml or 0)
        return None if expected is None else max(expected - before - given, Fraction(0))
    return None if expected is None else max(expected - given, Fraction(0))


def _dose(infusion: InfusionGiven, at: _Standing, order: OrderFact | None) -> Decimal | None:
    if infusion.dose_given is not None:
        return infusion.dose_given
    if order is None or not at.basis:
        return None
    return dose_in(at.given, at.basis, order)


def _shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else as_decimal(value)


def _plain(value: Fraction) -> Decimal:
    """An exact figure of the form: sums of decimals have an end."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _watched(ended: datetime | None, until: datetime) -> int | None:
    if ended is None:
        return None
    return max(_whole(minutes_between(ended, until)), 0)


def _whole(minutes: Fraction) -> int:
    return int(as_decimal(minutes, 0))
