"""What a visit says of the lines: plain values for rules, note and record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class Lumen:
    """One lumen of a line; its number is its place in the list."""

    mark: Mark
    label: str | None = None
    use: str | None = None
    dedicated_drug: str | None = None
    volume_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TipConfirmation:
    """The tip confirmed anew after a line moved; `external_length_cm` is the baseline from then."""

    mark: Mark
    confirmed_on: date | None = None
    tip: str | None = None
    method: str | None = None
    external_length_cm: Decimal | None = None
    told_by: str | None = None


@dataclass(frozen=True, slots=True)
class AccessDevice:
    """A line of the patient: what it is, where it lies, and how it ended. It goes on living."""

    mark: Mark
    kind: str | None = None
    side: str | None = None
    site: str | None = None
    vein: str | None = None
    site_count: Decimal | None = None
    inserted_on: date | None = None
    inserted_precision: str | None = None
    inserted_at_facility: str | None = None
    inserted_by: str | None = None
    placed_here: bool | None = None
    inserted_at: datetime | None = None
    insertion_antiseptic: str | None = None
    insertion_dry_seconds: Decimal | None = None
    attempts: Decimal | None = None
    attempts_one_nurse: Decimal | None = None
    ultrasound: bool | None = None
    insertion_tolerated: str | None = None
    dwell_limit_days: Decimal | None = None
    gauge: Decimal | None = None
    french: Decimal | None = None
    catheter_length_cm: Decimal | None = None
    trimmed_length_cm: Decimal | None = None
    inserted_length_cm: Decimal | None = None
    external_length_cm: Decimal | None = None
    arm_circumference_cm: Decimal | None = None
    arm_measured_above_cm: Decimal | None = None
    measured_on: date | None = None
    tip: str | None = None
    tip_method: str | None = None
    tip_confirmed_on: date | None = None
    catheter_end: str | None = None
    cuffed: bool | None = None
    power_injectable: bool | None = None
    power_limit: str | None = None
    brand: str | None = None
    lot: str | None = None
    expires: date | None = None
    securement: str | None = None
    sutures_out_on: date | None = None
    dressing_type: str | None = None
    needle_gauge: Decimal | None = None
    needle_length_cm: Decimal | None = None
    needle_non_coring: bool | None = None
    accessed_at: datetime | None = None
    comment: str | None = None
    removed_at: datetime | None = None
    removed_by: str | None = None
    removal_reason: str | None = None
    removal_order: str | None = None
    removed_length_cm: Decimal | None = None
    tip_intact: bool | None = None
    removal_position: str | None = None
    removal_breath: str | None = None
    anticoagulated: bool | None = None
    pressure_minutes: Decimal | None = None
    removal_site: str | None = None
    removal_dressing: str | None = None
    removal_ointment: bool | None = None
    flat_minutes: Decimal | None = None
    removal_tolerated: str | None = None
    culture_sent: bool | None = None
    lumen: tuple[Lumen, ...] = ()
    tip_confirmation: tuple[TipConfirmation, ...] = ()

    @property
    def id(self) -> UUID:
        """The line's own id."""
        return cast("UUID", self.mark.row.at[0])


@dataclass(frozen=True, slots=True)
class LumenCheck:
    """One lumen at one visit; its number is the lumen's own."""

    mark: Mark
    flush: str | None = None
    blood_return_before: str | None = None
    blood_return_after: str | None = None
    blood_return_reason: str | None = None
    occlusion_cause: str | None = None
    flush_agent: str | None = None
    saline_ml: Decimal | None = None
    lock_agent: str | None = None
    lock_units_per_ml: Decimal | None = None
    lock_ml: Decimal | None = None
    connector_changed: bool | None = None
    connector_why: str | None = None
    disinfecting_cap: bool | None = None
    left_as: str | None = None


@dataclass(frozen=True, slots=True)
class DeviceCheck:
    """How one line was found at one visit."""

    mark: Mark
    device_id: UUID | None = None
    checked_at: datetime | None = None
    accessed: bool | None = None
    site: str | None = None
    signs: tuple[str, ...] | None = None
    redness_cm: Decimal | None = None
    swelling_cm: Decimal | None = None
    cord_cm: Decimal | None = None
    drainage: str | None = None
    infusate: str | None = None
    swelling_degree: str | None = None
    refill: str | None = None
    limb_cm: Decimal | None = None
    phlebitis_ins: str | None = None
    phlebitis_vip: str | None = None
    infiltration_ins: str | None = None
    extravasation: str | None = None
    dressing_state: str | None = None
    dressing_type: str | None = None
    dressing_dated: date | None = None
    securement_state: str | None = None
    external_length_cm: Decimal | None = None
    arm_circumference_cm: Decimal | None = None
    arm_measured_above_cm: Decimal | None = None
    other_arm_cm: Decimal | None = None
    integrity: str | None = None
    skin: str | None = None
    skin_product: str | None = None
    pocket: str | None = None
    symptoms: tuple[str, ...] | None = None
    need: str | None = None
    need_reason: str | None = None
    left_as: str | None = None
    details: str | None = None
    response: str | None = None
    lumen_check: tuple[LumenCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceCare:
    """One act of care for one line at one visit."""

    mark: Mark
    device_id: UUID | None = None
    done_at: datetime | None = None
    what: str | None = None
    antiseptic: str | None = None
    needle_gauge: Decimal | None = None
    needle_length_cm: Decimal | None = None
    needle_lot: str | None = None
    non_coring: bool | None = None
    dressing_type: str | None = None
    set_type: str | None = None
    blood_return: str | None = None
    dry_seconds: Decimal | None = None
    technique: str | None = None
    why: str | None = None
    lumen: str | None = None
    purpose: str | None = None
    flush_agent: str | None = None
    saline_ml: Decimal | None = None
    lock_agent: str | None = None
    lock_units_per_ml: Decimal | None = None
    lock_ml: Decimal | None = None
    agent: str | None = None
    agent_mg: Decimal | None = None
    agent_ml: Decimal | None = None
    agent_lot: str | None = None
    contraindications: tuple[str, ...] | None = None
    ordered_by: str | None = None
    aspirated_ml: Decimal | None = None
    outcome: str | None = None
    tolerated: str | None = None
    details: str | None = None


@dataclass(frozen=True, slots=True)
class Devices:
    """All lines of the patient, and what was found and done at this visit."""

    access_device: tuple[AccessDevice, ...] = ()
    device_check: tuple[DeviceCheck, ...] = ()
    device_care: tuple[DeviceCare, ...] = ()
