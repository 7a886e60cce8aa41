"""The coordinator's answers to a note as they lie in this record, and what follows from them.

The same rows lie in the coordinator's record, once she has signed, and in the nurse's, once she has
taken the answer in; so both read the same state.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.records.prepared import owned_rows
from infusion_visits.visits.note_state import Answered, AskedBack, NoteState, newest, state_of
from infusion_visits.visits.signed_note import SignedAddendum, SignedReview
from infusion_visits.visits.tables import Addendum, Review, VisitSnapshot

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


def addenda_digests(unit: UnitOfWork, visit: UUID) -> tuple[str, ...]:
    """The digests of the addenda of a visit, in their order."""
    rows = owned_rows(unit, Addendum, ("visit_id", visit), ("created_at", "id"))
    return tuple(row["sha256"] for row in rows)


def _addenda(unit: UnitOfWork, visit: UUID) -> list[SignedAddendum]:
    rows = owned_rows(unit, Addendum, ("visit_id", visit), ("created_at", "id"))
    return [SignedAddendum(row["id"], row["envelope"], b"") for row in rows]
