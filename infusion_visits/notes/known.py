"""What was known of the patient at the visit, and the orders by which it was given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Answer,
    Answers,
    Block,
    Heading,
    Items,
    Paragraph,
    Span,
    Voice,
    Words,
    plain,
    strong,
)
from infusion_visits.core.charted import answers
from infusion_visits.core.moments import show_day
from infusion_visits.core.units import CENTIMETRE, with_unit
from infusion_visits.notes.wording import capital, sentence
from infusion_visits.patients.fields import HEIGHT, PATIENT
from infusion_visits.patients.line_order_rules import line_order_for, line_order_words
from infusion_visits.patients.order_fields import THERAPY_ORDER
from infusion_visits.patients.order_options import PER_M2
from infusion_visits.patients.order_rules import order_words, premedication_words
from infusion_visits.patients.plan_rules import plan_in_force, plan_lines
from infusion_visits.patients.rules import (
    allergy_line,
    allergy_words,
    in_force,
    kilograms,
    latest_weight,
    precaution_words,
    standing,
    weight_words,
)
from infusion_visits.patients.therapy.catalogue import CATALOGUE as THERAPIES
from infusion_visits.patients.therapy.catalogue import therapy_fact
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.visits.rules.plan_of_care import CERTIFYING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from infusion_visits.patients.facts import Facts
    from infusion_visits.patients.values import HomeMedicine, PatientChart, TherapyOrder
    from infusion_visits.visits.record import VisitRecord

_SAID_ELSEWHERE = frozenset(
    {
        *("family", "given", "suffix", "preferred_name", "birth_day", "birth_precision", "sex"),
        *("zone", "allergy_state"),
    }
)
_NOT_FOR_THE_NOTE = frozenset({"other_names", "other_telephone", "email", "notes", "status"})
NOT_FOR_THE_NOTE = (
    "the patient's other names, other telephones, e-mail, notes, status and contacts",
    "earlier weights and heights, and their sources",
    "codes, kinds, sources and first days of allergies, conditions and home medicines",
    "imported measurements",
    "orders not used here, and for lines not in place",
    "earlier plans of care; of the one in force all but goals, visits, safety and limits",
)
"""What of the patient's chart the note leaves out, in words."""

PLAN_IN_SHORT = frozenset({"Goals", "Visits", "Safety", "If the heart stops"})
"""What of the plan of care stands in the note of a visit that does not certify it."""

_ORDER_HEAD = frozenset(
    {
        # Said in the order's own line, or beside its dose.
        *("drug", "brand", "dose", "dose_unit", "route", "volume_ml", "diluent", "delivery"),
        *("frequency", "over_minutes", "dose_per_kg", "dose_per_kg_unit"),
        *("dosing_weight_kg", "dosing_weight_day", "dosing_basis", "dose_per_m2"),
        *("dosing_height_cm", "surface_rounded", "every", "every_unit", "dose_number"),
        *("doses_planned", "course_days", "cycle_hours", "ramp_up_hours", "ramp_down_hours"),
        *("demand_dose", "lockout_minutes", "basal_per_hour", "limit_1_hour", "limit_4_hours"),
        *("concentration_amount", "concentration_unit"),
        # Keys of the catalogue; what they stand for is written out.
        *("therapy", "product", "ladder"),
        # How the order came to be, which is not the visit's.
        *("replaces", "status", "used_at"),
    }
)


def known_blocks(record: VisitRecord, facts: Facts, today: date) -> tuple[Block, ...]:
    """Allergies, weight, precautions, conditions, home medicines; then each order used."""
    chart = record.patient
    rows = [
        Answer("Allergies", plain(allergy_line(facts.allergies, allergy_words(chart)))),
        Answer("Weight", plain(weight_words(latest_weight(chart)))),
        *_listed("Precautions", [precaution_words(row) for row in in_force(chart, today)]),
        *_listed("Conditions", _conditions(chart)),
        *_listed("Home medicines", [medicine_words(row) for row in standing(chart.home_medicine)]),
    ]
    if chart.patient is not None:
        skip = _SAID_ELSEWHERE | _NOT_FOR_THE_NOTE
        rows += map(_in_one_line, _answered(answers(PATIENT, chart.patient, facts, skip=skip)))
    heights = [row for row in standing(chart.height) if row.height_cm is not None]
    if heights:
        rows += _answered(answers(HEIGHT, heights[-1], facts, skip=("source", "as_received")))
    made: list[Block] = [Heading("Patient and order"), Answers(tuple(rows), 3)]
    made += _plan(chart, today, whole=record.visit.kind in CERTIFYING)
    made += _line_orders(chart, facts, today)
    for order in _orders(record):
        made += _order(order, facts)
    return tuple(made)


def _answered(blocks: tuple[Block, ...]) -> list[Answer]:
    return [row for block in blocks if isinstance(block, Answers) for row in block.rows]


def _in_one_line(row: Answer) -> Answer:
    """An address as it is said: its lines with a comma between them."""
    joined = (replace(span, text=", ".join(span.text.splitlines())) for span in row.words)
    return replace(row, words=tuple(joined))


def _listed(label: str, said: list[str]) -> Iterator[Answer]:
    if said:
        yield Answer(label, plain("; ".join(said)))


def _conditions(chart: PatientChart) -> list[str]:
    return [
        f"{row.words} ({row.status})" if row.status and row.status != "active" else row.words
        for row in standing(chart.condition)
        if row.words
    ]


def medicine_words(row: HomeMedicine) -> str:
    """`ibuprofen 400 mg by mouth as needed for pain (on hold)`."""
    said = " ".join(part for part in (row.words, row.dose, row.route, row.frequency) if part)
    if row.reason:
        said += f" for {row.reason}"
    return f"{said} ({row.status})" if row.status and row.status != "taking" else said


def _orders(record: VisitRecord) -> tuple[TherapyOrder, ...]:
    """The visit's order, and those of its infusions; each once."""
    used: list[UUID | None] = [record.visit.order]
    used += [one.order_id for one in record.of(Infusion).infusion if one.mark.struck is None]
    found = {}
    for identifier in used:
        order = record.patient.order(identifier) if identifier else None
        if order is not None:
            found[order.id] = order
    return tuple(found.values())


def _plan(chart: PatientChart, today: date, *, whole: bool) -> tuple[Block, ...]:
    """The plan of care in force: who certified it, what it says; in one line between reviews."""
    plan = plan_in_force(chart, today)
    if plan is None:
        return ()
    until = f" to {show_day(plan.ends)}" if plan.ends else ""
    since = f"{show_day(plan.starts)}{until}" if plan.starts else "not dated"
    signed = f"signed {show_day(plan.signed_day)}" if plan.signed_day else "not signed yet"
    head = f"{since}, {plan.physician or 'no physician named'}, {signed}"
    if plan.reviewed_day:
        head += f", reviewed {show_day(plan.reviewed_day)}"
    lines = plan_lines(plan)
    if not whole:
        kept = [f"{label}: {words}" for label, words in lines if label in PLAN_IN_SHORT]
        head = ". ".join([head, *(words.rstrip(".") for words in kept)])
    said = Paragraph((*strong("Plan of care: "), Span(sentence(head))))
    rows = tuple(Answer(label, plain(words)) for label, words in lines)
    return (said, Answers(rows, 3)) if whole and rows else (said,)


def _line_orders(chart: PatientChart, facts: Facts, today: date) -> tuple[Block, ...]:
    """How the lines that are in place are to be cared for, one line an order."""
    kinds = dict.fromkeys(line.kind for line in facts.lines if line.in_place)
    orders = filter(None, (line_order_for(chart, kind, today) for kind in kinds))
    said = tuple(plain(_dated(line_order_words(order), order.ordered_day)) for order in orders)
    return (Paragraph(strong("Orders for lines:")), Items(said)) if said else ()


def _dated(words: str, day: date | None) -> str:
    return f"{words}, {show_day(day)}" if day else words


def _order(order: TherapyOrder, facts: Facts) -> tuple[Block, ...]:
    """The order in one line, what its dose rests on, what is given before; then the rest of it."""
    told: list[Words] = []
    if basis := _basis(order):
        by_weight = order.dose_per_kg is not None or order.dosing_basis == PER_M2
        head = _BASIS_HEADS.get(order.dosing_basis or "", "Dose by weight: ") if by_weight else ""
        said = sentence(basis if by_weight else capital(basis))
        told.append((*strong(head), Span(f"{said} ")))
    before = [premedication_words(row) for row in standing(order.premedication)]
    if before:
        told.append((*strong("Before: "), Span(f"{sentence('; '.join(before))} ")))
    therapies = facts.catalogue.get(THERAPIES)
    therapy = therapy_fact(order.therapy, therapies)
    if therapy is not None and therapy.boxed_warning:
        told.append((*strong("Boxed warning: "), Span(sentence(therapy.boxed_warning))))
    made: list[Block] = [
        Paragraph((Span("Order: ", Voice.QUIET), *strong(order_words(order, therapies))))
    ]
    if told:
        made.append(Paragraph(tuple(span for words in told for span in words)))
    return (*made, *answers(THERAPY_ORDER, order, facts, skip=_ORDER_HEAD, columns=3))


_BASIS_HEADS = {PER_M2: "Dose by body surface: "}


def _basis(order: TherapyOrder) -> str:
    """`0.5 g per kg, dosing weight 70 kg of 2 Nov 2026`."""
    said = []
    if order.dose_per_kg is not None:
        unit = order.dose_per_kg_unit or order.dose_unit or ""
        said.append(f"{with_unit(order.dose_per_kg, unit)} per kg")
    if order.dosing_basis == PER_M2 and order.dose_per_m2 is not None:
        said.append(f"{with_unit(order.dose_per_m2, order.dose_unit or '')} per m²")
        if order.dosing_height_cm is not None:
            said.append(f"height {with_unit(order.dosing_height_cm, CENTIMETRE)}")
        if order.surface_rounded:
            said.append("body surface rounded first")
    if order.dosing_weight_kg is not None:
        of = f" of {show_day(order.dosing_weight_day)}" if order.dosing_weight_day else ""
        said.append(f"dosing weight {kilograms(order.dosing_weight_kg)}{of}")
    return ", ".join(said)
