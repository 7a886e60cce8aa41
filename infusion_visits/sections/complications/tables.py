"""The tables of complications and their steps."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Boolean
from sqlmodel import Field

from infusion_visits.records.rows import (
    VISIT,
    FrozenWith,
    Kept,
    PatientThing,
    UuidBytes,
    day_column,
    decimal_column,
    instant_column,
    key_column,
    keys_column,
    optional,
    seq_column,
    text_column,
    uuid_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.complications.fields import COMPLICATION, COMPLICATION_STEP, SECTION
from infusion_visits.sections.complications.values import (
    Complication,
    Complications,
    ComplicationStep,
)


class ComplicationTable(PatientThing, table=True):
    """A complication of a patient; it has no state of its own."""

    __tablename__ = "complication"

    id: UUID = key_column()
    # No foreign key: one cannot be added to a table that stands without writing it anew.
    visit_id: UUID | None = uuid_column("the visit at which it was first written")
    what: str | None = text_column("key of: What")
    other_words: str | None = text_column("Named")
    noticed_at: datetime | None = instant_column("Noticed at, UTC")
    during: str | None = text_column("key of: When")
    device_id: UUID | None = uuid_column("Line", foreign_key="access_device.id")
    lumen: str | None = text_column("Lumen")
    drug: str | None = text_column("Running then")
    onset_ml: Decimal | None = decimal_column("mL")
    onset_ml_entered: str | None = text_column("as typed")
    onset_ml_unit: str | None = text_column("UCUM code as typed")
    onset_rate: Decimal | None = decimal_column("mL/h")
    onset_rate_entered: str | None = text_column("as typed")
    onset_rate_unit: str | None = text_column("UCUM code as typed")
    size_length_cm: Decimal | None = decimal_column("cm")
    size_length_cm_entered: str | None = text_column("as typed")
    size_length_cm_unit: str | None = text_column("UCUM code as typed")
    size_width_cm: Decimal | None = decimal_column("cm")
    size_width_cm_entered: str | None = text_column("as typed")
    size_width_cm_unit: str | None = text_column("UCUM code as typed")
    tissue_ml: Decimal | None = decimal_column("mL")
    tissue_ml_entered: str | None = text_column("as typed")
    tissue_ml_unit: str | None = text_column("UCUM code as typed")
    photographed: bool | None = optional(Boolean, "Photographed")
    further: str | None = text_column("Also to be charted")
    condition_at_departure: str | None = text_column("Condition when you left")
    report_number: str | None = text_column("Incident report")
    segment: str | None = text_column("key of: What was going in")
    device_status: str | None = text_column("key of: Line now")
    photo_ids: str | None = text_column("Numbers of the photographs")
    osmolarity_ph: str | None = text_column("Osmolarity and pH")
    capillary_refill: str | None = text_column("key of: Capillary refill")
    pulses: str | None = text_column("key of: Pulses below")
    sensation: str | None = text_column("Sensation and movement")
    antidote: str | None = text_column("Antidote with its dose and time")
    line_detail: str | None = text_column("Gauge and site and hours in place")
    attempts: str | None = text_column("Attempts by each nurse")
    needle: str | None = text_column("Nurse and site and needle angle")
    skin_area: str | None = text_column("Area of skin")
    anticoagulant: str | None = text_column("Anticoagulant")
    culture: str | None = text_column("Culture: what and when sent")
    length_cm: Decimal | None = decimal_column("cm")
    length_cm_entered: str | None = text_column("as typed")
    length_cm_unit: str | None = text_column("UCUM code as typed")
    arm_cm: Decimal | None = decimal_column("cm")
    arm_cm_entered: str | None = text_column("as typed")
    arm_cm_unit: str | None = text_column("UCUM code as typed")
    other_arm_cm: Decimal | None = decimal_column("cm")
    other_arm_cm_entered: str | None = text_column("as typed")
    other_arm_cm_unit: str | None = text_column("UCUM code as typed")
    hours_since: str | None = text_column("How long since removal or dose")
    product: str | None = text_column("Product on the skin or in use")
    cause: str | None = text_column("Cause")
    last_access: str | None = text_column("Last access and dressing of the line")
    volume: str | None = text_column("Volume estimated")
    against_order: str | None = text_column("Given against ordered")
    dose_day: date | None = day_column("Date of the dose")
    rhythm: str | None = text_column("Pulse and rhythm")
    glucose_course: str | None = text_column("Glucose with times")
    pump_detail: str | None = text_column("Pump number and last good reading")
    surface: str | None = text_column("Surface and what it touched")
    allergy_recorded: bool | None = optional(Boolean, "Recorded as an allergy")


class ComplicationStepTable(Kept, table=True):
    """One step of a complication, loaded with the patient and frozen with its own visit.

    `visit_id` is the visit (or call) at which the step was written; a step of a signed visit can
    no longer change, while later visits may add theirs.
    """

    __tablename__ = "complication_step"
    frozen_with: ClassVar[FrozenWith] = VISIT

    patient_id: UUID = Field(
        sa_type=UuidBytes, nullable=False, foreign_key="patient.id", index=True
    )
    visit_id: UUID | None = uuid_column(
        "the visit at which it was written", foreign_key="visit.id", index=True
    )
    complication_id: UUID = key_column("complication.id")
    seq: int = seq_column()
    happened_at: datetime | None = instant_column("Time, UTC")
    kind: str | None = text_column("key of: Step")
    words: str | None = text_column("In words")
    signs: tuple[str, ...] | None = keys_column("keys of: Signs")
    measured_cm: Decimal | None = decimal_column("cm")
    measured_cm_entered: str | None = text_column("as typed")
    measured_cm_unit: str | None = text_column("UCUM code as typed")
    skipped: str | None = text_column("Not done because")
    done_by: str | None = text_column("key of: Done by")
    scale: str | None = text_column("key of: Scale")
    grade: str | None = text_column("key of: Grade")
    told_role: str | None = text_column("key of: Told")
    told_name: str | None = text_column("Name")
    told_how: str | None = text_column("key of: How")
    reached: str | None = text_column("key of: Reached")
    answer: str | None = text_column("Answer")
    order_received: str | None = text_column("Order received")
    read_back: bool | None = optional(Boolean, "Read back")
    outcome: str | None = text_column("key of: Outcome")
    follow_up: str | None = text_column("Follow-up")


STORE: Store[Complications] = Store(
    section=SECTION,
    values=Complications,
    groups=(
        Group(rows=COMPLICATION, table=ComplicationTable, keys=("id",), value=Complication),
        Group(
            rows=COMPLICATION_STEP,
            table=ComplicationStepTable,
            keys=("complication_id", "seq"),
            value=ComplicationStep,
        ),
    ),
)
