"""What one visit says about medicines given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class MedicineGiven:
    """One medicine given or taken; the dose is text as written, its unit beside it."""

    mark: Mark
    at: datetime | None = None
    medicine: str | None = None
    dose: str | None = None
    dose_unit: str | None = None
    route: str | None = None
    why: str | None = None
    reason: str | None = None
    given_by: str | None = None
    lot: str | None = None
    expiry: date | None = None
    response: str | None = None
    site: str | None = None
    kit: bool | None = None


@dataclass(frozen=True, slots=True)
class Medicines:
    """All medicines given at one visit."""

    medicine_given: tuple[MedicineGiven, ...] = ()
