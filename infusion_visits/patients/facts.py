"""Facts: what a section may know of the rest of the visit and of the patient. Core types only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from infusion_visits.core.blocks import BodySite
from infusion_visits.core.kinds import VisitKind


class AllergyState(StrEnum):
    """Three states (clinical reference 11.28): an empty list is never silently "none"."""

    NOT_ASKED = "not asked"
    NONE_KNOWN = "no known allergies"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class BarredLimb:
    """A limb not to be used: `limb` is "right arm", "left arm", "right leg" or "left leg".

    A line bars it from its placing (`since`) to its removal (`until`); None is without an end.
    """

    limb: str
    why: str
    since: datetime | None = None
    until: datetime | None = None

    def holds(self, at: datetime | None) -> bool:
        """Whether the limb is barred at `at` (None: some time at this visit)."""
        if at is None:
            return True
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class LineFact:
    """A line in place at this visit. `limb` is set when it lies in an arm or a leg."""

    device: UUID
    kind: str
    label: str
    central: bool
    site: BodySite | None
    limb: str
    lumens: tuple[str, ...]
    inserted: date | None
    in_place: bool = True


@dataclass(frozen=True, slots=True)
class CareFact:
    """The last time, before this visit, that a kind of care was done for a line."""

    device: UUID
    what: str
    at: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class OrderStep:
    """One rung of the ordered ladder; `minutes` None runs until complete. Rate in mL/h."""

    ml_per_hour: Decimal
    minutes: int | None


@dataclass(frozen=True, slots=True)
class TherapyFact:
    """What the catalogue says of an ordered therapy (`resources/clinical/therapies.toml`).

    All of it is a default: the prescriber's order and the agency's protocol always win.

    `groups` are words of the catalogue, such as "biologic", "antibiotic", "iron", "opioid_pca".
    `access_class` (clinical reference 1.7): vesicant_red, intermediate_yellow, irritant, none,
    subcut_only. `tissue_class`: vesicant, intermediate, irritant, none. `filter` and
    `diluent_rule` are words, empty where there is none. `vitals_schedule` is a key of 1.1.
    Observation in minutes after the end (None: not by the clock); the first `first_doses` doses
    count as first. A gap of more than `re_exposure_days` days counts as first again.
    """

    key: str
    name: str
    drug_class: str = ""
    groups: tuple[str, ...] = ()
    access_class: str = "none"
    tissue_class: str = "none"
    central_only: bool = False
    filter: str = ""
    dedicated_lumen: bool = False
    high_alert: bool = False
    controlled: bool = False
    hazardous: bool = False
    refrigerated: bool = False
    continuous: bool = False
    kit_needed: bool = False
    boxed_warning: str = ""
    home_eligible: bool = True
    why_not_home: str = ""
    diluent_rule: str = ""
    vitals_schedule: str = ""
    first_observation_minutes: int | None = None
    later_observation_minutes: int | None = None
    first_doses: int = 1
    re_exposure_days: int | None = None
    premedications: tuple[str, ...] = ()

    def is_any(self, *groups: str) -> bool:
        """Whether the therapy belongs to one of these groups."""
        return any(group in self.groups for group in groups)


@dataclass(frozen=True, slots=True)
class OrderFact:
    """The therapy order used at this visit, with the dosing weight frozen on it (kg).

    `dose_per_kg_unit` is the unit of the dose where it is empty. `drug` is written as it is shown
    (tall-man where the catalogue says so). `therapy` is None for what is not in the catalogue.
    """

    order: UUID
    version: int
    drug: str
    brand: str
    dose: Decimal
    dose_unit: str
    dose_per_kg: Decimal | None
    dosing_weight_kg: Decimal | None
    dosing_weight_day: date | None
    volume_ml: Decimal | None
    route: str
    steps: tuple[OrderStep, ...]
    observation_minutes: int | None
    first_dose: bool
    home_first_dose_allowed: bool
    prescriber: str
    flush: str
    premedications: tuple[str, ...] = ()
    concentration: str = ""
    dose_per_kg_unit: str = ""
    therapy: TherapyFact | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the visit: "before", "70 mL/h", "held", "end", "watched", from `start` on."""

    start: datetime
    label: str
    ml_per_hour: Decimal | None = None


@dataclass(frozen=True, slots=True)
class VitalsFact:
    """The first full set of this visit: what later sets are compared with."""

    at: datetime
    systolic: Decimal | None = None
    diastolic: Decimal | None = None
    pulse: Decimal | None = None
    respirations: Decimal | None = None
    spo2: Decimal | None = None
    temperature_c: Decimal | None = None
    pain: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a section's rules and blocks may know. For a signed record `now` is the time of signing.

    `watch_until` is when the ordered observation after the last infusion is over.
    `hypercapnic_target` is True only where a clinician has documented an SpO2 target of 88 to 92 %.
    """

    now: datetime
    zone: str
    kind: VisitKind
    birth_date: date | None = None
    age_years: int | None = None
    sex: str = ""
    weight_kg: Decimal | None = None
    weight_day: date | None = None
    allergies: AllergyState = AllergyState.NOT_ASKED
    allergy_words: tuple[str, ...] = ()
    barred_limbs: tuple[BarredLimb, ...] = ()
    lines: tuple[LineFact, ...] = ()
    care_before: tuple[CareFact, ...] = ()
    orders: tuple[OrderFact, ...] = ()
    order: OrderFact | None = None
    arrived: datetime | None = None
    departed: datetime | None = None
    infusion_start: datetime | None = None
    infusion_end: datetime | None = None
    watch_until: datetime | None = None
    phases: tuple[Phase, ...] = ()
    baseline: VitalsFact | None = None
    vitals_times: tuple[datetime, ...] = ()
    last_vitals: VitalsFact | None = None
    premedication_times: tuple[datetime, ...] = ()
    open_complications: tuple[str, ...] = ()
    hypercapnic_target: bool = False
    people: Mapping[UUID, str] = field(default_factory=dict)
    catalogue: Mapping[str, Any] = field(default_factory=dict)

    def phase_at(self, at: datetime) -> str:
        """The phase in force at `at`: "before" until the start, "" when there is no infusion."""
        label = ""
        for phase in self.phases:
            if phase.start > at:
                break
            label = phase.label
        return label

    @property
    def limbs_barred_on(self) -> tuple[str, ...]:
        """The limbs that stay barred after this visit, each once."""
        return tuple(dict.fromkeys(one.limb for one in self.barred_limbs if one.until is None))

    def line(self, device: UUID | None) -> LineFact | None:
        """The line with this id."""
        return next((line for line in self.lines if line.device == device), None)
