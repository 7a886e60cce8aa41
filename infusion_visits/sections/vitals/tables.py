"""The table of vital signs."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Boolean

from infusion_visits.records.rows import (
    VisitRow,
    decimal_column,
    instant_column,
    keys_column,
    optional,
    seq_column,
    text_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.vitals.fields import MISSED_SET, SECTION, VITAL_SIGNS
from infusion_visits.sections.vitals.values import MissedSet, Vitals, VitalsSet


class VitalSignsRow(VisitRow, table=True):
    """One set of vital signs of one visit."""

    __tablename__ = "vital_signs"

    seq: int = seq_column()
    at: datetime | None = instant_column("when measured, UTC")
    extent: str | None = text_column("full set or part of one")
    systolic: Decimal | None = decimal_column("mmHg")
    systolic_entered: str | None = text_column("as typed")
    systolic_unit: str | None = text_column("UCUM")
    diastolic: Decimal | None = decimal_column("mmHg")
    diastolic_entered: str | None = text_column("as typed")
    diastolic_unit: str | None = text_column("UCUM")
    pulse: Decimal | None = decimal_column("/min")
    pulse_entered: str | None = text_column("as typed")
    pulse_unit: str | None = text_column("UCUM")
    respirations: Decimal | None = decimal_column("/min")
    respirations_entered: str | None = text_column("as typed")
    respirations_unit: str | None = text_column("UCUM")
    spo2: Decimal | None = decimal_column("%")
    spo2_entered: str | None = text_column("as typed")
    spo2_unit: str | None = text_column("UCUM")
    temperature: Decimal | None = decimal_column("degrees Celsius")
    temperature_entered: str | None = text_column("as typed")
    temperature_unit: str | None = text_column("UCUM")
    pain: Decimal | None = decimal_column("0 to 10, numeric rating scale")
    pain_entered: str | None = text_column("as typed")
    pain_unit: str | None = text_column("UCUM")
    consciousness: str | None = text_column("A, C, V, P or U")
    oxygen: str | None = text_column("air or oxygen")
    oxygen_flow: Decimal | None = decimal_column("L/min")
    oxygen_flow_entered: str | None = text_column("as typed")
    oxygen_flow_unit: str | None = text_column("UCUM")
    limb: str | None = text_column("limb of the blood pressure")
    position: str | None = text_column("sitting, lying or standing")
    cuff: str | None = text_column("size of the cuff")
    method: str | None = text_column("automatic or manual")
    temperature_site: str | None = text_column("where the temperature was taken")
    weight: Decimal | None = decimal_column("kg")
    weight_entered: str | None = text_column("as typed")
    weight_unit: str | None = text_column("UCUM")
    glucose: Decimal | None = decimal_column("mg/dL")
    glucose_entered: str | None = text_column("as typed")
    glucose_unit: str | None = text_column("UCUM")
    measured_by: str | None = text_column("nurse, patient or caregiver")
    instrument: str | None = text_column("make or serial number of the meter")
    context: str | None = text_column("what explains the figures")
    response: str | None = text_column("what was done and who was told")
    rhythm: str | None = text_column("regular or irregular")
    counted_full_minute: bool | None = optional(Boolean, "counted for 60 s at the apex")
    oxygen_percent: Decimal | None = decimal_column("% inhaled")
    oxygen_percent_entered: str | None = text_column("as typed")
    oxygen_percent_unit: str | None = text_column("UCUM")
    no_figure: tuple[str, ...] | None = keys_column("what stands instead of a figure")
    pain_scale: str | None = text_column("by what the pain was told")
    pain_where: str | None = text_column("where it hurts")
    pain_how: str | None = text_column("how it hurts")
    pain_accepted: Decimal | None = decimal_column("0 to 10 that the patient accepts")
    pain_accepted_entered: str | None = text_column("as typed")
    pain_accepted_unit: str | None = text_column("UCUM")
    sedation: str | None = text_column("POSS: S, 1, 2, 3 or 4; a text")
    etco2: Decimal | None = decimal_column("mmHg")
    etco2_entered: str | None = text_column("as typed")
    etco2_unit: str | None = text_column("UCUM")
    stood: str | None = text_column("minutes since standing up: 1 or 3")
    circumstances: tuple[str, ...] | None = keys_column("what went with the measuring")
    height: Decimal | None = decimal_column("cm")
    height_entered: str | None = text_column("as typed")
    height_unit: str | None = text_column("UCUM")
    head: Decimal | None = decimal_column("cm around the head")
    head_entered: str | None = text_column("as typed")
    head_unit: str | None = text_column("UCUM")
    girth: Decimal | None = decimal_column("cm")
    girth_entered: str | None = text_column("as typed")
    girth_unit: str | None = text_column("UCUM")
    girth_of: str | None = text_column("what the girth was taken of")
    urine: Decimal | None = decimal_column("mL in 24 h")
    urine_entered: str | None = text_column("as typed")
    urine_unit: str | None = text_column("UCUM")
    confirmed: tuple[str, ...] | None = keys_column("signs measured again that stand")


class MissedSetRow(VisitRow, table=True):
    """One set of the schedule that was missed or late, and why."""

    __tablename__ = "missed_set"

    seq: int = seq_column()
    due: datetime | None = instant_column("when it fell due, UTC")
    reason: str | None = text_column("why it was not taken in time")
    words: str | None = text_column("in words")


STORE = Store(
    section=SECTION,
    values=Vitals,
    groups=(
        Group(rows=VITAL_SIGNS, table=VitalSignsRow, keys=("seq",), value=VitalsSet),
        Group(rows=MISSED_SET, table=MissedSetRow, keys=("seq",), value=MissedSet),
    ),
)
