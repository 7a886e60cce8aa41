"""What one visit says about arriving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class ArrivalCheck:
    """The one row of the arrival; instants are UTC."""

    mark: Mark
    time_in: datetime | None = None
    identifiers: tuple[str, ...] | None = None
    identified_at: datetime | None = None
    place: str | None = None
    place_note: str | None = None
    present: str | None = None
    consent: str | None = None
    consent_by: str | None = None
    consent_name: str | None = None
    rights: bool | None = None
    emergency_contact: bool | None = None
    allergies_review: str | None = None
    allergies_note: str | None = None
    medicines_review: str | None = None
    medicines_note: str | None = None
    hand_hygiene: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The arrival of one visit; None until the first field is answered."""

    arrival: ArrivalCheck | None = None
