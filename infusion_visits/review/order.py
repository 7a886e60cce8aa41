"""Which note is looked at first, and why: pure rules over what each of them holds.

A file that cannot be trusted comes before all, because somebody may have changed it; then what may
harm a patient now; then what went otherwise than planned; then what waits, the oldest first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from infusion_visits.exchange.note_intake import Outcome
from infusion_visits.visits.note_state import NoteState

if TYPE_CHECKING:
    from infusion_visits.notes.gist import Gist

LATE_AFTER_HOURS = 24
"""Signed later than this after the visit counts as late. Default, per agency protocol."""


class Rank(IntEnum):
    """The order of the inbox."""

    NOT_TRUSTED = 0
    WHICH_PATIENT = 1
    HARM = 2
    EXCEPTIONS = 3
    CORRECTED = 4
    GAP = 5
    LATE = 6
    PLAIN = 7
    WITH_NURSE = 8
    DONE = 9


@dataclass(frozen=True, slots=True)
class Urgency:
    """The rank of a line, how heavy it is within the rank, and the reason in words."""

    rank: Rank
    reason: str
    weight: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """What lines are sorted by; of two alike the older comes first."""
        return int(self.rank), -self.weight


def urgency_of(
    gist: Gist, state: NoteState, *, retracted: bool = False, gap: bool = False
) -> Urgency:
    """The urgency of a filed note; `gap` says that the note before it is not here."""
    if state is NoteState.APPROVED:
        return Urgency(Rank.DONE, "Approved")
    if state is NoteState.RETURNED:
        return Urgency(Rank.WITH_NURSE, "Returned; waits for the nurse")
    back = "Corrected; " if state is NoteState.CORRECTED else ""
    if gist.not_told:
        return Urgency(Rank.HARM, f"{back}{gist.not_told}", 2)
    if gist.grave:
        return Urgency(Rank.HARM, f"{back}open: {gist.grave}" if back else f"Open: {gist.grave}", 1)
    if state is NoteState.CORRECTED:
        words = "Taken back by the nurse" if retracted else "Corrected; came back"
        return Urgency(Rank.CORRECTED, words, gist.exceptions)
    if gist.exceptions:
        return Urgency(Rank.EXCEPTIONS, _exceptions(gist), _weight(gist))
    if gap:
        return Urgency(Rank.GAP, "The patient's note before this one is missing here")
    if (gist.hours_to_sign or 0) >= LATE_AFTER_HOURS:
        return Urgency(Rank.LATE, f"Signed {gist.hours_to_sign} h after the visit")
    return Urgency(Rank.PLAIN, "No exceptions")


def _weight(gist: Gist) -> int:
    """By the worst complication, then stops gone past, then how many exceptions there are."""
    return 10_000 * gist.worst + 100 * gist.overridden + gist.exceptions


def _exceptions(gist: Gist) -> str:
    counted = f"{gist.exceptions} exception{'' if gist.exceptions == 1 else 's'}"
    words = gist.headlines or counted
    if gist.overridden:
        words += f", {gist.overridden} stop{'' if gist.overridden == 1 else 's'} gone past"
    return words


def urgency_of_file(outcome: str, told: str) -> Urgency:
    """The urgency of a file that was kept and not filed."""
    if outcome == Outcome.WHICH_PATIENT:
        return Urgency(Rank.WHICH_PATIENT, told)
    weight = 1 if outcome == Outcome.QUARANTINED else 0
    return Urgency(Rank.NOT_TRUSTED, told or "This file cannot be trusted.", weight)
