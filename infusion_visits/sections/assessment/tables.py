"""The tables of the assessment."""

from datetime import date, datetime

from sqlalchemy import Boolean

from infusion_visits.records.rows import (
    VisitRow,
    day_column,
    instant_column,
    keys_column,
    optional,
    seq_column,
    text_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.assessment.fields import (
    ASSESSMENT,
    FALL_SCREEN,
    SECTION,
    THERAPY_WATCH,
)
from infusion_visits.sections.assessment.values import (
    Assessment,
    FallScreen,
    SystemsAssessed,
    WatchAnswer,
)

_STATE = "normal, known or changed"


class AssessmentRow(VisitRow, table=True):
    """The systems assessed at one visit."""

    __tablename__ = "assessment"

    at: datetime | None = instant_column("when assessed, UTC")
    neuro: str | None = text_column(_STATE)
    neuro_signs: tuple[str, ...] | None = keys_column("neurological signs")
    neuro_words: str | None = text_column("in words")
    cardiovascular: str | None = text_column(_STATE)
    heart_signs: tuple[str, ...] | None = keys_column("signs of heart and circulation")
    edema: str | None = text_column("pitting edema 0 to 4, or firm")
    edema_where: str | None = text_column("where the edema is")
    cardiovascular_words: str | None = text_column("in words")
    respiratory: str | None = text_column(_STATE)
    lung_sounds: tuple[str, ...] | None = keys_column("lung sounds")
    lung_where: str | None = text_column("where they are heard")
    breathing: tuple[str, ...] | None = keys_column("breathing")
    respiratory_words: str | None = text_column("in words")
    gastrointestinal: str | None = text_column(_STATE)
    bowel_signs: tuple[str, ...] | None = keys_column("signs of stomach and bowel")
    last_stool: date | None = day_column("last bowel movement, at the home")
    gastrointestinal_words: str | None = text_column("in words")
    urinary: str | None = text_column(_STATE)
    urine_signs: tuple[str, ...] | None = keys_column("signs of urine and fluids")
    urinary_words: str | None = text_column("in words")
    skin: str | None = text_column(_STATE)
    skin_signs: tuple[str, ...] | None = keys_column("signs of the skin")
    skin_words: str | None = text_column("in words")
    movement: str | None = text_column(_STATE)
    movement_signs: tuple[str, ...] | None = keys_column("signs of muscles and joints")
    movement_words: str | None = text_column("in words")
    mood: str | None = text_column(_STATE)
    mood_signs: tuple[str, ...] | None = keys_column("signs of mood and coping")
    mood_words: str | None = text_column("in words")
    endocrine: str | None = text_column(_STATE)
    glucose_signs: tuple[str, ...] | None = keys_column("signs of glucose")
    glucose_range: str | None = text_column("glucose at home, lowest to highest with unit")
    endocrine_words: str | None = text_column("in words")
    limits: tuple[str, ...] | None = keys_column("limits in daily life")
    diet: str | None = text_column("diet")
    response: str | None = text_column("what was done about it")


class TherapyWatchRow(VisitRow, table=True):
    """One question of the therapy; `seq` is its number in the catalogue."""

    __tablename__ = "therapy_watch"

    seq: int = seq_column()
    answer: bool | None = optional(Boolean, "yes or no")
    words: str | None = text_column("what, and since when")


class FallScreenRow(VisitRow, table=True):
    """The fall screen of one visit, MAHC-10."""

    __tablename__ = "fall_screen"

    screened_at: datetime | None = instant_column("when screened, UTC")
    age_65: bool | None = optional(Boolean, "age 65 or older")
    diagnoses_3: bool | None = optional(Boolean, "three or more diagnoses")
    fell_3_months: bool | None = optional(Boolean, "fell in the last 3 months")
    incontinent: bool | None = optional(Boolean, "incontinence")
    sight_impaired: bool | None = optional(Boolean, "sight impaired")
    mobility_impaired: bool | None = optional(Boolean, "mobility impaired")
    home_hazards: bool | None = optional(Boolean, "hazards in the home")
    medicines_4: bool | None = optional(Boolean, "four or more prescribed medicines")
    pain_limits: bool | None = optional(Boolean, "pain affects function")
    cognition_impaired: bool | None = optional(Boolean, "cognition impaired")
    plan: str | None = text_column("what is done against falls")


STORE = Store(
    section=SECTION,
    values=Assessment,
    groups=(
        Group(rows=ASSESSMENT, table=AssessmentRow, keys=(), value=SystemsAssessed),
        Group(rows=THERAPY_WATCH, table=TherapyWatchRow, keys=("seq",), value=WatchAnswer),
        Group(rows=FALL_SCREEN, table=FallScreenRow, keys=(), value=FallScreen),
    ),
)
