"""The visit in the order of time: the chart of page one, and the list of what happened when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Band, Chart, Flag, RateStep, Series
from infusion_visits.core.moments import show_time
from infusion_visits.core.units import plain_number
from infusion_visits.sections.infusion.acts import State, acts_of, rate_steps_of
from infusion_visits.sections.infusion.phases import BY_HAND
from infusion_visits.sections.infusion.rules import standing as standing_infusions
from infusion_visits.sections.infusion.summary import order_of, summary_of
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.medicines.rules import given_words
from infusion_visits.sections.medicines.rules import standing as standing_medicines
from infusion_visits.sections.medicines.values import Medicines
from infusion_visits.sections.vitals.fields import LIMBS
from infusion_visits.sections.vitals.limits import limits_for
from infusion_visits.sections.vitals.sets import standing as standing_sets
from infusion_visits.sections.vitals.signs import out_of_range
from infusion_visits.sections.vitals.values import Vitals, VitalsSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord

MARGIN = timedelta(minutes=5)
CHARTED = (
    ("systolic", "BP systolic", False),
    ("diastolic", "BP diastolic", False),
    ("pulse", "pulse", True),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: when, in which section, in words."""

    at: datetime
    section: str
    words: str


def moments(record: VisitRecord) -> tuple[Moment, ...]:
    """Everything with a time that was given, set or measured, in the order of time."""
    return tuple(sorted(_moments(record), key=lambda one: one.at))


def _moments(record: VisitRecord) -> Iterator[Moment]:
    for one in standing_sets(record.of(Vitals)):
        if one.at is not None:
            yield Moment(one.at, "vitals", "vital signs")
    for medicine in standing_medicines(record.of(Medicines)):
        if medicine.at is not None:
            yield Moment(medicine.at, "medicines", given_words(medicine))
    for infusion in standing_infusions(record.of(Infusion)):
        for act in acts_of(infusion):
            yield Moment(act.at, "infusion", act.kind)


def chart(record: VisitRecord, facts: Facts, *, live: bool = False) -> Chart | None:
    """Vitals over the rate curve; None where there is neither a set nor an infusion.

    `live` draws the plan and the now line for the screen; paper shows what was.
    """
    sets = standing_sets(record.of(Vitals))
    infusions = standing_infusions(record.of(Infusion))
    rates = _together([rate_steps_of(one) for one in infusions])
    times = [one.at for one in sets if one.at is not None] + [step.at for step in rates]
    given = bool(rates)
    if not any(step.ml_per_hour for step in rates):
        # Pushed by hand: a stretch of time, and no curve over an axis without a figure.
        rates = ()
    if not sets and not given:
        return None
    start, end = _span(times, facts, live=live)
    limb = _limb(sets)
    planned: tuple[RateStep, ...] = ()
    if live and infusions:
        summary = summary_of(infusions[-1], order_of(infusions[-1], facts), facts.now)
        planned = tuple(RateStep(at, rate) for at, rate in summary.planned)
    return Chart(
        title="Vital signs over the infusion" if given else "Vital signs",
        start=start,
        end=max(end, planned[-1].at + MARGIN) if planned else end,
        zone=facts.zone,
        series=tuple(_series(sets, limb, facts)),
        flags=tuple(_flags(sets, facts)),
        rates=rates,
        planned=planned,
        bands=tuple(_bands(infusions, facts, end)),
        marks=tuple(one.at for one in sets if one.at is not None),
        alt=_alt(sets, rates, facts),
        beside=f"BP on {limb}" if limb else "",
        now=facts.now if live else None,
    )


def _together(curves: Sequence[Sequence[RateStep]]) -> tuple[RateStep, ...]:
    """One curve of all infusions: what runs side by side is added."""
    steps = sorted(
        ((step.at, number, step.ml_per_hour) for number, c in enumerate(curves) for step in c),
        key=lambda step: step[0],
    )
    rates = dict.fromkeys(range(len(curves)), Decimal(0))
    made: list[RateStep] = []
    for at, number, rate in steps:
        rates[number] = rate
        if made and made[-1].at == at:
            made.pop()
        made.append(RateStep(at, sum(rates.values(), Decimal(0))))
    return tuple(made)


def _span(times: list[datetime], facts: Facts, *, live: bool) -> tuple[datetime, datetime]:
    if live:
        times = [*times, facts.now]
    return min(times) - MARGIN, max(times) + MARGIN


def _limb(sets: tuple[VitalsSet, ...]) -> str:
    """The one limb on which all pressures were taken; empty when they differ or are not said."""
    labels = {option.key: option.label for option in LIMBS}
    limbs = {one.limb for one in sets if one.systolic is not None}
    return labels.get(limbs.pop() or "", "") if len(limbs) == 1 else ""


def _series(sets: tuple[VitalsSet, ...], limb: str, facts: Facts) -> Iterator[Series]:
    limits = limits_for(facts)
    out = {sign for one in sets for sign in out_of_range(one, facts, limits)}
    for name, label, dashed in CHARTED:
        points = tuple(
            (one.at, getattr(one, name))
            for one in sets
            if one.at is not None and getattr(one, name) is not None
        )
        if points:
            said = f"{label}, {limb}" if name == "systolic" and limb else label
            named = f"{said} (dashed)" if dashed else said
            yield Series(named, points, dashed=dashed, flagged=name in out)


def _flags(sets: tuple[VitalsSet, ...], facts: Facts) -> Iterator[Flag]:
    limits = limits_for(facts)
    drawn = {name for name, _, _ in CHARTED}
    for one in sets:
        if one.at is None:
            continue
        for sign in out_of_range(one, facts, limits):
            value = getattr(one, sign, None)
            if sign in drawn and isinstance(value, Decimal):
                yield Flag(one.at, value, plain_number(value))


def _bands(infusions: tuple[object, ...], facts: Facts, end: datetime) -> Iterator[Band]:
    phases = [*facts.phases]
    for phase, following in zip_longest(phases, phases[1:]):
        until = following.start if following else end
        if phase.label in {"held", "watched", BY_HAND} and until > phase.start:
            yield Band(phase.start, until, phase.label, shaded=phase.label != "watched")


def _alt(sets: tuple[VitalsSet, ...], rates: tuple[RateStep, ...], facts: Facts) -> str:
    parts = [
        f"At {show_time(one.at, facts.zone)} {', '.join(_measured(one))}"
        for one in sets
        if one.at is not None and any(_measured(one))
    ]
    parts += [
        f"From {show_time(step.at, facts.zone)} on the rate is "
        f"{plain_number(step.ml_per_hour)} mL/h"
        for step in rates
    ]
    parts += [
        f"From {show_time(one.start, facts.zone)} on given {BY_HAND}"
        for one in facts.phases
        if one.label == BY_HAND
    ]
    return f"Chart of blood pressure, pulse and rate by time. {'. '.join(parts)}."


def _measured(one: VitalsSet) -> Iterator[str]:
    if one.systolic is not None and one.diastolic is not None:
        yield f"blood pressure {one.systolic} over {one.diastolic}"
    if one.pulse is not None:
        yield f"pulse {one.pulse}"


def running(record: VisitRecord, facts: Facts) -> bool:
    """Whether an infusion runs or is held at this moment."""
    return any(
        summary_of(one, order_of(one, facts), facts.now).state in {State.RUNNING, State.HELD}
        for one in standing_infusions(record.of(Infusion))
    )
