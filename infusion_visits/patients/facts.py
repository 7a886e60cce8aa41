"""Facts: what a section may know of the rest of the visit and of the patient. Core types only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients.line_facts import (
    BarredLimb,
    CareFact,
    LineFact,
    LineStatus,
    LumenFact,
)
from infusion_visits.patients.visit_facts import (
    CallFact,
    NoticeFact,
    Phase,
    ReactionFact,
    RunFact,
    VitalsDue,
    VitalsFact,
)

# One door: sections take all facts from here, those of lines and visits as well.
__all__ = [
    "AllergyState",
    "BarredLimb",
    "CallFact",
    "CareFact",
    "Facts",
    "HomeAnswerFact",
    "HomeFact",
    "HomeMedicineFact",
    "LineFact",
    "LineStatus",
    "LumenFact",
    "NoticeFact",
    "OrderFact",
    "OrderStep",
    "Phase",
    "ReactionFact",
    "RunFact",
    "TherapyFact",
    "VitalsDue",
    "VitalsFact",
]


class AllergyState(StrEnum):
    """Three states (clinical reference 11.28): an empty list is never silently "none"."""

    NOT_ASKED = "not asked"
    NONE_KNOWN = "no known allergies"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class HomeAnswerFact:
    """One item of the home as answered before: °C, points of 10, minutes; days at the home.

    `plan_done` is the day on which the task of its plan was marked as done.
    """

    number: int
    answer: str
    extent: str = ""
    temperature: Decimal | None = None
    score: Decimal | None = None
    minutes: Decimal | None = None
    note: str = ""
    plan: str = ""
    owner: str = ""
    due_day: date | None = None
    plan_done: date | None = None


@dataclass(frozen=True, slots=True)
class HomeFact:
    """The home as it was last known before this visit, the latest answer to each item.

    `whole` is the local day of the last whole assessment, `seen` that of the last look at it.
    """

    whole: date
    seen: date
    needs: tuple[str, ...] = ()
    answers: tuple[HomeAnswerFact, ...] = ()


@dataclass(frozen=True, slots=True)
class DoseFact:
    """Doses of one therapy and brand that this record holds: how many, the day of the last.

    `therapy` is the key of the catalogue, "" where the order named a drug only; `drug` and `brand`
    are as the order said them.
    """

    therapy: str
    drug: str
    brand: str
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class EarlierReaction:
    """A reaction to an infusion at an earlier visit, and the rate in mL/h at which it happened.

    `words` names it with its grade, as a list shows it.
    """

    complication: UUID
    drug: str
    at: datetime
    ml_per_hour: Decimal
    words: str


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
    `first_dose`: the dose of this visit counts as a first one; `exposed_again` because the last
    one is too long ago or was of another brand. `dose_words` say how it counts by the earlier doses
    (`dose_known`: there are any); `watched_as_first` is one of those watched as long as the first.
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
    flush_before_ml: Decimal | None = None
    flush_after_ml: Decimal | None = None
    dose_words: str = ""
    dose_known: bool = False
    exposed_again: bool = False
    watched_as_first: bool = False


@dataclass(frozen=True, slots=True)
class HomeMedicineFact:
    """One of the patient's home medicines; `number` is its number in the list."""

    number: int
    words: str
    dose: str = ""
    route: str = ""
    frequency: str = ""
    reason: str = ""
    status: str = ""
    over_the_counter: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a section's rules and blocks may know. For a signed record `now` is the time of signing.

    `watch_until` is when the ordered observation after the last infusion is over.
    `hypercapnic_target` is True only where a clinician has documented an SpO2 target of 88 to 92 %.
    `vitals_due` are the sets of the schedule by time, `vitals_kept` says whether it was kept.
    `heparin_barred` says why no heparin may be given (an allergy, HIT), "" where nothing bars it.
    `fall_points` is the fall screen of this visit, `fall_plan` what is done against falls.
    `unnamed_limb_alerts` are the reasons of limb alerts that name no limb.
    """

    now: datetime
    zone: str
    kind: VisitKind
    birth_date: date | None = None
    age_years: int | None = None
    sex: str = ""
    weight_kg: Decimal | None = None
    weight_day: date | None = None
    height_cm: Decimal | None = None
    height_day: date | None = None
    allergies: AllergyState = AllergyState.NOT_ASKED
    allergy_words: tuple[str, ...] = ()
    barred_limbs: tuple[BarredLimb, ...] = ()
    lines: tuple[LineFact, ...] = ()
    care_before: tuple[CareFact, ...] = ()
    home_before: HomeFact | None = None
    doses_before: tuple[DoseFact, ...] = ()
    reactions_before: tuple[EarlierReaction, ...] = ()
    fall_points: int | None = None
    fall_plan: str = ""
    orders: tuple[OrderFact, ...] = ()
    order: OrderFact | None = None
    arrived: datetime | None = None
    departed: datetime | None = None
    infusion_start: datetime | None = None
    infusion_found: bool = False
    infusion_end: datetime | None = None
    watch_until: datetime | None = None
    phases: tuple[Phase, ...] = ()
    baseline: VitalsFact | None = None
    vitals_times: tuple[datetime, ...] = ()
    last_vitals: VitalsFact | None = None
    vitals_due: tuple[VitalsDue, ...] = ()
    vitals_kept: str = ""
    premedication_times: tuple[datetime, ...] = ()
    open_complications: tuple[str, ...] = ()
    reactions: tuple[ReactionFact, ...] = ()
    hypercapnic_target: bool = False
    heparin_barred: str = ""
    unnamed_limb_alerts: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    home_medicines: tuple[HomeMedicineFact, ...] = ()
    medicines_review: str = ""
    runs: tuple[RunFact, ...] = ()
    notices: tuple[NoticeFact, ...] = ()
    kit_checked: bool = False
    kit_in_date: bool | None = None
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
