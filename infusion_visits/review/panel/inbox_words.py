"""How the inbox says a note: its reason with an ink, who and when, and what was decided on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.review.order import Rank
from infusion_visits.review.panel.inbox_list import Listed
from infusion_visits.visits.note_state import NoteState, newest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.review.inbox_line import InboxLine
    from infusion_visits.review.queries import Received

_INKS = {
    Rank.NOT_TRUSTED: "danger",
    Rank.WHICH_PATIENT: "warn",
    Rank.HARM: "danger",
    Rank.EXCEPTIONS: "warn",
    Rank.CORRECTED: "warn",
    Rank.LATE: "warn",
    Rank.PLAIN: "ok",
    Rank.WITH_NURSE: "quiet",
    Rank.DONE: "quiet",
}


_KEPT_APART = "Kept apart; in no chart"


def listed(line: InboxLine, zone: str) -> Listed:
    """The line as the list shows it. `zone` is the laptop's, for a file that belongs to no home."""
    return Listed(
        id=line.id,
        name=line.patient_name or line.file_name or "A file",
        day=_day(line, zone),
        reason=line.reason,
        ink=_INKS[line.urgency.rank],
        below=_below(line),
        state=_state(line),
    )


def _below(line: InboxLine) -> str:
    if line.nurse:
        name = line.nurse.partition(",")[0]
        return f"{name} · {line.about}" if line.about else line.nurse
    return line.said if line.said != line.reason else _KEPT_APART


def _day(line: InboxLine, zone: str) -> str:
    at, there = line.scheduled, line.zone
    if at is None:
        at, there = line.received_at, zone
    return show_day(local_day(at, there or zone)) if at is not None else ""


def _state(line: InboxLine) -> str:
    if line.pending is not None:
        asked = f", {questions_words(line.questions)}" if line.questions else ""
        return f"{line.pending}{asked}, not sent"
    return line.state.value if line.state is not None else "not filed"


def questions_words(count: int) -> str:
    """`1 question`, `3 questions`."""
    return f"{count} question{'' if count == 1 else 's'}"


def counts(lines: Sequence[InboxLine]) -> str:
    """`8 to read · 2 returned · 46 approved`."""
    read = sum(one.pending is None and one.urgency.rank <= Rank.PLAIN for one in lines)
    returned = sum(one.state is NoteState.RETURNED for one in lines)
    approved = sum(one.state is NoteState.APPROVED for one in lines)
    parts = [f"{read} to read"]
    parts += [f"{returned} returned"] if returned else []
    parts += [f"{approved} approved"] if approved else []
    return " · ".join(parts)


def decided_words(received: Received, zone: str) -> str:
    """What was decided on the note: by whom and when, or that it is not sent yet."""
    pending = received.pending
    if pending is not None and pending.state is not None:
        asked = f" with {questions_words(len(pending.questions))}" if pending.questions else ""
        said = f": {pending.words}" if pending.words else ""
        return f"{pending.state.value.capitalize()}{asked}, not sent yet{said}"
    last = newest(received.answers)
    if last is None:
        return ""
    asked = f" with {questions_words(len(last.questions))}" if last.questions else ""
    words = f": {last.words}" if last.words else ""
    when = show_instant(last.at, zone)
    return f"{last.state.value.capitalize()}{asked} by {last.by}, {when}{words}"
