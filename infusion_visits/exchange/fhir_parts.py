"""The parts of the document in page order: their words, and what they say as resources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Block, Paragraph, plain
from infusion_visits.core.clock import local_day
from infusion_visits.core.fhir import LOINC, Piece, coding
from infusion_visits.exchange import (
    fhir_out_known,
    fhir_out_orders,
    fhir_out_patient,
    fhir_out_rules,
)
from infusion_visits.exchange.fhir_mappings import MAPPINGS
from infusion_visits.exchange.fhir_retracted import taken_back
from infusion_visits.notes.after import addenda, late_entries, left_out, signature
from infusion_visits.notes.known import known_blocks
from infusion_visits.notes.page_one import page_one
from infusion_visits.patients.rules import allergy_line, allergy_words
from infusion_visits.visits.rules.completeness import sections_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord
    from infusion_visits.visits.signed_note import SignedNote

_CODES = {
    "devices": ("46264-8", "History of medical device use"),
    "vitals": ("8716-3", "Vital signs"),
    "medicines": ("29549-3", "Medication administered Narrative"),
}


@dataclass(frozen=True)
class Part:
    """One section of the document. `empty` is FHIR's code of why nothing stands in it."""

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    resources: tuple[Piece, ...] = ()
    code: Piece | None = None
    empty: str = ""


def parts_of(note: SignedNote, facts: Facts, refs: Refs) -> list[Part]:
    """Every part that says anything."""
    record = note.record
    made = [
        Part("addenda", "Addenda", addenda(note)),
        Part(
            "summary",
            "Summary",
            page_one(record, facts, record.findings, signed=True),
            tuple(fhir_out_rules.gone_past(record, refs)),
        ),
        _allergies(record, facts, refs),
        _known(record, facts, refs),
        *_sections(note, facts, refs),
        Part("late", "Late entries", late_entries(record, facts)),
        Part("signature", "Signature", (*signature(note), *left_out(record))),
    ]
    if note.retracted:
        made = [replace(part, resources=taken_back(part.resources, refs)) for part in made]
    return [part for part in made if part.blocks or part.resources]


def _allergies(record: VisitRecord, facts: Facts, refs: Refs) -> Part:
    """Always there: an allergy list that is not in a document reads as "none"."""
    chart = record.patient
    told = allergy_line(facts.allergies, allergy_words(chart))
    said = chart.patient.allergy_note if chart.patient else None
    blocks = [Paragraph(plain(told)), *([Paragraph(plain(said))] if said else [])]
    return Part(
        "allergies",
        "Allergies",
        tuple(blocks),
        tuple(fhir_out_known.allergies(chart, refs)),
        coding(LOINC, "48765-2", "Allergies and adverse reactions Document"),
        empty="notasked",
    )


def _known(record: VisitRecord, facts: Facts, refs: Refs) -> Part:
    chart = record.patient
    day = local_day(facts.arrived or record.visit.scheduled, facts.zone)
    resources = (
        *fhir_out_patient.related_persons(chart, refs),
        *fhir_out_known.flags(chart, refs, day),
        *fhir_out_known.conditions(chart, refs),
        *fhir_out_known.home_medicines(chart, refs),
        *fhir_out_known.bodies(chart, refs),
        *fhir_out_orders.therapy_orders(chart, facts, refs),
        *fhir_out_orders.line_orders(chart, refs),
        *fhir_out_orders.plans_of_care(chart, refs),
        *fhir_out_orders.tasks(record, refs),
    )
    return Part("known", "Known at the visit", known_blocks(record, facts, day), resources)


def _sections(note: SignedNote, facts: Facts, refs: Refs) -> Sequence[Part]:
    parts: list[Part] = []
    for section in sections_for(note.record.visit.kind):
        values = note.record.sections.get(section.key)
        if values is None:
            continue
        mapped = MAPPINGS.get(section.key)
        code, display = _CODES.get(section.key, ("", ""))
        parts.append(
            Part(
                section.key,
                section.title,
                tuple(section.blocks(values, facts)),
                (
                    *(mapped(values, facts, refs) if mapped else ()),
                    *fhir_out_rules.absent_of(note.record, section, refs),
                ),
                coding(LOINC, code, display) if code else None,
            )
        )
    return parts
