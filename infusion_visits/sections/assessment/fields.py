"""What is asked of each body system, of the therapy, and of falls.

Sources: clinical reference 7.2 and table 7.12 (assessment by system), 7.11 (diet and functional
limits), 3.10 (fall screen). What "normal" means for a system, and what a therapy asks besides,
stand in the catalogue `resources/clinical/assessment.toml`.
"""

from __future__ import annotations

from infusion_visits.core.fields import (
    Choice,
    Day,
    Grade,
    Leaf,
    Many,
    Option,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.kinds import VisitKind
from infusion_visits.sections.assessment import options as of

SECTION = "assessment"
ASSESSED_KINDS = frozenset(
    {
        VisitKind.START_OF_CARE,
        VisitKind.FIRST_DOSE,
        VisitKind.ROUTINE_INFUSION,
        VisitKind.UNSCHEDULED,
        VisitKind.REASSESSMENT,
        VisitKind.DISCHARGE,
    }
)
"""Table 7.12; a reassessment is not in that table and is held to the same as a start of care."""
PLAN_KINDS = frozenset({VisitKind.START_OF_CARE, VisitKind.REASSESSMENT})
HIDDEN_KINDS = frozenset({VisitKind.LAB_DRAW})

SYSTEMS = (
    ("neuro", "Neurological"),
    ("cardiovascular", "Cardiovascular"),
    ("respiratory", "Respiratory"),
    ("gastrointestinal", "Stomach, bowel and nutrition"),
    ("urinary", "Bladder and hydration"),
    ("skin", "Skin"),
    ("movement", "Muscles, bones and walking"),
    ("mood", "Mood and coping"),
    ("endocrine", "Glucose and hormones"),
)
ENDOCRINE = "endocrine"
"""Asked of diabetic patients and of therapies that move the glucose; else nobody has to answer."""


def words_of(system: str) -> str:
    """The name of the words' field of a system."""
    return f"{system}_words"


def _shown(system: str) -> Shown:
    return Shown(system, of.EXCEPTIONS)


def _signs(name: str, label: str, system: str, options: tuple[Option, ...]) -> Many:
    return Many(name=name, label=label, options=options, shown=_shown(system))


_DETAILS: dict[str, tuple[Leaf, ...]] = {
    "neuro": (_signs("neuro_signs", "Neurological signs", "neuro", of.NEURO),),
    "cardiovascular": (
        _signs("heart_signs", "Heart and circulation", "cardiovascular", of.HEART),
        Grade(
            name="edema",
            label="Edema",
            options=of.EDEMA,
            scale="pitting edema 0 to 4+",
            shown=_shown("cardiovascular"),
        ),
        Text(name="edema_where", label="Edema where", shown=Shown("edema", of.EDEMA_SEEN)),
    ),
    "respiratory": (
        _signs("lung_sounds", "Lung sounds", "respiratory", of.LUNGS),
        Text(name="lung_where", label="Lung sounds where", shown=_shown("respiratory")),
        _signs("breathing", "Breathing", "respiratory", of.BREATHING),
    ),
    "gastrointestinal": (
        _signs("bowel_signs", "Stomach and bowel", "gastrointestinal", of.BOWEL),
        Day(
            name="last_stool",
            label="Last bowel movement",
            future=False,
            shown=_shown("gastrointestinal"),
        ),
    ),
    "urinary": (_signs("urine_signs", "Urine and fluids", "urinary", of.URINE),),
    "skin": (_signs("skin_signs", "Skin signs", "skin", of.SKIN),),
    "movement": (_signs("movement_signs", "Movement", "movement", of.MOVEMENT),),
    "mood": (_signs("mood_signs", "Mood signs", "mood", of.MOOD),),
    "endocrine": (
        _signs("glucose_signs", "Glucose", "endocrine", of.GLUCOSE),
        Text(name="glucose_range", label="Glucose at home", help="Lowest to highest, with unit"),
    ),
}


def details_of(system: str) -> tuple[Leaf, ...]:
    """What is asked of a system that is not within normal limits, its words last."""
    return (*_DETAILS[system], _words(system))


def _words(system: str) -> Text:
    label = dict(SYSTEMS)[system]
    return Text(
        name=words_of(system),
        label=f"{label}: in words",
        help="What was seen or said, where and since when",
        shown=_shown(system),
        required=True,
        lines=2,
    )


def _system(key: str, label: str) -> tuple[Leaf, ...]:
    required = False if key == ENDOCRINE else ASSESSED_KINDS
    return (
        Choice(
            name=key,
            label=label,
            options=of.STATES,
            required=required,
            may_be_not_done=True,
        ),
        *details_of(key),
    )


ASSESSMENT = Rows(
    name="assessment",
    label="Assessment",
    fields=(
        When(name="at", label="Assessed at", required=ASSESSED_KINDS),
        *(leaf for key, label in SYSTEMS for leaf in _system(key, label)),
        Many(
            name="limits",
            label="Limits in daily life",
            options=of.LIMITS,
            required=PLAN_KINDS,
        ),
        Text(name="diet", label="Diet", help="Such as regular, low salt", required=PLAN_KINDS),
        Text(
            name="response",
            label="What was done about it",
            help="Who was told, when, and what they said",
            lines=2,
        ),
    ),
    single=True,
    time_field="at",
)

THERAPY_WATCH = Rows(
    name="therapy_watch",
    label="Asked for this therapy",
    fields=(
        YesNo(name="answer", label="Answer", may_be_not_done=True),
        Text(
            name="words",
            label="What, and since when",
            shown=Shown("answer", (True,)),
            required=True,
        ),
    ),
)
"""The number of a row is the number of the question in the catalogue."""

FALL_SCREEN = Rows(
    name="fall_screen",
    label="Fall screen",
    fields=(
        When(name="screened_at", label="Screened at", required=PLAN_KINDS),
        *(YesNo(name=key, label=label, required=PLAN_KINDS) for key, label, _ in of.FALL_ITEMS),
        Text(
            name="plan",
            label="What is done against falls",
            lines=2,
            may_be_not_done=True,
        ),
    ),
    single=True,
    time_field="screened_at",
)

ROWS: tuple[Rows, ...] = (ASSESSMENT, THERAPY_WATCH, FALL_SCREEN)
