"""The head of each row value: where it belongs, who wrote it, and whether it was struck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.kinds import NotDoneReason, StrikeReason

LATE_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Struck:
    """A row that was a mistake; it stays, legible, with the reason."""

    at: datetime
    by: UUID
    reason: StrikeReason


@dataclass(frozen=True, slots=True)
class NotDone:
    """A required thing that could not be done, and why."""

    reason: NotDoneReason
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The head of a row value.

    `at` is when it happened (the row's own time field, where it has one), `entered_at` when it
    was written down. `as_entered` keeps the text and unit as typed for each measured field.
    `visit` is set on the patient's own rows that name the visit at which they were written.
    """

    row: Row
    at: datetime | None = None
    entered_at: datetime | None = None
    author: UUID | None = None
    struck: Struck | None = None
    not_done: Mapping[str, NotDone] = field(default_factory=dict)
    as_entered: Mapping[str, str] = field(default_factory=dict)
    visit: UUID | None = None

    @property
    def late(self) -> bool:
        """True when written more than 15 minutes after it happened; prints as "late entry"."""
        if self.at is None or self.entered_at is None:
            return False
        return self.entered_at - self.at > LATE_AFTER
