"""What is asked of each topic taught (clinical reference 7.8, table 7.12).

What each topic covers stands in the catalogue `resources/clinical/teaching.toml`, by the same keys.
"""

from __future__ import annotations

from infusion_visits.core.fields import Choice, Option, Rows, Shown, Text, When
from infusion_visits.core.kinds import VisitKind

SECTION = "teaching"
TEACHING_KINDS = frozenset(
    {
        VisitKind.START_OF_CARE,
        VisitKind.FIRST_DOSE,
        VisitKind.TEACHING,
        VisitKind.DEVICE_INSERTION,
        VisitKind.DEVICE_REMOVAL,
        VisitKind.DISCHARGE,
    }
)

OTHER = "other"
TOPICS = (
    Option("hand_hygiene", "Hand hygiene"),
    Option("line_care", "Care of the line"),
    Option("flush", "Flushing"),
    Option("pump", "Pump and its alarms"),
    Option("reaction", "Signs of a reaction"),
    Option("emergency", "Emergency: 911 or the agency"),
    Option("storage", "Storing and disposing of the drug"),
    Option("side_effects", "Side effects"),
    Option("diet_fluids", "Diet and fluids"),
    Option("infection", "Signs of infection"),
    Option("spill", "Spills"),
    Option("falls", "Falls and tubing"),
    Option("self_administration", "Giving it oneself, step by step"),
    Option("when_not", "When not to infuse"),
    Option(OTHER, "Another topic"),
)
NOT_TAUGHT = "not_taught"
REINFORCE = "needs_reinforcement"
REFUSED = "refused"
RESULTS = (
    Option("verbal_repeat", "told back correctly"),
    Option("return_demonstration", "shown back, independent"),
    Option(REINFORCE, "needs reinforcement"),
    Option(REFUSED, "refused"),
    Option(NOT_TAUGHT, "not taught"),
)

TEACHING = Rows(
    name="teaching",
    label="Topics taught",
    fields=(
        When(name="at", label="Time", required=True),
        Choice(name="topic", label="Topic", options=TOPICS, required=True),
        Text(
            name="topic_words",
            label="Which topic",
            shown=Shown("topic", (OTHER,)),
            required=True,
        ),
        Choice(
            name="learner",
            label="Learner",
            options=(
                Option("patient", "patient"),
                Option("caregiver", "caregiver"),
                Option("both", "patient and caregiver"),
            ),
            required=True,
        ),
        Text(name="learner_name", label="Name of the caregiver"),
        Choice(
            name="method",
            label="Method",
            options=(
                Option("told", "told"),
                Option("shown", "shown"),
                Option("written", "written material"),
                Option("video", "video"),
                Option("telephone", "by telephone"),
            ),
            required=True,
        ),
        Choice(name="result", label="Teach-back", options=RESULTS, required=True),
        Text(
            name="follow_up",
            label="What follows",
            help="When it is taught again, and by whom",
            shown=Shown("result", (REINFORCE, REFUSED, NOT_TAUGHT)),
            lines=2,
        ),
        Text(name="interpreter", label="Interpreter", help="Language and who interpreted"),
        Text(name="materials", label="Materials", help="What was left with the learner"),
        Text(name="note", label="Note", lines=2),
    ),
    required=TEACHING_KINDS,
    add_label="Add a topic",
    time_field="at",
)

ROWS: tuple[Rows, ...] = (TEACHING,)
