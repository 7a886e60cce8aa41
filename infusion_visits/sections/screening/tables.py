"""The table of the screening."""

from datetime import date, datetime

from sqlalchemy import Boolean

from infusion_visits.records.rows import VisitRow, day_column, instant_column, optional, text_column
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.screening.fields import SCREENING_ANSWER, SECTION
from infusion_visits.sections.screening.values import Screening, ScreeningAnswers


class ScreeningAnswerRow(VisitRow, table=True):
    """The answers of one visit; null was not asked."""

    __tablename__ = "screening_answer"

    at: datetime | None = instant_column("when asked, UTC")
    infection: bool | None = optional(Boolean, "yes or no")
    infection_note: str | None = text_column("comment on it")
    antibiotics: bool | None = optional(Boolean, "yes or no")
    antibiotics_note: str | None = text_column("comment on it")
    new_medicines: bool | None = optional(Boolean, "yes or no")
    new_medicines_note: str | None = text_column("comment on it")
    reaction_last_dose: bool | None = optional(Boolean, "yes or no")
    reaction_last_dose_note: str | None = text_column("comment on it")
    pregnancy: bool | None = optional(Boolean, "yes or no")
    pregnancy_note: str | None = text_column("comment on it")
    procedure: bool | None = optional(Boolean, "yes or no")
    procedure_note: str | None = text_column("comment on it")
    live_vaccine: bool | None = optional(Boolean, "yes or no")
    live_vaccine_note: str | None = text_column("comment on it")
    falls_bleeding: bool | None = optional(Boolean, "yes or no")
    falls_bleeding_note: str | None = text_column("comment on it")
    chest_symptoms: bool | None = optional(Boolean, "yes or no")
    chest_symptoms_note: str | None = text_column("comment on it")
    neurological: bool | None = optional(Boolean, "yes or no")
    neurological_note: str | None = text_column("comment on it")
    fluid_loss: bool | None = optional(Boolean, "yes or no")
    fluid_loss_note: str | None = text_column("comment on it")
    weight_change: bool | None = optional(Boolean, "yes or no")
    weight_change_note: str | None = text_column("comment on it")
    fasting: bool | None = optional(Boolean, "yes or no")
    fasting_note: str | None = text_column("comment on it")
    glucose: bool | None = optional(Boolean, "yes or no")
    glucose_note: str | None = text_column("comment on it")
    labs_missing: bool | None = optional(Boolean, "yes or no")
    labs_missing_note: str | None = text_column("comment on it")
    premedication_missing: bool | None = optional(Boolean, "yes or no")
    premedication_missing_note: str | None = text_column("comment on it")
    drug_defect: bool | None = optional(Boolean, "yes or no")
    drug_defect_note: str | None = text_column("comment on it")
    response: str | None = text_column("what was done and who was told")
    labs_day: date | None = day_column("day of the laboratory results that were read")
    labs_words: str | None = text_column("what the results were")


STORE = Store(
    section=SECTION,
    values=Screening,
    groups=(
        Group(rows=SCREENING_ANSWER, table=ScreeningAnswerRow, keys=(), value=ScreeningAnswers),
    ),
)
