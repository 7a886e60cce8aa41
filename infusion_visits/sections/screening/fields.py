"""What is asked before an infusion: one yes or no for each question, each yes with a comment.

The full questions, what a yes asks of the nurse and the sources stand in the catalogue
`resources/clinical/screening.toml`, by the same keys (clinical reference 7.5).
"""

from __future__ import annotations

from infusion_visits.core.fields import Day, Leaf, Rows, Shown, Text, When, YesNo
from infusion_visits.core.kinds import INFUSION_KINDS, VisitKind

SECTION = "screening"
HIDDEN_KINDS = frozenset(
    {
        VisitKind.LINE_CARE,
        VisitKind.LAB_DRAW,
        VisitKind.TEACHING,
        VisitKind.DEVICE_INSERTION,
        VisitKind.DEVICE_REMOVAL,
        VisitKind.DISCHARGE,
        VisitKind.TELEPHONE,
    }
)

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("infection", "Fever, chills or current infection"),
    ("antibiotics", "Antibiotics in the last 14 days"),
    ("new_medicines", "New or changed medicines"),
    ("reaction_last_dose", "New allergy, or reaction to the last dose"),
    ("pregnancy", "Pregnancy possible, or breast feeding"),
    ("procedure", "Surgery, dental work, emergency or hospital"),
    ("live_vaccine", "Live vaccine in the last 4 weeks"),
    ("falls_bleeding", "Fall, bleeding or blood thinner"),
    ("chest_symptoms", "Chest pain, short of breath, swelling, weight up"),
    ("neurological", "New change in vision, thinking or strength"),
    ("fluid_loss", "Drinking little, little urine, vomiting, diarrhea"),
    ("weight_change", "Weight 10\u00a0% or more from the dosing weight"),
    ("fasting", "Hardly eaten or drunk today"),
    ("glucose", "Glucose out of the patient's range"),
    ("labs_missing", "Needed laboratory result missing"),
    ("premedication_missing", "Premedication not taken, or less than 30\u00a0min ago"),
    ("drug_defect", "Anything wrong with the drug"),
)


def note_of(question: str) -> str:
    """The name of the comment's field of a question."""
    return f"{question}_note"


def _asked(key: str, label: str) -> tuple[Leaf, ...]:
    return (
        YesNo(name=key, label=label, required=INFUSION_KINDS),
        Text(
            name=note_of(key),
            label=f"{label}: what",
            help="A yes needs a word on what and since when",
            shown=Shown(key, (True,)),
            required=True,
        ),
    )


SCREENING_ANSWER = Rows(
    name="screening_answer",
    label="Screening",
    fields=(
        When(name="at", label="Asked at", required=INFUSION_KINDS),
        *(leaf for key, label in QUESTIONS for leaf in _asked(key, label)),
        Text(
            name="response",
            label="What was done about it",
            help="Who was told, when, and what they said",
            lines=2,
        ),
        Day(
            name="labs_day",
            label="Laboratory results read, of",
            help="The day of the newest results that this drug needs.",
            future=False,
        ),
        Text(
            name="labs_words",
            label="What they were",
            help="Such as: creatinine clearance 52 mL/min, calcium 9.4 mg/dL.",
        ),
    ),
    single=True,
    time_field="at",
)

ROWS: tuple[Rows, ...] = (SCREENING_ANSWER,)
