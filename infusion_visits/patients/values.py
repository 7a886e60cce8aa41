"""What the record knows of one patient, as frozen values named as in fields.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class Person:
    """Who the patient is. `birth_precision` says how much of `birth_day` is known."""

    mark: Mark
    family: str | None = None
    given: str | None = None
    suffix: str | None = None
    preferred_name: str | None = None
    other_names: str | None = None
    birth_day: date | None = None
    birth_precision: str | None = None
    sex: str | None = None
    zone: str | None = None
    telephone: str | None = None
    other_telephone: str | None = None
    email: str | None = None
    address: str | None = None
    language: str | None = None
    interpreter: bool | None = None
    allergy_state: str | None = None
    allergy_note: str | None = None
    notes: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number by which somebody knows the patient."""

    mark: Mark
    system: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class WeightTaken:
    """A weight in kg with its day; what was typed stands in the mark."""

    mark: Mark
    weight_kg: Decimal | None = None
    day: date | None = None
    source: str | None = None
    as_received: str | None = None


@dataclass(frozen=True, slots=True)
class HeightTaken:
    """A height in cm with its day."""

    mark: Mark
    height_cm: Decimal | None = None
    day: date | None = None
    source: str | None = None
    as_received: str | None = None


@dataclass(frozen=True, slots=True)
class Allergy:
    """What must not reach the patient, and what happened."""

    mark: Mark
    substance: str | None = None
    reaction: str | None = None
    severity: str | None = None
    kind: str | None = None
    risk: str | None = None
    status: str | None = None
    code: str | None = None
    system: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody beside the patient."""

    mark: Mark
    name: str | None = None
    relation: str | None = None
    telephone: str | None = None
    may_be_told: bool | None = None
    emergency: bool | None = None


@dataclass(frozen=True, slots=True)
class Precaution:
    """What to mind at every visit; of kind `limb` it bars a limb."""

    mark: Mark
    kind: str | None = None
    limb: str | None = None
    what: str | None = None
    why: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A diagnosis or problem, in the words of who wrote it."""

    mark: Mark
    words: str | None = None
    code: str | None = None
    system: str | None = None
    since: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class HomeMedicine:
    """What the patient takes."""

    mark: Mark
    words: str | None = None
    dose: str | None = None
    route: str | None = None
    frequency: str | None = None
    reason: str | None = None
    since: str | None = None
    status: str | None = None
    code: str | None = None
    system: str | None = None
    over_the_counter: bool | None = None


@dataclass(frozen=True, slots=True)
class PastMeasurement:
    """A measurement that came with the patient; the figure is kept as text, as written."""

    mark: Mark
    what: str | None = None
    code: str | None = None
    value: str | None = None
    second_value: str | None = None
    unit: str | None = None
    at: datetime | None = None
    at_precision: str | None = None


@dataclass(frozen=True, slots=True)
class RateStep:
    """One rung of the ordered ladder, in the unit of the order."""

    mark: Mark
    rate: Decimal | None = None
    rate_unit: str | None = None
    minutes: Decimal | None = None
    until_complete: bool | None = None


@dataclass(frozen=True, slots=True)
class Premedication:
    """What is given before the infusion."""

    mark: Mark
    medicine: str | None = None
    dose: str | None = None
    route: str | None = None
    minutes_before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TherapyOrder:
    """An order for therapy; weights in kg, volumes in mL. Its id is the key in its mark."""

    mark: Mark
    therapy: str | None = None
    drug: str | None = None
    brand: str | None = None
    product: str | None = None
    indication: str | None = None
    indication_words: str | None = None
    dose: Decimal | None = None
    dose_unit: str | None = None
    dosing_basis: str | None = None
    dose_per_kg: Decimal | None = None
    dose_per_kg_unit: str | None = None
    dosing_weight_kg: Decimal | None = None
    dosing_weight_day: date | None = None
    dose_per_m2: Decimal | None = None
    dosing_height_cm: Decimal | None = None
    surface_rounded: bool | None = None
    dose_difference: str | None = None
    concentration: str | None = None
    concentration_amount: Decimal | None = None
    concentration_unit: str | None = None
    diluent: str | None = None
    volume_ml: Decimal | None = None
    route: str | None = None
    delivery: str | None = None
    over_minutes: Decimal | None = None
    ladder: str | None = None
    filter: str | None = None
    cycle_hours: Decimal | None = None
    ramp_up_hours: Decimal | None = None
    ramp_down_hours: Decimal | None = None
    demand_dose: Decimal | None = None
    lockout_minutes: Decimal | None = None
    basal_per_hour: Decimal | None = None
    limit_1_hour: Decimal | None = None
    limit_4_hours: Decimal | None = None
    subcut_sites: Decimal | None = None
    frequency: str | None = None
    every: Decimal | None = None
    every_unit: str | None = None
    dose_number: Decimal | None = None
    doses_planned: Decimal | None = None
    course_days: Decimal | None = None
    observation_minutes: Decimal | None = None
    last_dose_day: date | None = None
    first_dose: bool | None = None
    home_first_dose_authorised: bool | None = None
    flush: str | None = None
    flush_before_ml: Decimal | None = None
    flush_after_ml: Decimal | None = None
    flush_rate_ml_h: Decimal | None = None
    goal: str | None = None
    safety_measures: str | None = None
    prescriber: str | None = None
    prescriber_telephone: str | None = None
    ordered_day: date | None = None
    starts: date | None = None
    ends: date | None = None
    notes: str | None = None
    status: str | None = None
    version: Decimal | None = None
    replaces: UUID | None = None
    used_at: datetime | None = None
    end_reason: str | None = None
    rate_step: tuple[RateStep, ...] = ()
    premedication: tuple[Premedication, ...] = ()

    @property
    def id(self) -> UUID:
        """The order's own identifier."""
        key = self.mark.row.at[0]
        if not isinstance(key, UUID):
            raise TypeError("an order is keyed by its identifier")
        return key


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done for this patient; done when `done_at` is set."""

    mark: Mark
    what: str | None = None
    assignee: str | None = None
    due_day: date | None = None
    done_at: datetime | None = None
    origin: str | None = None

    @property
    def id(self) -> UUID:
        """The task's own identifier."""
        key = self.mark.row.at[0]
        if not isinstance(key, UUID):
            raise TypeError("a task is keyed by its identifier")
        return key


@dataclass(frozen=True, slots=True)
class LineOrder:
    """How a kind of line is to be cared for, as ordered."""

    mark: Mark
    line: str | None = None
    dressing_days: Decimal | None = None
    dressing: str | None = None
    antiseptic: str | None = None
    securement: str | None = None
    access_technique: str | None = None
    flush_solution: str | None = None
    flush_before_ml: Decimal | None = None
    flush_after_ml: Decimal | None = None
    flush_every: Decimal | None = None
    flush_every_unit: str | None = None
    lock: str | None = None
    lock_units_per_ml: Decimal | None = None
    lock_ml: Decimal | None = None
    words: str | None = None
    prescriber: str | None = None
    ordered_day: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class PlanOfCare:
    """One period of care as a physician certified it."""

    mark: Mark
    starts: date | None = None
    ends: date | None = None
    physician: str | None = None
    signed_day: date | None = None
    reviewed_day: date | None = None
    need: str | None = None
    visits_from: Decimal | None = None
    visits_to: Decimal | None = None
    per: Decimal | None = None
    per_unit: str | None = None
    duration: Decimal | None = None
    duration_unit: str | None = None
    as_needed: str | None = None
    goals: str | None = None
    diet: str | None = None
    functional_limits: str | None = None
    safety: tuple[str, ...] | None = None
    safety_words: str | None = None
    code_status: str | None = None
    directive_place: str | None = None
    discharge_plan: str | None = None


@dataclass(frozen=True, slots=True)
class PatientChart:
    """Everything that belongs to one patient, struck rows included (they stay legible)."""

    patient: Person | None = None
    patient_identifier: tuple[Identifier, ...] = ()
    weight: tuple[WeightTaken, ...] = ()
    height: tuple[HeightTaken, ...] = ()
    allergy: tuple[Allergy, ...] = ()
    contact: tuple[Contact, ...] = ()
    precaution: tuple[Precaution, ...] = ()
    condition: tuple[Condition, ...] = ()
    home_medicine: tuple[HomeMedicine, ...] = ()
    past_measurement: tuple[PastMeasurement, ...] = ()
    plan_of_care: tuple[PlanOfCare, ...] = ()
    line_order: tuple[LineOrder, ...] = ()
    therapy_order: tuple[TherapyOrder, ...] = ()
    task: tuple[Task, ...] = ()

    def order(self, order_id: UUID) -> TherapyOrder | None:
        """The order with this identifier."""
        return next((one for one in self.therapy_order if one.id == order_id), None)
