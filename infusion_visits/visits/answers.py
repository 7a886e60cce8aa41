"""The coordinator's answers to a note as they lie in this record, and what follows from them.

The same rows lie in the coordinator's record, once she has signed, and in the nurse's, once she has
taken the answer in; so both read the same state.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.records import cells
from infusion_visits.records.cells import Origin
from infusion_visits.records.prepared import owned_rows
from infusion_visits.visits.note_state import Answered, AskedBack, NoteState, newest, state_of
from infusion_visits.visits.signed_note import SignedAddendum, SignedReview
from infusion_visits.visits.tables import (
    Addendum,
    Question,
    Review,
    SignatureTable,
    VisitSnapshot,
)

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork


def answers_of(unit: UnitOfWork, visit: UUID) -> tuple[Answered, ...]:
    """All answers to the note of a visit, the oldest first."""
    rows = owned_rows(unit, Review, ("visit_id", visit), ("id",))
    found = [SignedReview(row["envelope"], b"").answered for row in rows if row["envelope"]]
    return tuple(sorted(found, key=lambda one: (one.at, one.id.bytes)))


def questions_of(unit: UnitOfWork, visit: UUID) -> tuple[AskedBack, ...]:
    """The questions of the last decision, with whether an addendum answered them.

    None once the note is approved.
    """
    last = newest(answers_of(unit, visit))
    if last is None or last.state is not NoteState.RETURNED:
        return ()
    answered = {name for one in _addenda(unit, visit) for name in one.answers}
    return tuple(replace(one, answered=one.name in answered) for one in last.questions)


def note_state(unit: UnitOfWork, visit: UUID) -> NoteState | None:
    """Where the note of a visit stands, as far as this record knows.

    None for a visit that is not signed, and for a note that nobody has answered or acknowledged
    yet: then it is known only to be here.
    """
    signed = owned_rows(unit, VisitSnapshot, ("visit_id", visit), ("visit_id",))
    answers = answers_of(unit, visit)
    if not signed or not answers:
        return None
    return state_of(answers, addenda_digests(unit, visit))


def keep_answer(unit: UnitOfWork, review: SignedReview, certificate: bytes) -> None:
    """Keeps a checked answer with its signature and questions, under its own time and author."""
    said, signing = review.answered, review.signing
    origin = Origin(signing.at, signing.signer.id, signing.at, signing.signer.id)
    columns = {
        "visit_id": said.visit,
        "state": said.state.value,
        "words": said.words,
        "envelope": review.envelope,
        "sha256": review.digest,
        "certificate": certificate,
    }
    cells.bring(unit, Review, {"id": said.id}, columns, origin)
    for one in said.questions:
        asked = {"cell": one.cell, "words": one.words, "label": one.label}
        cells.bring(unit, Question, {"review_id": said.id, "seq": one.seq}, asked, origin)
    signed = {
        "visit_id": said.visit,
        "target": review.digest,
        "signer_id": signing.signer.id,
        "public_key": signing.public_key,
        "signature": review.signature,
        "signed_at": signing.at,
    }
    cells.bring(unit, SignatureTable, {"id": unit.ids.new()}, signed, origin)


def load_answer(unit: UnitOfWork, review: UUID) -> tuple[SignedReview, bytes] | None:
    """An answer as it was signed, and its signer's certificate; None where it is not here."""
    rows = owned_rows(unit, Review, ("id", review), ("id",))
    if not rows or not rows[0]["envelope"]:
        return None
    row = rows[0]
    signatures = owned_rows(unit, SignatureTable, ("target", row["sha256"]), ("id",))
    signature = signatures[0]["signature"] if signatures else b""
    return SignedReview(row["envelope"], signature), row["certificate"] or b""


def addenda_digests(unit: UnitOfWork, visit: UUID) -> tuple[str, ...]:
    """The digests of the addenda of a visit, in their order."""
    rows = owned_rows(unit, Addendum, ("visit_id", visit), ("created_at", "id"))
    return tuple(row["sha256"] for row in rows)


def _addenda(unit: UnitOfWork, visit: UUID) -> list[SignedAddendum]:
    rows = owned_rows(unit, Addendum, ("visit_id", visit), ("created_at", "id"))
    return [SignedAddendum(row["id"], row["envelope"], b"") for row in rows]
