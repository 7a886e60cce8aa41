"""What a visit knows of complications: plain values for rules, note and record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class ComplicationStep:
    """One step: noticed, done, told, rechecked or closed, at its time."""

    mark: Mark
    happened_at: datetime | None = None
    kind: str | None = None
    words: str | None = None
    signs: tuple[str, ...] | None = None
    measured_cm: Decimal | None = None
    skipped: str | None = None
    done_by: str | None = None
    scale: str | None = None
    grade: str | None = None
    told_role: str | None = None
    told_name: str | None = None
    told_how: str | None = None
    reached: str | None = None
    answer: str | None = None
    order_received: str | None = None
    read_back: bool | None = None
    outcome: str | None = None
    follow_up: str | None = None


@dataclass(frozen=True, slots=True)
class Complication:
    """A complication of the patient; its state is its steps, of this visit and of earlier ones."""

    mark: Mark
    what: str | None = None
    other_words: str | None = None
    noticed_at: datetime | None = None
    during: str | None = None
    device_id: UUID | None = None
    lumen: str | None = None
    drug: str | None = None
    onset_ml: Decimal | None = None
    onset_rate: Decimal | None = None
    size_length_cm: Decimal | None = None
    size_width_cm: Decimal | None = None
    tissue_ml: Decimal | None = None
    photographed: bool | None = None
    further: str | None = None
    condition_at_departure: str | None = None
    report_number: str | None = None
    segment: str | None = None
    device_status: str | None = None
    photo_ids: str | None = None
    osmolarity_ph: str | None = None
    capillary_refill: str | None = None
    pulses: str | None = None
    sensation: str | None = None
    antidote: str | None = None
    line_detail: str | None = None
    attempts: str | None = None
    needle: str | None = None
    skin_area: str | None = None
    anticoagulant: str | None = None
    culture: str | None = None
    length_cm: Decimal | None = None
    arm_cm: Decimal | None = None
    other_arm_cm: Decimal | None = None
    hours_since: str | None = None
    product: str | None = None
    cause: str | None = None
    last_access: str | None = None
    volume: str | None = None
    against_order: str | None = None
    dose_day: date | None = None
    rhythm: str | None = None
    glucose_course: str | None = None
    pump_detail: str | None = None
    surface: str | None = None
    allergy_recorded: bool | None = None
    complication_step: tuple[ComplicationStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Complications:
    """All complications of the patient with all their steps, open and closed."""

    complication: tuple[Complication, ...] = ()
