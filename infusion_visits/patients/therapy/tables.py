"""The tables of therapy orders: the order, its ladder and what is given before it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Boolean
from sqlmodel import Field

from infusion_visits.records.rows import (
    PatientRow,
    PatientThing,
    day_column,
    decimal_column,
    instant_column,
    key_column,
    seq_column,
    text_column,
    uuid_column,
)


class TherapyOrder(PatientThing, table=True):
    """An order for therapy. A used one never changes: a change is a new version."""

    __tablename__ = "therapy_order"

    id: UUID = key_column()
    therapy: str | None = text_column("key of the therapies catalogue")
    drug: str | None = text_column("generic name")
    brand: str | None = text_column("brand name")
    product: str | None = text_column("key of the product in the catalogue")
    indication: str | None = text_column("what it is for")
    indication_words: str | None = text_column("what it is for, in words")
    dose: Decimal | None = decimal_column("in dose_unit")
    dose_unit: str | None = text_column("unit of the dose")
    dosing_basis: str | None = text_column("flat, per_kg, per_m2")
    dose_per_kg: Decimal | None = decimal_column("in dose_per_kg_unit, per kg")
    dose_per_kg_unit: str | None = text_column("unit of the dose per kg")
    dosing_weight_kg: Decimal | None = decimal_column("kg, frozen with the order")
    dosing_weight_kg_entered: str | None = text_column("as typed")
    dosing_weight_kg_unit: str | None = text_column("UCUM unit as typed")
    dosing_weight_day: date | None = day_column("day of the dosing weight")
    dose_per_m2: Decimal | None = decimal_column("in dose_unit, per m² of body surface")
    dosing_height_cm: Decimal | None = decimal_column("cm")
    dosing_height_cm_entered: str | None = text_column("as typed")
    dosing_height_cm_unit: str | None = text_column("UCUM unit as typed")
    surface_rounded: bool | None = Field(default=None, sa_type=Boolean)
    dose_difference: str | None = text_column("why the dose differs from dose per kg")
    concentration: str | None = text_column("concentration in words")
    concentration_amount: Decimal | None = decimal_column("in concentration_unit")
    concentration_unit: str | None = text_column("unit of the concentration")
    diluent: str | None = text_column("diluent")
    volume_ml: Decimal | None = decimal_column("mL to infuse")
    volume_ml_entered: str | None = text_column("as typed")
    volume_ml_unit: str | None = text_column("UCUM unit as typed")
    route: str | None = text_column("IV, subcut, IM")
    delivery: str | None = text_column("pump, gravity, elastomeric, push, cycle, pca")
    over_minutes: Decimal | None = decimal_column("min, for one steady rate")
    over_minutes_entered: str | None = text_column("as typed")
    over_minutes_unit: str | None = text_column("UCUM unit as typed")
    ladder: str | None = text_column("key of the ladder in the catalogue")
    filter: str | None = text_column("filter")
    cycle_hours: Decimal | None = decimal_column("h, ramps included")
    ramp_up_hours: Decimal | None = decimal_column("h at half the rate")
    ramp_down_hours: Decimal | None = decimal_column("h at half the rate")
    demand_dose: Decimal | None = decimal_column("in dose_unit")
    lockout_minutes: Decimal | None = decimal_column("min between demand doses")
    lockout_minutes_entered: str | None = text_column("as typed")
    lockout_minutes_unit: str | None = text_column("UCUM unit as typed")
    basal_per_hour: Decimal | None = decimal_column("in dose_unit per h")
    limit_1_hour: Decimal | None = decimal_column("in dose_unit")
    limit_4_hours: Decimal | None = decimal_column("in dose_unit")
    subcut_sites: Decimal | None = decimal_column("sites used at once")
    frequency: str | None = text_column("how often")
    every: Decimal | None = decimal_column("in every_unit")
    every_unit: str | None = text_column("hour, day, week, month, year")
    dose_number: Decimal | None = decimal_column("number of this dose in its course")
    doses_planned: Decimal | None = decimal_column("doses of the course")
    course_days: Decimal | None = decimal_column("days of the course")
    observation_minutes: Decimal | None = decimal_column("min after the end")
    observation_minutes_entered: str | None = text_column("as typed")
    observation_minutes_unit: str | None = text_column("UCUM unit as typed")
    last_dose_day: date | None = day_column("day of the last dose given elsewhere")
    first_dose: bool | None = Field(default=None, sa_type=Boolean)
    home_first_dose_authorised: bool | None = Field(default=None, sa_type=Boolean)
    flush: str | None = text_column("flush protocol")
    flush_before_ml: Decimal | None = decimal_column("mL")
    flush_before_ml_entered: str | None = text_column("as typed")
    flush_before_ml_unit: str | None = text_column("UCUM unit as typed")
    flush_after_ml: Decimal | None = decimal_column("mL")
    flush_after_ml_entered: str | None = text_column("as typed")
    flush_after_ml_unit: str | None = text_column("UCUM unit as typed")
    flush_rate_ml_h: Decimal | None = decimal_column("mL/h of the flush after")
    flush_rate_ml_h_entered: str | None = text_column("as typed")
    flush_rate_ml_h_unit: str | None = text_column("UCUM unit as typed")
    goal: str | None = text_column("goal and expected outcome")
    safety_measures: str | None = text_column("safety measures")
    prescriber: str | None = text_column("who ordered")
    prescriber_telephone: str | None = text_column("telephone of who ordered")
    ordered_day: date | None = day_column("day of the order")
    starts: date | None = day_column("first day")
    ends: date | None = day_column("last day")
    notes: str | None = text_column("further instructions")
    status: str | None = text_column("draft, used, ended")
    version: Decimal | None = decimal_column("version, from 1")
    replaces: UUID | None = uuid_column("earlier version", foreign_key="therapy_order.id")
    used_at: datetime | None = instant_column("when it came into use")
    end_reason: str | None = text_column("why it ended")


class RateStep(PatientRow, table=True):
    """One rung of an order's ladder."""

    __tablename__ = "rate_step"

    therapy_order_id: UUID = key_column("therapy_order.id")
    seq: int = seq_column()
    rate: Decimal | None = decimal_column("in rate_unit")
    rate_unit: str | None = text_column("unit of the rate")
    minutes: Decimal | None = decimal_column("min")
    minutes_entered: str | None = text_column("as typed")
    minutes_unit: str | None = text_column("UCUM unit as typed")
    until_complete: bool | None = Field(default=None, sa_type=Boolean)


class Premedication(PatientRow, table=True):
    """What an order wants given before the infusion."""

    __tablename__ = "premedication"

    therapy_order_id: UUID = key_column("therapy_order.id")
    seq: int = seq_column()
    medicine: str | None = text_column("medicine")
    dose: str | None = text_column("dose")
    route: str | None = text_column("route")
    minutes_before: Decimal | None = decimal_column("min before the start")
    minutes_before_entered: str | None = text_column("as typed")
    minutes_before_unit: str | None = text_column("UCUM unit as typed")
