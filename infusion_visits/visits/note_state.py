"""Where a note stands with its coordinator: received, returned, corrected, approved.

The words are those of ODK Central. Nothing of it is stored: it follows from the signed answers and
from the addenda that each of them knew of. No clock is asked, because the coordinator's and the
nurse's need not agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class NoteState(StrEnum):
    """Where a signed note stands."""

    RECEIVED = "received"
    RETURNED = "returned"
    CORRECTED = "corrected"
    APPROVED = "approved"


DECISIONS = (NoteState.RETURNED, NoteState.APPROVED)
"""What a coordinator decides; the other two states follow."""


@dataclass(frozen=True, slots=True)
class AskedBack:
    """One question of an answer: `cell` is the path of a field, empty for the note as a whole."""

    review: UUID
    seq: int
    cell: str
    label: str
    words: str
    answered: bool = False

    @property
    def name(self) -> str:
        """By what an addendum names the question that it answers."""
        return f"{self.review}/{self.seq}"


@dataclass(frozen=True, slots=True)
class Answered:
    """A coordinator's signed answer to one note.

    `addenda` are the digests of the addenda that she had before her when she decided.
    """

    id: UUID
    visit: UUID
    state: NoteState
    words: str
    at: datetime
    by: str
    addenda: tuple[str, ...] = ()
    questions: tuple[AskedBack, ...] = ()


def newest(answers: Iterable[Answered]) -> Answered | None:
    """The decision that counts: the last one signed; a receipt decides nothing."""
    decided = [one for one in answers if one.state in DECISIONS]
    return max(decided, key=lambda one: (one.at, one.id.bytes), default=None)


def state_of(answers: Iterable[Answered], addenda: Collection[str]) -> NoteState:
    """The state of a note with these answers, and addenda with these digests.

    An addendum that the last decision did not know makes it corrected, an approved note too: what
    was approved is no longer all that is said.
    """
    last = newest(answers)
    if last is None:
        return NoteState.RECEIVED
    return NoteState.CORRECTED if set(addenda) - set(last.addenda) else last.state
