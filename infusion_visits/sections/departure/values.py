"""What one visit says about leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class Leaving:
    """The one row of the departure; instants are UTC, ink is strokes as JSON text."""

    mark: Mark
    time_out: datetime | None = None
    condition: str | None = None
    condition_note: str | None = None
    tolerance: str | None = None
    tolerance_note: str | None = None
    vitals_stable: bool | None = None
    access: str | None = None
    observed: bool | None = None
    driver: str | None = None
    knows_number: bool | None = None
    outcome: str | None = None
    outcome_words: str | None = None
    plan: str | None = None
    next_visit: datetime | None = None
    supplies_left: str | None = None
    miles: Decimal | None = None
    note: str | None = None
    nurse_ink: str | None = None
    patient_ink: str | None = None
    patient_signer: str | None = None
    no_patient_ink: str | None = None
    no_patient_ink_note: str | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """The departure of one visit; None until the first field is answered."""

    departure: Leaving | None = None
