"""The lines of the inbox as plain values, and what each is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.review.order import Urgency, urgency_of, urgency_of_file
from infusion_visits.visits.note_state import Answered, NoteState, state_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from infusion_visits.notes.gist import Gist


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One note, or one file that could not be filed, as the inbox shows it.

    `id` is the visit's, or that of the received file where nothing was filed; `reason` says why it
    stands where it stands. `pending` is what was decided and is not signed yet. `gap` says that
    the patient's note before this one, which it names, is not in this record.
    """

    id: UUID
    urgency: Urgency
    visit: UUID | None = None
    patient: UUID | None = None
    patient_name: str = ""
    scheduled: datetime | None = None
    zone: str = ""
    nurse: str = ""
    about: str = ""
    signed_at: datetime | None = None
    exceptions: int = 0
    state: NoteState | None = None
    pending: NoteState | None = None
    questions: int = 0
    retracted: bool = False
    gap: bool = False
    received: UUID | None = None
    received_at: datetime | None = None
    file_name: str = ""
    said: str = ""

    @property
    def reason(self) -> str:
        """Why it stands where it stands, in a few words."""
        return self.urgency.reason

    @property
    def filed(self) -> bool:
        """Whether it is a note in a chart; else a file that waits for somebody to look."""
        return self.visit is not None


def note_line(
    row: Mapping[str, Any],
    gist: Gist,
    answers: Iterable[Answered],
    addenda: Collection[Mapping[str, Any]],
    file: Mapping[str, Any],
    *,
    nurse: str,
    pending: NoteState | None,
    questions: int,
    gap: bool = False,
) -> InboxLine:
    """The line of a signed note from its rows; `file` is the newest that came, if any did."""
    state = state_of(answers, [one["sha256"] for one in addenda])
    retracted = any(one["kind"] == "retraction" for one in addenda)
    return InboxLine(
        id=row["visit_id"],
        urgency=urgency_of(gist, state, retracted=retracted, gap=gap),
        visit=row["visit_id"],
        patient=row["patient_id"],
        patient_name=", ".join(one for one in (row["family"], row["given"]) if one),
        scheduled=row["scheduled_at"],
        zone=row["zone"],
        nurse=nurse,
        about=gist.about,
        signed_at=row["created_at"],
        exceptions=gist.exceptions,
        state=state,
        pending=pending,
        questions=questions,
        retracted=retracted,
        gap=gap,
        received=file.get("id"),
        received_at=file.get("received_at"),
        file_name=file.get("file_name", ""),
        said=file.get("said", ""),
    )


def file_line(row: Mapping[str, Any], plain: Mapping[str, Any]) -> InboxLine:
    """The line of a file that was kept and not filed; `plain` is what was kept beside it."""
    told = str(plain.get("told", ""))
    return InboxLine(
        id=row["id"],
        urgency=urgency_of_file(str(plain.get("outcome", "")), told),
        received=row["id"],
        received_at=row["received_at"],
        file_name=row["file_name"],
        said=str(plain.get("verdict", {}).get("words", "")) or told,
    )


def worst_first(lines: Iterable[InboxLine]) -> tuple[InboxLine, ...]:
    """By urgency; of two alike the older one first."""
    return tuple(sorted(lines, key=lambda one: (one.urgency.place, *_age(one))))


def _age(line: InboxLine) -> tuple[str, bytes]:
    at = line.signed_at or line.received_at
    return (at.isoformat() if at else "", line.id.bytes)


class _Gists:
    """What reading a note once told, by its digest: a signed note never changes."""

    def __init__(self) -> None:
        self._known: dict[str, Gist] = {}
        self._lock = Lock()

    def of(self, digest: str) -> Gist | None:
        """The gist of the note with this digest."""
        with self._lock:
            return self._known.get(digest)

    def keep(self, digest: str, gist: Gist) -> None:
        """Keeps a gist for as long as the program runs."""
        with self._lock:
            if len(self._known) >= _MOST_GISTS:
                self._known.clear()
            self._known[digest] = gist


_MOST_GISTS = 20_000
GISTS = _Gists()
