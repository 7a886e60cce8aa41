"""What a section's FHIR mapping points at: the ids of a document, and its times as texts.

One value for a whole document, so that a section needs to know nothing of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from infusion_visits.core.clock import local

if TYPE_CHECKING:
    from infusion_visits.core.marks import Mark

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Refs:
    """Whose document it is. `at` is when the visit began: the time of rows that carry none.

    `known` are the ids of orders, lines, complications and people that stand in the document:
    what is not among them cannot be pointed at. `infusions` are those given at this visit.
    """

    visit: UUID
    patient: UUID
    agency: UUID
    author: UUID
    zone: str
    at: datetime
    known: frozenset[UUID]
    infusions: tuple[UUID, ...] = ()

    def made(self, path: str) -> UUID:
        """The id of what stands at `path` of this visit: the same at every making."""
        return uuid5(self.visit, path)

    def of_patient(self, path: str) -> UUID:
        """The id of a row of the patient: the same in the documents of all visits."""
        return uuid5(self.patient, path)

    def when(self, instant: datetime) -> str:
        """`2026-11-21T09:02:00-05:00`: the hour that the home's clock showed."""
        wall = local(instant, self.zone)
        offset = wall.utcoffset() or timedelta(0)
        # Before standard time an offset had seconds, which FHIR cannot say.
        return (instant.astimezone(UTC) if offset % _MINUTE else wall).isoformat()

    def time_of(self, mark: Mark) -> str:
        """When a row happened: its own time, when it was written, or when the visit began."""
        return self.when(mark.at or mark.entered_at or self.at)
