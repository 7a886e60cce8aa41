"""What one visit says of the patient's systems, of the therapy's questions, and of falls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class SystemsAssessed:
    """The assessment; of each system normal, known or changed, and what was seen."""

    mark: Mark
    at: datetime | None = None
    neuro: str | None = None
    neuro_signs: tuple[str, ...] | None = None
    neuro_words: str | None = None
    cardiovascular: str | None = None
    heart_signs: tuple[str, ...] | None = None
    edema: str | None = None
    edema_where: str | None = None
    cardiovascular_words: str | None = None
    respiratory: str | None = None
    lung_sounds: tuple[str, ...] | None = None
    lung_where: str | None = None
    breathing: tuple[str, ...] | None = None
    respiratory_words: str | None = None
    gastrointestinal: str | None = None
    bowel_signs: tuple[str, ...] | None = None
    last_stool: date | None = None
    gastrointestinal_words: str | None = None
    urinary: str | None = None
    urine_signs: tuple[str, ...] | None = None
    urinary_words: str | None = None
    skin: str | None = None
    skin_signs: tuple[str, ...] | None = None
    skin_words: str | None = None
    movement: str | None = None
    movement_signs: tuple[str, ...] | None = None
    movement_words: str | None = None
    mood: str | None = None
    mood_signs: tuple[str, ...] | None = None
    mood_words: str | None = None
    endocrine: str | None = None
    glucose_signs: tuple[str, ...] | None = None
    glucose_range: str | None = None
    endocrine_words: str | None = None
    limits: tuple[str, ...] | None = None
    diet: str | None = None
    response: str | None = None


@dataclass(frozen=True, slots=True)
class WatchAnswer:
    """The answer to one question of the therapy; the row's number is the question's."""

    mark: Mark
    answer: bool | None = None
    words: str | None = None

    @property
    def number(self) -> int:
        """The number of the question in the catalogue."""
        return int(self.mark.row.at[0])


@dataclass(frozen=True, slots=True)
class FallScreen:
    """MAHC-10: ten items of one point each."""

    mark: Mark
    screened_at: datetime | None = None
    age_65: bool | None = None
    diagnoses_3: bool | None = None
    fell_3_months: bool | None = None
    incontinent: bool | None = None
    sight_impaired: bool | None = None
    mobility_impaired: bool | None = None
    home_hazards: bool | None = None
    medicines_4: bool | None = None
    pain_limits: bool | None = None
    cognition_impaired: bool | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The assessment of one visit."""

    assessment: SystemsAssessed | None = None
    therapy_watch: tuple[WatchAnswer, ...] = ()
    fall_screen: FallScreen | None = None
