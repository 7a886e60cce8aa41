"""Given beside ordered: volume, dose and bag, and an infusion stopped early.

Clinical reference 7.6 (volume within 5 % or a reason), 11.12 (the bag is not the sum of the rates),
11.14 (given = mL given x concentration, with the reason).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_time
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.dose import amount, comparable, dose_in
from infusion_visits.sections.infusion.fields import BAG_CHANGE, STOP
from infusion_visits.sections.infusion.found import act_finding, infusion_finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.acts import Act
    from infusion_visits.sections.infusion.summary import InfusionSummary
    from infusion_visits.sections.infusion.values import InfusionGiven

PREPARED_TOLERANCE = Fraction(10, 100)
"""Overfill and the drug's own volume make a bag up to 10 % more or less than ordered (practice)."""


def differences(
    one: InfusionGiven, summary: InfusionSummary, order: OrderFact | None, facts: Facts
) -> Iterator[Finding]:
    """What was given otherwise than ordered, and pump readings that cannot be."""
    yield from _falling(one)
    if order is not None:
        yield from _prepared(one, summary, order)
        yield from _dose_given(one, summary, order)
    yield from _volume(one, summary, facts)


def _falling(one: InfusionGiven) -> Iterator[Finding]:
    """What a pump shows as given only grows; a new bag may set it to 0."""
    last = None
    for act in acts_of(one):
        reading = act.event.reading_ml
        if reading is None:
            continue
        if last is not None and reading < last:
            yield act_finding(
                act,
                "reading_falls",
                Level.STOP,
                f"The pump shows {amount(reading, 'mL')}, less than the {amount(last, 'mL')} "
                "before.",
            )
        last = None if act.kind == BAG_CHANGE else reading


def _prepared(one: InfusionGiven, summary: InfusionSummary, order: OrderFact) -> Iterator[Finding]:
    prepared, ordered = one.prepared_ml, order.volume_ml
    if prepared is None or not ordered:
        return
    off = abs(Fraction(prepared) - Fraction(ordered))
    if off > PREPARED_TOLERANCE * Fraction(ordered):
        yield infusion_finding(
            one,
            "prepared_not_as_ordered",
            Level.ALERT,
            f"{amount(prepared, 'mL')} prepared, {amount(ordered, 'mL')} ordered",
            field="prepared_ml",
            response=one.difference_reason or "",
            at=summary.started,
        )


def _dose_given(
    one: InfusionGiven, summary: InfusionSummary, order: OrderFact
) -> Iterator[Finding]:
    """A dose typed by hand that is neither the ordered one nor what the volume carried."""
    if one.dose_given is None or summary.started is None or summary.of_interval:
        return
    unit = one.dose_given_unit or order.dose_unit
    given = comparable(Fraction(one.dose_given), unit, order.dose_unit)
    wanted, basis = order.dose, "ordered"
    if summary.partial and summary.expected_ml:
        wanted = dose_in(Fraction(summary.given_ml), summary.expected_ml, order)
        basis = f"in {amount(summary.given_ml, 'mL')}"
    if given is not None and abs(given - Fraction(wanted)) <= summary.tolerance * Fraction(wanted):
        return
    words = f"{amount(one.dose_given, unit)} given, {amount(wanted, order.dose_unit)} {basis}"
    if not one.difference_reason:
        yield infusion_finding(
            one,
            "dose_differs",
            Level.STOP,
            f"{words}: say why given differs from ordered.",
            field="difference_reason",
            at=summary.ended,
        )
    yield infusion_finding(
        one,
        "dose_not_as_ordered",
        Level.ALERT,
        words,
        field="dose_given",
        response=one.difference_reason or "",
        at=summary.ended or summary.started,
    )


def _volume(one: InfusionGiven, summary: InfusionSummary, facts: Facts) -> list[Finding]:
    """Given differs from ordered: needs a reason; stopped early prints as an exception."""
    found: list[Finding] = []
    if summary.volume_differs and summary.expected_ml is not None:
        words = f"{amount(summary.given_ml, 'mL')} of {amount(summary.expected_ml, 'mL')} given"
        if not one.difference_reason:
            found.append(
                infusion_finding(
                    one,
                    "volume_differs",
                    Level.STOP,
                    f"{words}: say why given differs from ordered.",
                    field="difference_reason",
                    at=summary.ended,
                )
            )
        if not (summary.partial and _stopped(one)):
            found.append(
                infusion_finding(
                    one,
                    "volume_not_as_ordered",
                    Level.ALERT,
                    words,
                    field="difference_reason",
                    response=one.difference_reason or "",
                    at=summary.ended,
                )
            )
    stopped = _stopped(one)
    if stopped is not None and (summary.partial or summary.expected_ml is None):
        found.append(_stopped_early(one, stopped, summary, facts))
    return found


def _stopped(one: InfusionGiven) -> Act | None:
    return next((act for act in acts_of(one) if act.kind == STOP and not act.wrong), None)


def _stopped_early(one: InfusionGiven, act: Act, summary: InfusionSummary, facts: Facts) -> Finding:
    given = amount(summary.given_ml, "mL")
    if summary.expected_ml is not None:
        given = f"{given} of {amount(summary.expected_ml, 'mL')}"
    if summary.dose_given is not None:
        given = f"{given}, {amount(summary.dose_given, summary.dose_unit)}"
    return infusion_finding(
        one,
        "stopped_early",
        Level.ALERT,
        f"Infusion stopped at {show_time(act.at, facts.zone)}",
        field="difference_reason",
        detail=f"Given: {given}." + (f" {act.event.why}" if act.event.why else ""),
        response=one.difference_reason or "",
        at=act.at,
    )
