"""What the note's screen asks of the house: acts that need the record, the file, or the key.

All run on the io lane.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.visits.signed_note import AddendumKind, Correction, SignedNote


@dataclass(frozen=True, slots=True)
class Holds:
    """Whether a kept file holds; None where a file of an earlier version can say nothing."""

    holds: bool | None
    words: str


class Acts(Protocol):
    """The acts of a note."""

    def draft(self, visit: UUID) -> bytes:
        """The draft as it would print."""

    def sign(self, visit: UUID, passphrase: str) -> SignedNote:
        """The whole act of signing. Raises WrongPassphrase, Refused, Missing."""

    def add(
        self,
        visit: UUID,
        kind: AddendumKind,
        words: str,
        corrections: tuple[Correction, ...],
        answers: tuple[str, ...],
        passphrase: str,
    ) -> SignedNote:
        """Signs an addendum; `answers` are the names of the questions that it answers."""

    def save(self, visit: UUID, path: Path) -> Path:
        """Writes the finished file, whole or not at all, and notes that it left."""

    def holds(self, file: bytes, *, from_elsewhere: bool) -> Holds:
        """What verifying says of the kept file."""
