"""What is asked of each call or message, and of each order taken by word of mouth.

Sources: clinical reference 7.2 (communication, coordination), 7.11 (verbal orders), table 7.12.
"""

from __future__ import annotations

from infusion_visits.core.fields import (
    Choice,
    Day,
    Option,
    Ref,
    RefTo,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.kinds import VisitKind

SECTION = "communication"
LOG_KINDS = frozenset(
    {
        VisitKind.START_OF_CARE,
        VisitKind.FIRST_DOSE,
        VisitKind.UNSCHEDULED,
        VisitKind.DEVICE_INSERTION,
        VisitKind.DEVICE_REMOVAL,
        VisitKind.DISCHARGE,
        VisitKind.TELEPHONE,
    }
)
"""Table 7.12."""

OUT, IN = "out", "in"
DIRECTIONS = (
    Option(OUT, "called"),
    Option(IN, "was called"),
    Option("in_person", "in person"),
    Option("message_out", "message sent"),
    Option("message_in", "message received"),
)
PRESCRIBER, AGENCY, EMERGENCY = "prescriber", "agency", "emergency"
ROLES = (
    Option(PRESCRIBER, "prescriber"),
    Option("office", "prescriber's office"),
    Option("pharmacist", "pharmacist"),
    Option(AGENCY, "agency on call"),
    Option("coordinator", "coordinator"),
    Option("laboratory", "laboratory"),
    Option(EMERGENCY, "911"),
    Option("hospital", "hospital"),
    Option("supplier", "supplier"),
    Option("employee_health", "employee health"),
    Option("patient", "patient"),
    Option("caregiver", "caregiver"),
    Option("other", "other"),
)
REACHED = "reached"
OUTCOMES = (
    Option(REACHED, "reached"),
    Option("message_left", "message left"),
    Option("no_answer", "no answer"),
)
_TOLD = Shown("reached", (REACHED,))
_NOT_REACHED = Shown("reached", ("message_left", "no_answer"))

COMMUNICATION = Rows(
    name="communication",
    label="Calls and messages",
    add_label="Add a call",
    time_field="at",
    required=LOG_KINDS,
    fields=(
        When(name="at", label="Time", required=True),
        Choice(name="direction", label="How", options=DIRECTIONS, required=True),
        Choice(name="role", label="Whom", options=ROLES, required=True),
        Text(name="who", label="Name", help="Who was on the line", longest=200),
        Text(name="organisation", label="Office or company", longest=200),
        Text(name="telephone", label="Telephone", longest=80),
        Choice(name="reached", label="Reached", options=OUTCOMES, required=True),
        Text(name="reason", label="Reason", required=True, longest=400),
        Text(
            name="said",
            label="What was said",
            help="In short: what is, what was, what you think, what you ask for",
            lines=3,
            shown=_TOLD,
        ),
        Text(name="answer", label="Answer", lines=2, shown=_TOLD),
        YesNo(name="order_received", label="Order received", shown=_TOLD),
        YesNo(name="read_back", label="Read back", shown=_TOLD),
        When(
            name="called_back_at",
            label="Call came back at",
            shown=_NOT_REACHED,
        ),
        Text(
            name="follow_up",
            label="What follows",
            help="Who calls again, and when",
            shown=_NOT_REACHED,
        ),
        Ref(name="complication_id", label="About", to=RefTo.COMPLICATION),
    ),
)

VERBAL_ORDER = Rows(
    name="verbal_order",
    label="Orders taken by word of mouth",
    add_label="Add a verbal order",
    time_field="at",
    fields=(
        When(name="at", label="Received at", required=True),
        Text(
            name="order_text",
            label="Order, word for word",
            help="Drug, dose, route, rate, how often, until when",
            required=True,
            lines=3,
        ),
        Text(name="prescriber", label="Prescriber", required=True, longest=200),
        Text(
            name="given_by",
            label="Given by",
            help="Where not by the prescriber: who passed it on, and in which role",
            longest=200,
        ),
        Text(
            name="received_by",
            label="Received by",
            help="Name and credential, where it was not you",
            longest=200,
        ),
        YesNo(name="read_back", label="Read back and confirmed", required=True),
        Day(name="sign_by", label="To be signed by", help="Empty: the agency's days"),
        Day(name="signed_on", label="Signed by the prescriber on", future=False),
    ),
)

ROWS: tuple[Rows, ...] = (COMMUNICATION, VERBAL_ORDER)
