"""What is asked of the home medicines: of each one on the list, and of those that are new.

Sources: clinical reference 7.2 (reconciliation), 7.11 (a PRN medicine has a reason; route, dose and
medicines without prescription stand on the list), table 7.12.
"""

from __future__ import annotations

from infusion_visits.core.fields import Choice, Many, Option, Rows, Shown, Text, When, YesNo

STILL, CHANGED, STOPPED, ON_HOLD = "still", "changed", "stopped", "on_hold"
ANSWERS = (
    Option(STILL, "taking"),
    Option(CHANGED, "changed"),
    Option(ON_HOLD, "on hold"),
    Option(STOPPED, "stopped"),
)
_TAKEN = Shown("answer", (STILL, CHANGED))
_ENDED = Shown("answer", (STOPPED, ON_HOLD, CHANGED))

RECONCILIATION = Rows(
    name="reconciliation",
    label="Reconciliation",
    single=True,
    time_field="reconciled_at",
    fields=(
        When(name="reconciled_at", label="Reconciled at"),
        Many(
            name="sources",
            label="Compared with",
            options=(
                Option("containers", "containers seen"),
                Option("patient", "the patient's word"),
                Option("caregiver", "the caregiver's word"),
                Option("pharmacy", "list of the pharmacy"),
                Option("discharge", "discharge papers"),
                Option("prescriber", "list of the prescriber"),
            ),
        ),
        Text(name="told", label="Told to", help="Who was told of a difference, and when"),
        Text(name="note", label="Note", lines=2),
    ),
)

RECONCILED_MEDICINE = Rows(
    name="reconciled_medicine",
    label="On the list",
    fields=(
        Text(name="medicine", label="Medicine", longest=1000),
        Choice(name="answer", label="Answer", options=ANSWERS, may_be_not_done=True),
        Text(name="dose", label="Dose", shown=_TAKEN, longest=400),
        Text(name="route", label="Route", shown=_TAKEN, longest=200),
        Text(name="frequency", label="How often", shown=_TAKEN, longest=400),
        Text(
            name="reason",
            label="Taken for",
            help="What an as-needed medicine is taken for",
            shown=_TAKEN,
            longest=400,
        ),
        Text(
            name="words",
            label="Why, since when, by whom",
            shown=_ENDED,
            required=True,
            longest=400,
        ),
    ),
)
"""The number of a row is the number of the medicine in the patient's list."""

NEW_MEDICINE = Rows(
    name="new_home_medicine",
    label="Not on the list yet",
    add_label="Add a home medicine",
    help="Also those bought without prescription, vitamins and herbs.",
    fields=(
        Text(name="medicine", label="Medicine", required=True, longest=1000),
        Text(name="dose", label="Dose", required=True, longest=400),
        Text(name="route", label="Route", required=True, longest=200),
        Text(name="frequency", label="How often", required=True, longest=400),
        Text(name="reason", label="Taken for", longest=400),
        Text(name="since", label="Since", longest=80),
        YesNo(name="over_the_counter", label="Bought without prescription"),
        Text(name="prescriber", label="Prescribed by", longest=200),
    ),
)
