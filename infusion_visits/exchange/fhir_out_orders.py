"""Orders, plans and tasks as FHIR: what was to be given, how lines are cared for, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.fhir import (
    Piece,
    amount,
    concept,
    filled,
    link,
    note,
    own,
    period,
    public,
    resource,
    standing,
    words_of,
)
from infusion_visits.core.units import plain_number
from infusion_visits.patients.line_order_rules import line_order_words
from infusion_visits.patients.order_fields import DRAFT, ENDED, THERAPY_ORDER
from infusion_visits.patients.order_words import order_words, premedication_words
from infusion_visits.patients.plan_rules import plan_lines
from infusion_visits.patients.therapy.catalogue import CATALOGUE as THERAPIES

if TYPE_CHECKING:
    from infusion_visits.core.planned import PlannedTask
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.patients.values import (
        LineOrder,
        PatientChart,
        PlanOfCare,
        Premedication,
        RateStep,
        Task,
        TherapyOrder,
    )
    from infusion_visits.visits.record import VisitRecord

THERAPY = own("order", "infusion-therapy", "Infusion therapy ordered for home visits")
"""By this our own import knows that an order is no medicine of the home medicine list."""
PREMEDICATION = own("order", "premedication", "Premedication of an infusion")

_SAID = frozenset({"drug", "brand", "prescriber", "status", "indication", "version", "used_at"})


def orders_of(chart: PatientChart) -> list[TherapyOrder]:
    """The orders that were ever in use."""
    return [one for one in standing(chart.therapy_order) if one.status != DRAFT]


def therapy_orders(chart: PatientChart, facts: Facts, refs: Refs) -> list[Piece]:
    """Each order with its ladder, followed by its premedications."""
    made: list[Piece] = []
    for order in orders_of(chart):
        made.append(_order(order, facts, refs))
        made += [_premedication(one, order, refs) for one in standing(order.premedication)]
    return made


def drug_of(order: TherapyOrder) -> Piece:
    """The ordered drug by its words; the record keeps no public code of drugs."""
    words = order.drug or "drug not named"
    return concept(f"{words} ({order.brand})" if order.brand else words)


def _order(order: TherapyOrder, facts: Facts, refs: Refs) -> Piece:
    reasons = [order.indication, order.indication_words]
    day = order.ordered_day.isoformat() if order.ordered_day else None
    earlier = order.replaces if order.replaces in refs.known else None
    return resource(
        "MedicationRequest",
        order.id,
        status="completed" if order.status == ENDED else "active",
        intent="order",
        category=[concept("Infusion therapy", THERAPY)],
        reportedBoolean=True,
        medicationCodeableConcept=drug_of(order),
        subject=link(refs.patient),
        authoredOn=day or (refs.when(order.used_at) if order.used_at else None),
        requester={"display": order.prescriber} if order.prescriber else None,
        reasonCode=[concept(", ".join(part for part in reasons if part))] if any(reasons) else [],
        note=note(
            order_words(order, facts.catalogue.get(THERAPIES)),
            words_of(THERAPY_ORDER, order, facts, skip=_SAID),
        ),
        dosageInstruction=_instructions(order, facts),
        priorPrescription=link(earlier) if earlier else None,
    )


def _instructions(order: TherapyOrder, facts: Facts) -> list[Piece]:
    """One for the whole; with a ladder one for each step, in its order."""
    words = order_words(order, facts.catalogue.get(THERAPIES))
    route = _route(order.route)
    dose = amount(order.dose, order.dose_unit) if order.dose is not None else None
    steps = [one for one in standing(order.rate_step) if one.rate is not None]
    if not steps:
        timing = None
        if order.over_minutes is not None:
            timing = {"repeat": {"duration": order.over_minutes, "durationUnit": "min"}}
        whole = filled(doseQuantity=dose)
        return [
            filled(text=words, timing=timing, route=route, doseAndRate=[whole] if whole else [])
        ]
    return [_step(number, one, route, dose) for number, one in enumerate(steps, start=1)]


def _step(number: int, one: RateStep, route: Piece, dose: Piece | None) -> Piece:
    """One rung; the dose is that of the whole infusion and stands on the first."""
    rate = plain_number(one.rate) if one.rate is not None else ""
    lasts = f"for {plain_number(one.minutes)} min" if one.minutes is not None else "until complete"
    timing = None
    if one.minutes is not None:
        timing = {"repeat": {"duration": one.minutes, "durationUnit": "min"}}
    step = filled(
        doseQuantity=dose if number == 1 else None,
        rateQuantity=amount(one.rate, one.rate_unit) if one.rate is not None else None,
    )
    return filled(
        sequence=number,
        text=f"Step {number}: {rate} {one.rate_unit or ''} {lasts}",
        timing=timing,
        route=route,
        doseAndRate=[step] if step else [],
    )


def _route(route: str | None) -> Piece:
    return concept(route, public("route", route), own("route", route)) if route else {}


def _premedication(one: Premedication, order: TherapyOrder, refs: Refs) -> Piece:
    return resource(
        "MedicationRequest",
        refs.of_patient(one.mark.row.path()),
        status="completed" if order.status == ENDED else "active",
        intent="order",
        category=[concept("Premedication", PREMEDICATION)],
        medicationCodeableConcept=concept(one.medicine or "medicine not named"),
        subject=link(refs.patient),
        supportingInformation=[link(order.id)],
        authoredOn=order.ordered_day.isoformat() if order.ordered_day else None,
        requester={"display": order.prescriber} if order.prescriber else None,
        dosageInstruction=[filled(text=premedication_words(one), route=_route(one.route))],
    )


def line_orders(chart: PatientChart, refs: Refs) -> list[Piece]:
    """How lines are to be cared for, as ordered."""
    return [_line_order(one, refs) for one in standing(chart.line_order) if one.line]


def _line_order(one: LineOrder, refs: Refs) -> Piece:
    until = period(None, one.ends.isoformat() if one.ends else None)
    return resource(
        "ServiceRequest",
        refs.of_patient(one.mark.row.path()),
        status="active",
        intent="order",
        code=concept(line_order_words(one), own("order", "line-care")),
        subject=link(refs.patient),
        occurrencePeriod=until,
        authoredOn=one.ordered_day.isoformat() if one.ordered_day else None,
        requester={"display": one.prescriber} if one.prescriber else None,
    )


def plans_of_care(chart: PatientChart, refs: Refs) -> list[Piece]:
    """The plans of care, each as one resource in words."""
    return [_plan(one, refs) for one in standing(chart.plan_of_care)]


def _plan(one: PlanOfCare, refs: Refs) -> Piece:
    lines = [f"{label}: {words}" for label, words in plan_lines(one) if words]
    starts = one.starts.isoformat() if one.starts else None
    ends = one.ends.isoformat() if one.ends else None
    return resource(
        "CarePlan",
        refs.of_patient(one.mark.row.path()),
        status="active",
        intent="plan",
        title="Plan of care",
        description="\n".join(lines),
        subject=link(refs.patient),
        period=period(starts, ends),
        created=one.signed_day.isoformat() if one.signed_day else None,
        contributor=[{"display": one.physician}] if one.physician else [],
    )


def tasks(record: VisitRecord, refs: Refs) -> list[Piece]:
    """What was open for this patient, and what this visit left to be done."""
    known = [_task(one, refs) for one in standing(record.patient.task) if one.what]
    planned = record.planned or ()
    return [*known, *(_planned(one, number, refs) for number, one in enumerate(planned, start=1))]


def _task(one: Task, refs: Refs) -> Piece:
    done = refs.when(one.done_at) if one.done_at else None
    return resource(
        "Task",
        one.id,
        status="completed" if done else "requested",
        intent="plan",
        description=one.what,
        **{"for": link(refs.patient)},
        executionPeriod=period(None, done),
        owner={"display": one.assignee} if one.assignee else None,
        restriction=_due(one.due_day.isoformat() if one.due_day else None),
    )


def _planned(one: PlannedTask, number: int, refs: Refs) -> Piece:
    return resource(
        "Task",
        refs.made(f"planned/{number}"),
        status="requested",
        intent="plan",
        description=one.what,
        **{"for": link(refs.patient)},
        encounter=link(refs.visit),
        owner={"display": one.assignee} if one.assignee else None,
        restriction=_due(one.due_day.isoformat() if one.due_day else None),
    )


def _due(day: str | None) -> Piece:
    return {"period": {"end": day}} if day else {}
