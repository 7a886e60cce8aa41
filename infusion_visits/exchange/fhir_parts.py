"""The parts of the document in page order: their words, and what they say as resources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Block
from infusion_visits.core.clock import local_day
from infusion_visits.core.fhir import LOINC, Piece, coding
from infusion_visits.exchange.fhir_mappings import MAPPINGS
from infusion_visits.notes.after import addenda, late_entries, left_out, signature
from infusion_visits.notes.known import known_blocks
from infusion_visits.notes.page_one import page_one
from infusion_visits.visits.rules.completeness import sections_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
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
    day = local_day(facts.arrived or record.visit.scheduled, facts.zone)
    made = [
        Part("addenda", "Addenda", addenda(note)),
        Part("summary", "Page one", tuple(page_one(record, facts, record.findings, signed=True))),
        Part("known", "Known at the visit", tuple(known_blocks(record, facts, day))),
        *_sections(note, facts, refs),
        Part("late", "Late entries", late_entries(record, facts)),
        Part("signature", "Signature", (*signature(note), *left_out(record))),
    ]
    return [part for part in made if part.blocks or part.resources]


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
                tuple(mapped(values, facts, refs)) if mapped else (),
                coding(LOINC, code, display) if code else None,
            )
        )
    return parts
