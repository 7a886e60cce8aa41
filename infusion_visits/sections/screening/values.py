"""What one visit says about the screening before an infusion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class ScreeningAnswers:
    """All questions of one visit: True is yes, False is no, None was not asked."""

    mark: Mark
    at: datetime | None = None
    infection: bool | None = None
    infection_note: str | None = None
    antibiotics: bool | None = None
    antibiotics_note: str | None = None
    new_medicines: bool | None = None
    new_medicines_note: str | None = None
    reaction_last_dose: bool | None = None
    reaction_last_dose_note: str | None = None
    pregnancy: bool | None = None
    pregnancy_note: str | None = None
    procedure: bool | None = None
    procedure_note: str | None = None
    live_vaccine: bool | None = None
    live_vaccine_note: str | None = None
    falls_bleeding: bool | None = None
    falls_bleeding_note: str | None = None
    chest_symptoms: bool | None = None
    chest_symptoms_note: str | None = None
    neurological: bool | None = None
    neurological_note: str | None = None
    fluid_loss: bool | None = None
    fluid_loss_note: str | None = None
    weight_change: bool | None = None
    weight_change_note: str | None = None
    fasting: bool | None = None
    fasting_note: str | None = None
    glucose: bool | None = None
    glucose_note: str | None = None
    labs_missing: bool | None = None
    labs_missing_note: str | None = None
    premedication_missing: bool | None = None
    premedication_missing_note: str | None = None
    drug_defect: bool | None = None
    drug_defect_note: str | None = None
    response: str | None = None
    labs_day: date | None = None
    labs_words: str | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """The screening of one visit; None until the first question is answered."""

    screening_answer: ScreeningAnswers | None = None
