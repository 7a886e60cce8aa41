"""A signed note or a draft becomes a document: head, page one, sections, and what stands around.

Pure: of a signed note it reads nothing but what was signed. A change of what this makes is a new
layout, with a new number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Answer, Block, Keep, Span, Voice, Words, plain, quiet
from infusion_visits.core.charted import leaf_text
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import CLOSING, Finding, stops
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.logo import logo_of
from infusion_visits.core.moments import show_day, show_time
from infusion_visits.core.resources import as_if
from infusion_visits.notes.after import (
    addenda,
    late_entries,
    left_out,
    not_complete,
    retraction,
    signature,
)
from infusion_visits.notes.document import NoteDocument, NoteFooter, NoteHeader, Paper
from infusion_visits.notes.known import known_blocks
from infusion_visits.notes.page_one import page_one
from infusion_visits.notes.wording import counted, grouped, moment, stamp, weekday, zone_name
from infusion_visits.patients.facts import AllergyState, Facts
from infusion_visits.patients.rules import banner, birth_words, name_words, standing
from infusion_visits.sections.arrival.fields import ARRIVAL
from infusion_visits.sections.arrival.values import Arrival
from infusion_visits.sections.infusion.rules import standing as standing_infusions
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.record import VisitRecord
from infusion_visits.visits.rules.completeness import sections_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from infusion_visits.visits.signed_note import SignedNote

LAYOUT = 3
"""The number of the layout that this program prints; a signed note says which one was seen."""

KIND = "Home infusion visit"
_SEXES = {"female": "F", "male": "M"}
_DIGEST_SHOWN = 12
_ID_SHOWN = 8


@dataclass(frozen=True)
class Draft:
    """A visit that is not signed: its record, and what the rules say of it at `facts.now`."""

    record: VisitRecord
    facts: Facts
    findings: tuple[Finding, ...]

    @property
    def open_stops(self) -> tuple[Finding, ...]:
        """What keeps it from being signed."""
        return tuple(stops(self.findings, *CLOSING))


def compose(
    note: SignedNote | Draft, *, paper: str = Paper.LETTER, printed_again: bool = False
) -> NoteDocument:
    """The document of a signed note (with its addenda) or of a draft.

    `paper` is "letter" or "a4" (ValueError for another). `printed_again` says on each page that
    this print is not the file kept at signing.
    """
    if isinstance(note, Draft):
        return _of_draft(note, Paper(paper))
    # Threat: an agency's own figures on the laptop that reads would set other pages than the laptop
    # that signed, and an honest note would look altered. What the record kept counts, else the
    # program's own.
    with as_if(note.record.catalogue):
        return _of_signed(note, Paper(paper), printed_again=printed_again)


def _of_signed(note: SignedNote, paper: Paper, *, printed_again: bool) -> NoteDocument:
    record = note.record
    facts = facts_of(record, note.signing.at)
    blocks = (
        *addenda(note),
        *_body(record, facts, record.findings, signed=True),
        Keep((*signature(note), *left_out(record))),
    )
    day = _day(record, facts)
    signing = note.signing
    return NoteDocument(
        title=_title(record, day),
        header=_header(record, facts, day),
        head_answers=_head_answers(record, facts),
        blocks=blocks,
        footer=_footer(
            record,
            day,
            f"signed {moment(signing.at, facts.zone, day)} by {signing.signer.signed_name}",
            grouped(note.digest[:_DIGEST_SHOWN]),
        ),
        produced_at=max([signing.at, *(one.signing.at for one in note.addenda)]),
        retracted=retraction(note),
        paper=paper,
        printed_again=LAYOUT if printed_again else None,
        author=signing.signer.signed_name,
    )


def _of_draft(draft: Draft, paper: Paper) -> NoteDocument:
    record, facts = draft.record, draft.facts
    missing = draft.open_stops
    state = f"Not complete: {counted(len(missing), 'item')}" if missing else "Not signed"
    day = _day(record, facts)
    return NoteDocument(
        title=f"Draft, {_title(record, day)}",
        header=_header(record, facts, day),
        head_answers=_head_answers(record, facts),
        blocks=(
            *_body(record, facts, draft.findings, signed=False),
            *not_complete(missing),
            *left_out(record),
        ),
        footer=_footer(record, day, "not signed", ""),
        produced_at=facts.now,
        author=_nurse(record),
        draft=f"DRAFT {stamp(facts.now, facts.zone)}. {state}",
        paper=paper,
    )


def _body(
    record: VisitRecord, facts: Facts, findings: Sequence[Finding], *, signed: bool
) -> tuple[Block, ...]:
    """Page one, what was known, every section in its order, late entries."""
    made: list[Block] = [*page_one(record, facts, findings, signed=signed)]
    made += known_blocks(record, facts, _day(record, facts))
    for section in sections_for(record.visit.kind):
        values = record.sections.get(section.key)
        # The vital signs stand on page one, complete, and nowhere twice.
        if values is not None and not isinstance(values, Vitals):
            made += section.blocks(values, facts)
    made += late_entries(record, facts)
    return tuple(made)


def _day(record: VisitRecord, facts: Facts) -> date:
    """The day of the visit at the home."""
    return local_day(facts.arrived or record.visit.scheduled, facts.zone)


def _title(record: VisitRecord, day: date) -> str:
    return f"Visit note, {name_words(record.patient.patient)}, {show_day(day)}"


def _header(record: VisitRecord, facts: Facts, day: date) -> NoteHeader:
    telephone = record.agency.telephone
    return NoteHeader(
        name=name_words(record.patient.patient) or "Name not known",
        identity=_identity(record, facts, day),
        kind=KIND,
        when=_when(record, facts, day),
        agency=f"{record.agency.name}, {telephone}" if telephone else record.agency.name,
        logo=logo_of(record.agency.logo),
        agency_name=record.agency.name,
    )


def _identity(record: VisitRecord, facts: Facts, day: date) -> Words:
    """`born 14 Mar 1979 (47 years) · F · record 0042-118 · Allergic: penicillin · no BP on ...`."""
    person = record.patient.patient
    birth = birth_words(person, day)
    said = [birth if birth.startswith("birth") else f"born {birth}"]
    if person is not None and person.sex:
        said.append(_SEXES.get(person.sex, f"sex {person.sex}"))
    said += [
        f"{row.system or 'number'} {row.value}"
        for row in standing(record.patient.patient_identifier)[:1]
        if row.value
    ]
    words = [Span(f"{' · '.join(said)} · "), Span(_allergies(record, facts, day), Voice.STRONG)]
    if facts.limbs_barred_on:
        words.append(Span(f" · no BP on {', '.join(facts.limbs_barred_on)}"))
    return tuple(words)


def _allergies(record: VisitRecord, facts: Facts, day: date) -> str:
    line = banner(record.patient, day).allergy_line
    return f"Allergic: {line}" if facts.allergies is AllergyState.KNOWN else line


def _when(record: VisitRecord, facts: Facts, day: date) -> str:
    """`Sat 21 Nov 2026, 09:02–13:05 EST`."""
    if facts.arrived is None:
        at = record.visit.scheduled
        start = f"scheduled {show_time(at, facts.zone)} {zone_name(at, facts.zone)}"
        return f"{weekday(day)}, {start}"
    start = show_time(facts.arrived, facts.zone)
    if facts.departed is None:
        return f"{weekday(day)}, from {start} {zone_name(facts.arrived, facts.zone)}"
    return f"{weekday(day)}, {start}–{moment(facts.departed, facts.zone, day)}"


def _head_answers(record: VisitRecord, facts: Facts) -> tuple[Answer, ...]:
    kind = record.visit.kind.label
    first = facts.order is not None and facts.order.first_dose
    # A visit that gave nothing, such as a telephone call, is not the first dose.
    gives = record.visit.completed is None or bool(standing_infusions(record.of(Infusion)))
    if record.visit.kind is VisitKind.TELEPHONE:
        gives = False
    if first and gives and record.visit.kind is not VisitKind.FIRST_DOSE:
        kind = f"{kind}, first dose"
    return (
        Answer("Nurse", plain(_nurse(record) or "not known")),
        Answer("Visit", plain(kind)),
        Answer("Identity", _identified(record, facts)),
        Answer("Ordered by", _ordered_by(record, facts)),
    )


def _nurse(record: VisitRecord) -> str:
    who = record.who(record.visit.nurse)
    return who.signed_name if who else ""


def _identified(record: VisitRecord, facts: Facts) -> Words:
    arrival = record.of(Arrival).arrival
    if arrival is None or arrival.mark.struck or not arrival.identifiers:
        return quiet("not charted")
    said = leaf_text(ARRIVAL.leaf("identifiers"), arrival, facts)
    at = arrival.identified_at
    return plain(f"{said}; {show_time(at, facts.zone)}" if at else said)


def _ordered_by(record: VisitRecord, facts: Facts) -> Words:
    order = record.patient.order(record.visit.order) if record.visit.order else None
    if order is None:
        return quiet("no order for this visit")
    day = f", {show_day(order.ordered_day)}" if order.ordered_day else ""
    return plain(f"{order.prescriber or 'prescriber not named'}{day}")


def _footer(record: VisitRecord, day: date, signed: str, digest: str) -> NoteFooter:
    person = record.patient.patient
    birth = birth_words(person, day).partition(" (")[0]
    tail = record.visit.id.hex[-_ID_SHOWN:].upper()
    return NoteFooter(
        patient=name_words(person) or "Name not known",
        born=birth if birth.startswith("birth") else f"born {birth}",
        visit=f"visit {show_day(day)}",
        document_id=f"Note {tail[:4]}-{tail[4:]}",
        signed=signed,
        digest=digest,
    )
