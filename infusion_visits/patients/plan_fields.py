"""The plan of care: who certified it and until when, visits, goals, limits, safety, directives.

Sources: clinical reference 7.2 (CMS Medicare Benefit Policy Manual ch. 15 section 320.5: signed and
dated by a physician, type, amount and duration of services; a range of visits is allowed,
"ongoing" is not) and 7.11 (what surveyors found missing).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import Choice, Day, Many, Number, Option, Owner, Rows, Shown, Text

DO_NOT_RESUSCITATE = "dnr"
LIMITED = "limited"
CODE_STATES = (
    Option("full", "full treatment"),
    Option(DO_NOT_RESUSCITATE, "do not resuscitate"),
    Option(LIMITED, "limits as written in the directive"),
    Option("not_discussed", "not discussed yet"),
)
PERIODS = (
    Option("days", "days"),
    Option("weeks", "weeks"),
    Option("months", "months"),
)
SAFETY_MEASURES = (
    Option("oxygen", "oxygen"),
    Option("diabetic", "diabetes"),
    Option("bleeding", "bleeding"),
    Option("sharps", "sharps"),
    Option("falls", "falls"),
    Option("infection", "infection control"),
    Option("hazardous", "hazardous drug"),
    Option("seizure", "seizures"),
    Option("opioid", "opioids"),
    Option("power", "power failure"),
    Option("other", "other, in words"),
)
MOST_VISITS = Decimal(100)

PLAN_OF_CARE = Rows(
    name="plan_of_care",
    label="Plan of care",
    owner=Owner.PATIENT,
    add_label="Add a plan of care",
    help="A new period of care is a new plan; the former stays.",
    fields=(
        Day(name="starts", label="In force from", required=True),
        Day(name="ends", label="Until"),
        Text(name="physician", label="Physician", required=True, longest=200),
        Day(name="signed_day", label="Signed on", future=False),
        Day(name="reviewed_day", label="Last reviewed on", future=False),
        Text(
            name="need",
            label="Skilled care",
            help="What a nurse must do here, and why at home.",
            lines=2,
            longest=2000,
        ),
        Number(
            name="visits_from",
            label="Visits, at least",
            low=Decimal(1),
            high=MOST_VISITS,
        ),
        Number(
            name="visits_to",
            label="Visits, at most",
            low=Decimal(1),
            high=MOST_VISITS,
            help="Only where the order gives a range.",
        ),
        Number(name="per", label="In every", low=Decimal(1), high=MOST_VISITS),
        Choice(name="per_unit", label="Days, weeks or months", options=PERIODS),
        Number(name="duration", label="For", low=Decimal(1), high=Decimal(500)),
        Choice(name="duration_unit", label="For days, weeks or months", options=PERIODS),
        Text(
            name="as_needed",
            label="Visits as needed",
            help="How many at most, and for what: 2 for a trouble with the line.",
            longest=400,
        ),
        Text(name="goals", label="Goals and expected outcomes", lines=3, longest=4000),
        Text(name="diet", label="Diet", longest=400),
        Text(name="functional_limits", label="Functional limits", lines=2, longest=2000),
        Many(name="safety", label="Safety measures", options=SAFETY_MEASURES),
        Text(name="safety_words", label="Safety measures in words", lines=2, longest=2000),
        Choice(name="code_status", label="If the heart stops", options=CODE_STATES),
        Text(
            name="directive_place",
            label="Where the directive lies",
            help="The document itself, not somebody's word.",
            shown=Shown("code_status", (DO_NOT_RESUSCITATE, LIMITED)),
            longest=400,
        ),
        Text(name="discharge_plan", label="Plan for the discharge", lines=2, longest=2000),
    ),
)
