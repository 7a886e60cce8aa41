"""The tables of complications and their steps."""

from datetime import datetime
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
    decimal_column,
    instant_column,
    key_column,
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
