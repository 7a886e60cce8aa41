"""What stands around the sections: addenda, late entries, the signature, what is left out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Answer,
    Answers,
    Block,
    Column,
    Heading,
    Items,
    Keep,
    Paragraph,
    Span,
    Table,
    Voice,
    Words,
    plain,
    quiet,
)
from infusion_visits.core.charted import author_words, time_words
from infusion_visits.core.fields import Ref
from infusion_visits.core.moments import show_instant
from infusion_visits.notes.exceptions import rows_of
from infusion_visits.notes.known import NOT_FOR_THE_NOTE
from infusion_visits.notes.wording import capital, grouped, sentence, stamp
from infusion_visits.sections.list import SECTIONS
from infusion_visits.visits.rules.completeness import sections_for
from infusion_visits.visits.signed_note import AddendumKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.fields import Leaf
    from infusion_visits.core.findings import Finding
    from infusion_visits.core.marks import Mark
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.section import AnySection
    from infusion_visits.visits.record import VisitRecord
    from infusion_visits.visits.signed_note import SignedAddendum, SignedNote

_FINGERPRINT = 16


def retraction(note: SignedNote) -> str | None:
    """The line above each page of a note that was taken back."""
    taken_back = [one for one in note.addenda if one.kind is AddendumKind.RETRACTION]
    if not taken_back:
        return None
    last = taken_back[-1]
    return f"RETRACTED {_by(last)}: {sentence(last.words)}"


def addenda(note: SignedNote) -> tuple[Block, ...]:
    """Before everything else: who reads a corrected note must see the correction first."""
    if not note.addenda:
        return ()
    made: list[Block] = [Heading("Addendum" if len(note.addenda) == 1 else "Addenda")]
    for one in note.addenda:
        head = f"{capital(one.kind.value)}, {_by(one)}. "
        made.append(Paragraph((Span(head, Voice.STRONG), Span(sentence(one.words)))))
        if one.corrections:
            columns = (Column("Where", 3), Column("Was", 4), Column("Is", 4))
            rows = tuple(
                (
                    plain(each.where),
                    (Span(each.was, Voice.STRUCK),),
                    (Span(each.now, Voice.STRONG),),
                )
                for each in one.corrections
            )
            made.append(Table(columns, rows))
    return tuple(made)


def _by(one: SignedAddendum) -> str:
    signing = one.signing
    return f"{stamp(signing.at, signing.zone)} by {signing.signer.signed_name}"


def late_entries(record: VisitRecord, facts: Facts) -> tuple[Block, ...]:
    """Every entry written more than 15 minutes after it happened, in one list."""
    lines: list[Words] = []
    for section in SECTIONS:
        values = record.sections.get(section.key)
        if values is None:
            continue
        for group, row in rows_of(section.rows, values):
            if row.mark.late and row.mark.struck is None:
                lines.append(_late(section.title, group.label, row.mark, facts))
    if len(lines) == 1:
        return (Heading("Late entries", 2, "".join(span.text for span in lines[0])),)
    return (Heading("Late entries"), Items(tuple(lines))) if lines else ()


def _late(title: str, label: str, mark: Mark, facts: Facts) -> Words:
    happened = time_words(mark, facts)
    written = show_instant(mark.entered_at, facts.zone, beside=mark.at) if mark.entered_at else ""
    name = label if label == title else f"{title}, {label[:1].lower()}{label[1:]}"
    by = author_words(mark, facts)
    return (
        Span(f"{happened} ", Voice.STRONG),
        Span(f"{name}: written {written}{f' by {by}' if by else ''}"),
    )


def not_complete(stops: Sequence[Finding]) -> tuple[Block, ...]:
    """What keeps a draft from being signed."""
    if not stops:
        return ()
    return (Heading("Not complete"), Items(tuple(plain(found.words) for found in stops)))


def signature(note: SignedNote) -> tuple[Block, ...]:
    """Who signed what, when and with which key; the digest is of the very bytes signed."""
    signing = note.signing
    key = hashlib.sha256(signing.public_key).hexdigest()[:_FINGERPRINT]
    at = stamp(signing.at, signing.zone)
    who = f"signed by {signing.signer.signed_name}, {at}: {signing.meaning}"
    rows = (
        Answer("Signing key", (Span(grouped(key), Voice.CODE),)),
        Answer("Made with", plain(f"record version {note.plain['v']}, layout {note.layout}")),
        Answer("Record digest", (Span(grouped(note.digest), Voice.CODE),)),
    )
    return (Keep((Heading("Electronic signature", 2, who), Answers(rows, 3))),)


def left_out(record: VisitRecord) -> tuple[Block, ...]:
    """Sections without an entry, and what the note leaves out on purpose."""
    shown = sections_for(record.visit.kind)
    empty = [section.title for section in shown if not _charted(record, section)]
    said: list[str] = []
    if empty:
        said.append(f"Nothing charted: {', '.join(empty)}.")
    omitted = [
        _omitted(section, name)
        for section in shown
        for name in sorted(section.left_out)
        if not isinstance(_leaf(section, name), Ref)
    ]
    said.append(
        f"Not in this note, kept in the record: {'; '.join((*NOT_FOR_THE_NOTE, *omitted))}."
    )
    return (Paragraph(quiet(" ".join(said))),)


def _charted(record: VisitRecord, section: AnySection) -> bool:
    values = record.sections.get(section.key)
    return values is not None and any(True for _ in rows_of(section.rows, values))


def _leaf(section: AnySection, name: str) -> Leaf:
    group, _, field = name.partition(".")
    return section.group(group).leaf(field)


def _omitted(section: AnySection, name: str) -> str:
    """A field left out, by its label and its row's: `line of check`.

    A reference is not named: the thing it points at stands above or beside it by its own name.
    """
    rows = section.group(name.partition(".")[0])
    return f"{_leaf(section, name).label} of {rows.label}".lower()
