"""Does the plan of care hold? What surveyors cite, said while the nurse is still in the home.

Sources: clinical reference 7.2 and 7.11 (ACHC Surveyor 2024 and 2025); the days are agency defaults
of `resources/clinical/plan_of_care.toml`. Per agency protocol.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.kinds import IN_PERSON_KINDS, VisitKind
from infusion_visits.core.moments import show_day
from infusion_visits.core.planned import PlannedTask
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.units import NBSP
from infusion_visits.patients.fields import SECTION
from infusion_visits.patients.line_order_fields import LINES
from infusion_visits.patients.line_order_rules import lacks as line_order_lacks
from infusion_visits.patients.line_order_rules import line_order_for
from infusion_visits.patients.plan_rules import (
    CATALOGUE,
    directive_missing,
    lacks,
    looked_at,
    plan_in_force,
    read_plan_catalogue,
    review_due,
    suggested_safety,
)
from infusion_visits.patients.rules import in_force, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from infusion_visits.patients.facts import Facts
    from infusion_visits.patients.plan_rules import PlanCatalogue
    from infusion_visits.patients.values import PlanOfCare
    from infusion_visits.visits.record import VisitRecord

CERTIFYING = frozenset({VisitKind.START_OF_CARE, VisitKind.REASSESSMENT})
"""At these visits the plan is written or written anew: what it lacks shuts the signature."""

SUMMARY = "Discharge summary to the prescriber"


def plan_of_care(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """What the plan lacks: a stop where it is being certified, else a line to read."""
    if facts.kind not in IN_PERSON_KINDS:
        return
    day = local_day(facts.arrived or record.visit.scheduled, facts.zone)
    catalogue = read_plan_catalogue(load_catalogue(CATALOGUE))
    plan = plan_in_force(record.patient, day)
    yield from _contacts(record, facts)
    if plan is None:
        yield _open(facts, "none", "There is no plan of care yet. Write it in the chart.")
        return
    yield from _times(plan, facts, catalogue, day)
    yield from _contents(plan, record, facts, catalogue, day)


def line_orders(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """Advice for each line in place whose care nobody ordered, or ordered "as directed" only."""
    if facts.kind not in IN_PERSON_KINDS:
        return
    day = local_day(facts.arrived or record.visit.scheduled, facts.zone)
    labels = {option.key: option.label for option in LINES}
    for kind in dict.fromkeys(line.kind for line in facts.lines if line.in_place):
        if kind not in labels:
            continue
        order = line_order_for(record.patient, kind, day)
        row = order.mark.row if order else Row("line_order")
        missing = line_order_lacks(order) if order else ()
        if order is not None and not missing:
            continue
        said = f"does not say: {', '.join(missing)}." if missing else "is not there."
        words = f"The order for the care of the {labels[kind]} {said}"
        yield replace(_finding("line-order", Level.ADVICE, words, row, "line"), subject=kind)


def discharge_tasks(record: VisitRecord, facts: Facts) -> tuple[PlannedTask, ...]:
    """After a discharge visit the prescriber is owed a summary (clinical reference 7.11)."""
    if facts.kind is not VisitKind.DISCHARGE:
        return ()
    limits = read_plan_catalogue(load_catalogue(CATALOGUE)).limits
    day = local_day(facts.departed or facts.now, facts.zone)
    due = day + timedelta(days=limits.discharge_summary_days)
    return (PlannedTask(what=SUMMARY, assignee="", due_day=due, origin="discharge visit"),)


def _contacts(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    if not any(row.emergency for row in standing(record.patient.contact)):
        words = "No emergency contact is on record."
        yield _open(facts, "emergency-contact", words, row=Row("contact"), field="name")


def _times(
    plan: PlanOfCare, facts: Facts, catalogue: PlanCatalogue, day: date
) -> Iterator[Finding]:
    due = review_due(plan, catalogue.limits)
    if due is not None and due < day:
        seen = looked_at(plan)
        last = f"Last looked at on {show_day(seen)}." if seen else ""
        yield _finding(
            "plan.review",
            Level.ALERT,
            f"Plan of care overdue for review since {show_day(due)}",
            plan.mark.row,
            "reviewed_day",
            detail=last,
        )
    if plan.signed_day is None and plan.starts is not None:
        waiting = (day - plan.starts).days
        late = waiting > catalogue.limits.signature_days
        yield _finding(
            "plan.signature",
            Level.ALERT if late else Level.ADVICE,
            "Plan of care not signed by a physician",
            plan.mark.row,
            "signed_day",
            detail=f"In force for {waiting}{NBSP}days.",
        )


def _contents(
    plan: PlanOfCare, record: VisitRecord, facts: Facts, catalogue: PlanCatalogue, day: date
) -> Iterator[Finding]:
    row = plan.mark.row
    if missing := lacks(plan):
        words = f"The plan of care does not say: {', '.join(missing)}."
        yield _open(facts, "contents", words, row=row, field="goals")
    directive = any(one.kind == "dnr" for one in in_force(record.patient, day))
    if directive_missing(plan) or (directive and not plan.directive_place):
        words = "A limit of treatment is on record, and not where the directive lies."
        yield _open(facts, "directive", words, row=row, field="directive_place")
    therapy = facts.order.therapy if facts.order else None
    wanted = suggested_safety(
        record.patient,
        day,
        therapy.groups if therapy else (),
        catalogue,
        hazardous=therapy.hazardous if therapy else False,
    )
    absent = [one.label for one in wanted if one.key not in (plan.safety or ())]
    if absent:
        yield _finding(
            "plan.safety",
            Level.ADVICE,
            f"Safety measures to think of: {'; '.join(absent)}.",
            row,
            "safety",
        )


def _open(
    facts: Facts, code: str, words: str, *, row: Row | None = None, field: str = "physician"
) -> Finding:
    """A stop at the visits that certify the plan, which an agency may let pass; else advice."""
    certifying = facts.kind in CERTIFYING
    return _finding(
        f"plan.{code}",
        Level.STOP if certifying else Level.ADVICE,
        words,
        row or Row("plan_of_care"),
        field,
        overridable=certifying,
    )


def _finding(
    code: str,
    level: Level,
    words: str,
    row: Row,
    field: str,
    *,
    detail: str = "",
    overridable: bool = False,
) -> Finding:
    cell = Cell(SECTION, row, field)
    return Finding(code, level, words, SECTION, cell, overridable=overridable, detail=detail)
