"""Where a signed note is by now: on this laptop only, handed over, receipt seen. Derived, pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from infusion_visits.core.moments import show_instant


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
class Left:
    """When one file first left this laptop, when it last did, and how it did then."""

    first: datetime
    last: datetime
    way: Way


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


def handed(left: Left | None, received_at: datetime | None, answered_at: datetime | None) -> Handed:
    """The state of a note's newest file.

    `left` says how this very file left here, `received_at` is when the note came in from elsewhere,
    `answered_at` when the last answer of a coordinator was taken in: an answer is the receipt of
    what was handed over before it. An addendum makes a newer file, which did not leave yet.
    """
    if received_at is not None and left is None:
        return Handed(HandOverState.HANDED_OVER, received_at, Way.RECEIVED)
    if left is None:
        return Handed(HandOverState.ONLY_HERE)
    if answered_at is not None and answered_at >= left.first:
        return Handed(HandOverState.RECEIPT_SEEN, answered_at, left.way)
    return Handed(HandOverState.HANDED_OVER, left.last, left.way)
