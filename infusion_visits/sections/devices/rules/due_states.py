"""What it means that care of a line falls due: the care, the moment, and how late it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day, show_instant


class DueState(StrEnum):
    """At once, overdue, today, tomorrow, later; or not known: nothing says when it was done."""

    AT_ONCE = "due at once"
    OVERDUE = "overdue"
    TODAY = "due today"
    SOON = "due tomorrow"
    LATER = "due later"
    NOT_KNOWN = "not known when last done"


LATE = frozenset({DueState.AT_ONCE, DueState.OVERDUE})


@dataclass(frozen=True, slots=True)
class CareDue:
    """One care of one line that falls due; `due_on` or `due_at` is None where nothing is known.

    `why` says what makes it due at once, with the day it was found on in `last`. Before
    `not_before` it is done too soon. `sentence` is how the moment was worked out. `unsure`: the
    interval is for the agency to confirm. `at_home`: the patient may have done it, unrecorded.
    """

    device: UUID
    task: str
    title: str
    state: DueState
    due_on: date | None = None
    due_at: datetime | None = None
    last: date | None = None
    why: str = ""
    not_before: datetime | None = None
    sentence: str = ""
    unsure: bool = False
    at_home: bool = False

    def words(self, zone: str) -> str:
        """`flush due 19 Dec 2026`; `dressing due at once: damp`; `connector: not known when …`."""
        title = self.title[:1].lower() + self.title[1:]
        if self.state is DueState.AT_ONCE:
            return f"{title} due at once: {self.why}"
        if self.due_at is not None:
            return f"{title} due {show_instant(self.due_at, zone)}"
        if self.due_on is not None:
            return f"{title} due {show_day(self.due_on)}"
        return f"{title}: {self.state}"

    def day(self, zone: str) -> date | None:
        """The local day on which it is due; None where that is not known."""
        return local_day(self.due_at, zone) if self.due_at is not None else self.due_on
