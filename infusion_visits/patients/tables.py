"""The tables of a patient, and how the patient's values lie in them.

Nothing here is frozen with a visit: a signed visit knows its patient by its snapshot.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import TEXT, Boolean, Index, text
from sqlmodel import Field

from infusion_visits.patients import fields, line_order_fields, order_fields, plan_fields, values
from infusion_visits.patients.therapy.tables import Premedication, RateStep, TherapyOrder
from infusion_visits.records.rows import (
    FrozenWith,
    Kept,
    PatientRow,
    PatientThing,
    day_column,
    decimal_column,
    instant_column,
    key_column,
    keys_column,
    never,
    seq_column,
    text_column,
)
from infusion_visits.records.store import Group, Store


class Patient(Kept, table=True):
    """Who the patient is; the owner of all other rows here."""

    __tablename__ = "patient"
    frozen_with: ClassVar[FrozenWith] = never("a person moves and marries; visits know a snapshot")

    id: UUID = key_column()
    family: str | None = text_column("family name")
    given: str | None = text_column("given names")
    suffix: str | None = text_column("suffix of the name")
    preferred_name: str | None = text_column("what the patient likes to be called")
    other_names: str | None = text_column("former and other names")
    birth_day: date | None = day_column("birth date, first day where only year or month is known")
    birth_precision: str | None = text_column("how much of the birth date is known")
    sex: str | None = text_column("administrative sex")
    zone: str | None = text_column("IANA time zone of the home")
    telephone: str | None = text_column("telephone")
    other_telephone: str | None = text_column("other telephones")
    email: str | None = text_column("e-mail address")
    address: str | None = text_column("address of the home")
    language: str | None = text_column("language spoken")
    interpreter: bool | None = Field(default=None, sa_type=Boolean)
    allergy_state: str | None = text_column("not asked, none known, known")
    allergy_note: str | None = text_column("what was asked about allergies")
    notes: str | None = text_column("notes")
    status: str | None = text_column("active, on hold, discharged, died")


class PatientIdentifier(PatientRow, table=True):
    """A number by which somebody knows the patient; each stands for one patient only."""

    __tablename__ = "patient_identifier"
    # Found by value at every import; unique among rows that are not struck out, so that two
    # charts cannot share a number, and a mistyped one can be struck and given to whom it belongs.
    __table_args__ = (
        Index(
            "patient_identifier_known",
            "system",
            "value",
            unique=True,
            sqlite_where=text("struck_at IS NULL"),
        ),
    )

    seq: int = seq_column()
    system: str | None = text_column("who gave the number")
    value: str | None = text_column("the number")


class Weight(PatientRow, table=True):
    """A weight with its day."""

    __tablename__ = "weight"

    seq: int = seq_column()
    weight_kg: Decimal | None = decimal_column("kg")
    weight_kg_entered: str | None = text_column("as typed")
    weight_kg_unit: str | None = text_column("UCUM unit as typed")
    day: date | None = day_column("day of the weighing")
    source: str | None = text_column("where the weight comes from")
    as_received: str | None = text_column("figure and unit as the source wrote them")


class Height(PatientRow, table=True):
    """A height with its day."""

    __tablename__ = "height"

    seq: int = seq_column()
    height_cm: Decimal | None = decimal_column("cm")
    height_cm_entered: str | None = text_column("as typed")
    height_cm_unit: str | None = text_column("UCUM unit as typed")
    day: date | None = day_column("day of the measurement")
    source: str | None = text_column("where the height comes from")
    as_received: str | None = text_column("figure and unit as the source wrote them")


class Allergy(PatientRow, table=True):
    """An allergy or intolerance."""

    __tablename__ = "allergy"

    seq: int = seq_column()
    substance: str | None = text_column("substance, in the words of who wrote it")
    reaction: str | None = text_column("what happened")
    severity: str | None = text_column("mild, moderate, severe, anaphylaxis")
    kind: str | None = text_column("drug, food, environment, latex, ...")
    risk: str | None = text_column("low or high (criticality)")
    status: str | None = text_column("active, inactive, resolved")
    code: str | None = text_column("code of the substance or of the allergy")
    system: str | None = text_column("code system")
    source: str | None = text_column("where it comes from")


class Contact(PatientRow, table=True):
    """Somebody beside the patient."""

    __tablename__ = "contact"

    seq: int = seq_column()
    name: str | None = text_column("name")
    relation: str | None = text_column("relation to the patient")
    telephone: str | None = text_column("telephone")
    may_be_told: bool | None = Field(default=None, sa_type=Boolean)
    emergency: bool | None = Field(default=None, sa_type=Boolean)


class Precaution(PatientRow, table=True):
    """What to mind at every visit; limb alerts too."""

    __tablename__ = "precaution"

    seq: int = seq_column()
    kind: str | None = text_column("limb, fall, bleeding, ...")
    limb: str | None = text_column("barred limb")
    what: str | None = text_column("what to mind")
    why: str | None = text_column("why")
    until: date | None = day_column("last day on which it holds")


class Condition(PatientRow, table=True):
    """A diagnosis or problem."""

    __tablename__ = "condition"

    seq: int = seq_column()
    words: str | None = text_column("the condition, in the words of who wrote it")
    code: str | None = text_column("code")
    system: str | None = text_column("code system")
    since: str | None = text_column("since when, as far as known")
    status: str | None = text_column("active, inactive, resolved")


class HomeMedicine(PatientRow, table=True):
    """What the patient takes."""

    __tablename__ = "home_medicine"

    seq: int = seq_column()
    words: str | None = text_column("the medicine, in the words of who wrote it")
    dose: str | None = text_column("dose")
    route: str | None = text_column("route")
    frequency: str | None = text_column("how often")
    reason: str | None = text_column("what for")
    since: str | None = text_column("since when, as far as known")
    status: str | None = text_column("taking, on hold, stopped")
    code: str | None = text_column("code")
    system: str | None = text_column("code system")
    over_the_counter: bool | None = Field(
        default=None,
        sa_type=Boolean,
        sa_column_kwargs={"comment": "bought without prescription"},
    )


class PastMeasurement(PatientRow, table=True):
    """A measurement that came with the patient, from no visit of this record."""

    __tablename__ = "past_measurement"

    seq: int = seq_column()
    what: str | None = text_column("what was measured")
    code: str | None = text_column("LOINC code")
    value: str | None = text_column("figure as the source wrote it")
    second_value: str | None = text_column("second figure (diastolic pressure)")
    unit: str | None = text_column("UCUM unit or the source's own")
    at: datetime | None = instant_column("when it was measured")
    at_precision: str | None = text_column("how much of the time is known")


class PlanOfCare(PatientRow, table=True):
    """A period of care as a physician certified it."""

    __tablename__ = "plan_of_care"

    seq: int = seq_column()
    starts: date | None = day_column("first day of the period")
    ends: date | None = day_column("last day of the period")
    physician: str | None = text_column("who is responsible")
    signed_day: date | None = day_column("day of the physician's signature")
    reviewed_day: date | None = day_column("day of the last review")
    need: str | None = text_column("why skilled care is needed")
    visits_from: Decimal | None = decimal_column("visits at least, in each period")
    visits_to: Decimal | None = decimal_column("visits at most, in each period")
    per: Decimal | None = decimal_column("length of the period, in per_unit")
    per_unit: str | None = text_column("days, weeks or months")
    duration: Decimal | None = decimal_column("how long, in duration_unit")
    duration_unit: str | None = text_column("days, weeks or months")
    as_needed: str | None = text_column("visits as needed, how many and for what")
    goals: str | None = text_column("goals and expected outcomes")
    diet: str | None = text_column("diet")
    functional_limits: str | None = text_column("functional limits")
    safety: tuple[str, ...] | None = keys_column("safety measures")
    safety_words: str | None = text_column("safety measures in words")
    code_status: str | None = text_column("full, dnr, limited, not discussed")
    directive_place: str | None = text_column("where the directive lies")
    discharge_plan: str | None = text_column("plan for the discharge")


class LineOrder(PatientRow, table=True):
    """How a kind of line is to be cared for, as ordered."""

    __tablename__ = "line_order"

    seq: int = seq_column()
    line: str | None = text_column("kind of line")
    dressing_days: Decimal | None = decimal_column("days between changes")
    dressing_days_entered: str | None = text_column("as typed")
    dressing_days_unit: str | None = text_column("UCUM unit as typed")
    dressing: str | None = text_column("kind of dressing")
    antiseptic: str | None = text_column("what the skin is cleaned with")
    securement: str | None = text_column("what it is secured with")
    access_technique: str | None = text_column("how a port is accessed")
    flush_solution: str | None = text_column("what it is flushed with")
    flush_before_ml: Decimal | None = decimal_column("mL")
    flush_before_ml_entered: str | None = text_column("as typed")
    flush_before_ml_unit: str | None = text_column("UCUM unit as typed")
    flush_after_ml: Decimal | None = decimal_column("mL")
    flush_after_ml_entered: str | None = text_column("as typed")
    flush_after_ml_unit: str | None = text_column("UCUM unit as typed")
    flush_every: Decimal | None = decimal_column("in flush_every_unit")
    flush_every_unit: str | None = text_column("hours or days")
    lock: str | None = text_column("none, saline, heparin, other")
    lock_units_per_ml: Decimal | None = decimal_column("units/mL")
    lock_units_per_ml_entered: str | None = text_column("as typed")
    lock_units_per_ml_unit: str | None = text_column("UCUM unit as typed")
    lock_ml: Decimal | None = decimal_column("mL")
    lock_ml_entered: str | None = text_column("as typed")
    lock_ml_unit: str | None = text_column("UCUM unit as typed")
    words: str | None = text_column("further words")
    prescriber: str | None = text_column("who ordered it")
    ordered_day: date | None = day_column("day of the order")
    ends: date | None = day_column("last day")


class Task(PatientThing, table=True):
    """Something to be done for the patient."""

    __tablename__ = "task"

    id: UUID = key_column()
    what: str | None = text_column("what is to be done")
    assignee: str | None = text_column("who does it")
    due_day: date | None = day_column("due on this day at the home")
    done_at: datetime | None = instant_column("when it was done")
    origin: str | None = text_column("what it comes from")


class ImportedRow(PatientRow, table=True):
    """What an import last brought for one row, so that the next one sees what changed since.

    Compared with the row as it stands it tells what a nurse changed by hand: that is never
    overwritten.
    """

    __tablename__ = "imported_row"

    source: str = Field(primary_key=True, sa_type=TEXT, nullable=False)
    row_group: str = Field(sa_type=TEXT, nullable=False)
    row_seq: int | None = Field(default=None)
    received: str = Field(sa_type=TEXT, nullable=False)


_OWN_ID = ("id",)
_SEQ = ("seq",)
_BELOW_ORDER = ("therapy_order_id", "seq")

STORE: Store[values.PatientChart] = Store(
    section=fields.SECTION,
    values=values.PatientChart,
    groups=(
        Group(fields.PATIENT, Patient, (), values.Person, owned_by="id"),
        Group(fields.PATIENT_IDENTIFIER, PatientIdentifier, _SEQ, values.Identifier),
        Group(fields.WEIGHT, Weight, _SEQ, values.WeightTaken),
        Group(fields.HEIGHT, Height, _SEQ, values.HeightTaken),
        Group(fields.ALLERGY, Allergy, _SEQ, values.Allergy),
        Group(fields.CONTACT, Contact, _SEQ, values.Contact),
        Group(fields.PRECAUTION, Precaution, _SEQ, values.Precaution),
        Group(fields.CONDITION, Condition, _SEQ, values.Condition),
        Group(fields.HOME_MEDICINE, HomeMedicine, _SEQ, values.HomeMedicine),
        Group(fields.PAST_MEASUREMENT, PastMeasurement, _SEQ, values.PastMeasurement),
        Group(plan_fields.PLAN_OF_CARE, PlanOfCare, _SEQ, values.PlanOfCare),
        Group(line_order_fields.LINE_ORDER, LineOrder, _SEQ, values.LineOrder),
        Group(order_fields.THERAPY_ORDER, TherapyOrder, _OWN_ID, values.TherapyOrder),
        Group(order_fields.RATE_STEP, RateStep, _BELOW_ORDER, values.RateStep),
        Group(order_fields.PREMEDICATION, Premedication, _BELOW_ORDER, values.Premedication),
        Group(fields.TASK, Task, _OWN_ID, values.Task),
    ),
)
