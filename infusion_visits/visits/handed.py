"""Where a signed note is by now: on this laptop only, handed over, receipt seen. Derived, pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.visits.note_state import Answered


class HandOverState(StrEnum):
    """Never "sent" or "synced": only what this laptop can know."""

    ONLY_HERE = "on this laptop only"
    HANDED_OVER = "handed over"
    RECEIPT_SEEN = "receipt seen"


class Way(StrEnum):
    """How a note left this laptop, or that it came from another one."""

    SAVED = "saved"
    EXPORTED = "exported"
    PRINTED = "printed"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Handed:
    """The state of the newest file of a note; `at` and `way` say when and how it got there."""

    state: HandOverState
    at: datetime | None = None
    way: Way | None = None

    @property
    def only_here(self) -> bool:
        """Whether nobody else has the newest file."""
        return self.state is HandOverState.ONLY_HERE

    def words(self, zone: str) -> str:
        """`Handed over 21 Nov 2026 14:05, saved` in the zone of whoever reads."""
        said = self.state.value
        if self.way is Way.RECEIVED and self.state is HandOverState.HANDED_OVER:
            said = "received from another laptop"
        words = said[:1].upper() + said[1:]
        if self.at is None:
            return words
        words = f"{words} {show_instant(self.at, zone)}"
        how = self.state is HandOverState.HANDED_OVER and self.way is not Way.RECEIVED
        return f"{words}, {self.way}" if how and self.way else words


def receipt(answers: Iterable[Answered], addenda: Iterable[str]) -> datetime | None:
    """When a coordinator first answered with all these addenda before her; None where none did.

    What an answer knew of is compared, not clocks: hers and the nurse's need not agree.
    """
    here = set(addenda)
    seen = [one.at for one in answers if here <= set(one.addenda)]
    return min(seen, default=None)


def handed(
    left: tuple[Way, datetime] | None, came_at: datetime | None, seen_at: datetime | None
) -> Handed:
    """The state of a note's newest file.

    `left` says how and when this very file last left here, `came_at` when the note came in from
    elsewhere, `seen_at` is the receipt. An addendum makes a newer file, which did not leave yet.
    """
    if came_at is not None:
        return Handed(HandOverState.HANDED_OVER, came_at, Way.RECEIVED)
    if seen_at is not None:
        return Handed(HandOverState.RECEIPT_SEEN, seen_at, left[0] if left else None)
    if left is None:
        return Handed(HandOverState.ONLY_HERE)
    way, at = left
    return Handed(HandOverState.HANDED_OVER, at, way)
