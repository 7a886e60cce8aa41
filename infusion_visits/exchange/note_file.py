"""The finished note file, and the whole act of signing.

One file carries what a person reads and what a machine checks: the pages, inside them the signed
record with its signatures and a FHIR document (exchange.note_parts tells their form), and around
all of it the file's own signature by the same key. A draft carries none of these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from infusion_visits.exchange.note_parts import packed, unsigned_file
from infusion_visits.notes.compose import LAYOUT, Draft, compose
from infusion_visits.records import draft_text
from infusion_visits.records.unit_of_work import UnitOfWork
from infusion_visits.team.queries import setting
from infusion_visits.visits import sealing, signing
from infusion_visits.visits.charting import OWNER_KIND
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import load_record
from infusion_visits.visits.rules.everything import all_findings

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from infusion_visits.core.clock import Clock
    from infusion_visits.core.desk import Who
    from infusion_visits.vault.certificates import Signatory
    from infusion_visits.visits.signed_note import AddendumKind, Correction, SignedNote

PAPER = "paper"
NewUnit = Callable[[], UnitOfWork]


def finish(
    note: SignedNote,
    signatory: Signatory | None = None,
    *,
    paper: str = "letter",
    printed_again: bool = False,
) -> bytes:
    """The file of a signed note.

    Up to its signature it is a pure function of the note, its layout and the paper. The file is
    signed where the `signatory` is at hand, as of the moment of the last thing signed in it; a
    later print without one carries the record all the same, and verifying says what is missing.
    """
    file = unsigned_file(note, paper, printed_again=printed_again, to_sign=signatory is not None)
    if signatory is None:
        return file
    from infusion_visits.notes.envelope.sealing import sign_pdf

    return sign_pdf(file, signatory, note.latest.signing)


def draft(unit: UnitOfWork, visit: UUID, now: datetime) -> bytes:
    """The PDF of a visit that is not signed: DRAFT on each page, with what is missing."""
    record = load_record(unit, visit)
    facts = facts_of(record, now)
    texts = draft_text.of_owner(unit, OWNER_KIND, visit)
    drafted = Draft(record, facts, tuple(all_findings(record, facts, texts)))
    return packed(compose(drafted, paper=setting(unit, PAPER, "letter")))


def sign(
    new_unit: NewUnit, visit: UUID, signatory: Signatory, signer: Who, clock: Clock
) -> SignedNote:
    """Seals a completed visit, makes its file and keeps both. Raises Refused while a stop is open.

    Nothing is written until the file exists; a crash in between leaves the draft as it was.
    """
    with new_unit() as unit:
        unsealed = signing.prepare(unit, visit)
        paper = setting(unit, PAPER, "letter")
    note = sealing.seal(unsealed, signatory, signer, clock.now(), layout=LAYOUT)
    file = finish(note, signatory, paper=paper)
    with new_unit() as unit:
        signing.keep(unit, note, file)
        unit.commit()
    return note


def add(
    new_unit: NewUnit,
    visit: UUID,
    kind: AddendumKind,
    words: str,
    corrections: Sequence[Correction],
    signatory: Signatory,
    signer: Who,
    clock: Clock,
    *,
    answers: Sequence[str] = (),
) -> SignedNote:
    """Signs an addendum and prints the note anew with it. Raises Refused without words.

    `answers` names the coordinator's questions that it answers (AskedBack.name).
    """
    with new_unit() as unit:
        note = signing.load_note(unit, visit)
        paper = setting(unit, PAPER, "letter")
        addendum = sealing.seal_addendum(
            note, unit.ids.new(), kind, words, corrections, signatory, signer, clock.now(), answers
        )
    longer = note.with_addenda((*note.addenda, addendum), (signatory.certificate.der,))
    file = finish(longer, signatory, paper=paper)
    with new_unit() as unit:
        signing.keep_addendum(unit, note, addendum, file)
        unit.commit()
    return longer
