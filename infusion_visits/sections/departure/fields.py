"""What is asked on leaving (clinical reference 7.2, 7.7, 7.10 and table 7.12)."""

from __future__ import annotations

from infusion_visits.core.fields import (
    Choice,
    Ink,
    Leaf,
    Number,
    Option,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.kinds import IN_PERSON_KINDS, INFUSION_KINDS, VisitKind
from infusion_visits.core.units import MILE

SECTION = "departure"
ALL_KINDS = frozenset(VisitKind)

WORSE = "worse"
TRANSFERRED = "transferred"
CONDITIONS = (
    Option("stable", "stable"),
    Option("improved", "improved"),
    Option("unchanged", "unchanged"),
    Option(WORSE, "worse"),
    Option(TRANSFERRED, "transferred"),
)
NOT_TOLERATED = "not_tolerated"
TOLERANCE = (
    Option("well", "tolerated well"),
    Option("difficulty", "tolerated with difficulty"),
    Option(NOT_TOLERATED, "not tolerated"),
)
LEFT_RUNNING = "left_running"
ACCESS = (
    Option("locked", "flushed and locked"),
    Option("removed", "removed"),
    Option(LEFT_RUNNING, "left running"),
    Option("none", "no line"),
)
NO_DRIVER = "no"
DRIVERS = (
    Option("not_needed", "not needed"),
    Option("yes", "yes"),
    Option(NO_DRIVER, "needed, none there"),
)
NO_INK = (
    Option("refused", "refused to sign"),
    Option("unable", "not able to sign"),
    Option("asleep", "asleep"),
    Option("no_representative", "representative not present"),
    Option("telephone", "telephone visit"),
    Option("other", "other reason"),
)

DISCHARGE_KINDS = frozenset({VisitKind.DISCHARGE})
OUTCOMES = (
    Option("complete", "therapy complete, goals met"),
    Option("adverse_reaction", "adverse drug reaction"),
    Option("hospital", "admitted to hospital"),
    Option("not_eligible", "no longer eligible"),
    Option("choice", "patient's choice"),
    Option("died", "died"),
    Option("access", "trouble with the line"),
    Option("no_response", "infection or illness did not respond"),
    Option("payer", "payer"),
    Option("other", "other"),
)
"""Why care ended, after the status reasons of the National Home Infusion Foundation (reference 9:
wording not read, the agency confirms)."""

_CONDITION: tuple[Leaf, ...] = (
    When(name="time_out", label="Time out", required=ALL_KINDS),
    Choice(
        name="condition",
        label="Condition on leaving",
        options=CONDITIONS,
        required=ALL_KINDS,
    ),
    Text(
        name="condition_note",
        label="What was seen",
        help="Where to, when transferred",
        lines=2,
    ),
    Choice(
        name="tolerance",
        label="Care of this visit",
        options=TOLERANCE,
        required=IN_PERSON_KINDS,
    ),
    Text(
        name="tolerance_note",
        label="What was difficult",
        shown=Shown("tolerance", ("difficulty", NOT_TOLERATED)),
        required=True,
        lines=2,
    ),
    YesNo(
        name="vitals_stable",
        label="Vital signs stable after the infusion",
        help="Within 20\u00a0% of before",
        required=INFUSION_KINDS,
    ),
    Choice(name="access", label="Line on leaving", options=ACCESS, required=IN_PERSON_KINDS),
    YesNo(
        name="observed",
        label="Watched as long as ordered",
        required=INFUSION_KINDS,
    ),
    Choice(
        name="driver",
        label="Adult driver",
        help="After a sedating premedication or a first infusion",
        options=DRIVERS,
    ),
    YesNo(
        name="knows_number",
        label="Knows the 24-hour number and when to call",
        required=IN_PERSON_KINDS,
    ),
)
_NEXT: tuple[Leaf, ...] = (
    Choice(
        name="outcome",
        label="Why care ends",
        options=OUTCOMES,
        required=DISCHARGE_KINDS,
        asked_at=DISCHARGE_KINDS,
    ),
    Text(
        name="outcome_words",
        label="What was reached, and who goes on caring",
        help="Goals met or not, medicines and supplies left, instructions given.",
        required=DISCHARGE_KINDS,
        asked_at=DISCHARGE_KINDS,
        lines=3,
    ),
    Text(
        name="plan",
        label="Plan for the next visit",
        help="Or the plan after discharge",
        required=ALL_KINDS,
        lines=3,
    ),
    When(name="next_visit", label="Next visit", future=True),
    Text(name="supplies_left", label="Supplies left in the home", lines=2),
    Number(name="miles", label="Miles", units=(MILE,), decimals=1),
    Text(name="note", label="Note", lines=2),
)
_SIGNED: tuple[Leaf, ...] = (
    Ink(name="nurse_ink", label="Nurse's signature"),
    Ink(name="patient_ink", label="Patient's signature", may_be_not_done=True),
    Text(
        name="patient_signer",
        label="Signed by",
        help="When not the patient: name, and what they are to the patient",
    ),
    Choice(
        name="no_patient_ink",
        label="Why the patient did not sign",
        options=NO_INK,
    ),
    Text(
        name="no_patient_ink_note",
        label="Which reason",
        shown=Shown("no_patient_ink", ("other",)),
        required=True,
    ),
)

DEPARTURE = Rows(
    name="departure",
    label="Departure",
    fields=(*_CONDITION, *_NEXT, *_SIGNED),
    single=True,
    time_field="time_out",
)

ROWS: tuple[Rows, ...] = (DEPARTURE,)
