"""What the coordinator means to answer, until she signs: plain values, and which act comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from infusion_visits.visits.note_state import NoteState


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A question that is not signed yet; `cell` is the path of a field, empty for the note."""

    seq: int
    cell: str
    label: str
    words: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision that is not signed yet; `state` None where there is none."""

    visit: UUID
    state: NoteState | None = None
    words: str = ""
    questions: tuple[PendingQuestion, ...] = ()
    decided_at: datetime | None = None

    @property
    def decided(self) -> bool:
        """Whether there is something to sign."""
        return self.state is not None

    @property
    def newest_is_question(self) -> bool:
        """Whether the last thing done was a question: that is what an undo takes back first."""
        if not self.questions:
            return False
        if not self.words or self.decided_at is None:
            # Asking returned the note; nobody did that by itself.
            return True
        return self.questions[-1].asked_at >= self.decided_at
