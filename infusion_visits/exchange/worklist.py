"""The list that lies beside exported notes: one line each, to be ticked off on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Block,
    Column,
    Exceptions,
    Heading,
    Items,
    Span,
    Table,
    Voice,
    Words,
    plain,
    strong,
)
from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day, show_time
from infusion_visits.notes.document import NoteDocument, NoteFooter, NoteHeader, Paper
from infusion_visits.notes.exceptions import exceptions
from infusion_visits.notes.wording import counted, stamp
from infusion_visits.patients.rules import birth_words, name_words
from infusion_visits.visits.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.visits.signed_note import SignedNote

BOX = "□"
NOTHING_WRONG = "no exceptions"


@dataclass(frozen=True, slots=True)
class WorklistLine:
    """One note of the list. `exceptions` says how many page one tells, `first` names the first."""

    patient: str
    born: str
    visit: str
    nurse: str
    exceptions: str
    first: str
    state: str
    file: str


@dataclass(frozen=True, slots=True)
class ListedBy:
    """Who made the list, for which agency and paper; `at` is UTC, `zone` that of the laptop."""

    agency: str
    member: str
    at: datetime
    zone: str
    paper: str = Paper.LETTER


def line_of(note: SignedNote, file: str) -> WorklistLine:
    """What the list says of a signed note that was written as `file`."""
    record = note.record
    facts = facts_of(record, note.signing.at)
    found = exceptions(record, facts, record.findings, signed=True)
    day = local_day(record.visit.scheduled, record.visit.zone)
    nurse = record.who(record.visit.nurse)
    return WorklistLine(
        patient=name_words(record.patient.patient) or "Name not known",
        born=birth_words(record.patient.patient, day).partition(" (")[0],
        visit=f"{show_day(day)} {show_time(record.visit.scheduled, record.visit.zone)}\n"
        f"{record.visit.kind.label}",
        nurse=nurse.name if nurse else "not known",
        exceptions=found.title if found.rows else NOTHING_WRONG,
        first=_first(found),
        state=_state(note),
        file=file,
    )


def _first(found: Exceptions) -> str:
    """The name of the first exception, as page one says it in the strong voice."""
    if not found.rows:
        return ""
    words = found.rows[0].words
    named = [span.text for span in words if span.voice is Voice.STRONG] or [words[0].text]
    return named[0].strip()


def _state(note: SignedNote) -> str:
    if note.retracted:
        return "retracted"
    if note.addenda:
        many = "addendum" if len(note.addenda) == 1 else "addenda"
        return f"signed, {len(note.addenda)} {many}"
    return "signed"


def worklist(
    title: str, lines: Sequence[WorklistLine], left_out: Sequence[str], by: ListedBy
) -> bytes:
    """The PDF of the list: a box, patient, visit, nurse, exceptions, state and file of each note.

    `left_out` are lines in words. The same list gives the same bytes.
    """
    from infusion_visits.notes.envelope.assemble import assemble
    from infusion_visits.notes.pdf import render_tagged

    document = _document(title, lines, left_out, by)
    return assemble(document, render_tagged(document), (), to_sign=False)


def _document(
    title: str, lines: Sequence[WorklistLine], left_out: Sequence[str], by: ListedBy
) -> NoteDocument:
    count = counted(len(lines), "note")
    made = f"exported {stamp(by.at, by.zone)} by {by.member}"
    blocks: list[Block] = [_table(lines)] if lines else []
    if left_out:
        words = tuple(plain(one) for one in left_out)
        blocks += [Heading("Left out", beside=counted(len(left_out), "visit")), Items(words)]
    return NoteDocument(
        title=f"Worklist, {title}",
        header=NoteHeader("Worklist", plain(made), title, count, by.agency),
        head_answers=(),
        blocks=tuple(blocks),
        footer=NoteFooter("Worklist", title, count, "", made),
        produced_at=by.at,
        paper=Paper(by.paper),
    )


def _table(lines: Sequence[WorklistLine]) -> Table:
    columns = (
        Column("Seen", 6),
        Column("Patient", 25),
        Column("Visit", 23),
        Column("Nurse", 13),
        Column("Exceptions", 27),
        Column("State", 11),
        Column("File", 31),
    )
    return Table(columns, tuple(_row(line) for line in lines))


def _row(line: WorklistLine) -> tuple[Words, ...]:
    wrong = line.exceptions != NOTHING_WRONG
    said: Words = strong(line.exceptions) if wrong else plain(line.exceptions)
    if line.first:
        said = (*said, Span(f"\n{line.first}"))
    return (
        plain(BOX),
        (Span(line.patient, Voice.STRONG), Span(f"\nborn {line.born}", Voice.QUIET)),
        plain(line.visit),
        plain(line.nurse),
        said,
        plain(line.state),
        (Span(line.file),),
    )
